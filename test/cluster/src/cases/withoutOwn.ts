// SPDX-License-Identifier: Apache-2.0
import { isJsonObject, type Json } from '../Json';

type Fields = { readonly [key: string]: Json };

/** The fields of an object without those that a cluster gives it: addresses, nodes, accounts. */
export function withoutOwn(kind: string, fields: Fields, ns: string): Fields {
  switch (kind) {
    case 'Service':
      return specWithout(fields, ['clusterIP', 'clusterIPs']);
    case 'PersistentVolumeClaim':
      return specWithout(fields, ['volumeName']);
    case 'Pod':
      return specWithout(fields, [
        'nodeName',
        'serviceAccountName',
        'serviceAccount',
      ]);
    case 'Job':
      return specWithout(JSON.parse(JSON.stringify(fields, withoutLabels)), [
        'selector',
      ]);
    case 'RoleBinding':
      return JSON.parse(JSON.stringify(fields).replaceAll('bazaar-prod', ns));
    default:
      return fields;
  }
}

/** The labels of a job’s pods tell its uid. */
function withoutLabels(key: string, value: Json): Json | undefined {
  return key === 'labels' || key === 'creationTimestamp' ? undefined : value;
}

function specWithout(fields: Fields, names: readonly string[]): Fields {
  const { spec } = fields;
  if (!isJsonObject(spec)) return fields;
  const kept = Object.entries(spec).filter(([name]) => !names.includes(name));
  return {
    ...fields,
    spec: Object.fromEntries(kept.map(([k, v]) => [k, v ?? null])),
  };
}

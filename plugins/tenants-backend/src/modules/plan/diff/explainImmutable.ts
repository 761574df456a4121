// SPDX-License-Identifier: Apache-2.0
import type { JsonObject } from '@tenantry/backstage-plugin-tenants-node/definitions';
import { parseQuantity } from '@tenantry/backstage-plugin-tenants-common';
import { field, textField } from '../../manifests/jsonValue';
import type { RawChange } from './compareFields';
import { sayPath } from './FieldPath';

/** What of a kind can never change once it is there: these fields, or all of `spec` but these. */
type Rule =
  | { readonly only: readonly string[] }
  | { readonly allOfSpecBut: readonly string[] };

const RULES: Readonly<Record<string, Rule>> = {
  Deployment: { only: ['spec.selector'] },
  DaemonSet: { only: ['spec.selector'] },
  StatefulSet: {
    allOfSpecBut: [
      'spec.replicas',
      'spec.ordinals',
      'spec.template',
      'spec.updateStrategy',
      'spec.revisionHistoryLimit',
      'spec.persistentVolumeClaimRetentionPolicy',
      'spec.minReadySeconds',
    ],
  },
  PersistentVolumeClaim: {
    allOfSpecBut: ['spec.resources', 'spec.volumeAttributesClassName'],
  },
  Job: {
    only: [
      'spec.template',
      'spec.selector',
      'spec.completionMode',
      'spec.completions',
      'spec.podFailurePolicy',
    ],
  },
  Service: { only: ['spec.clusterIP', 'spec.clusterIPs'] },
  RoleBinding: { only: ['roleRef'] },
};
const FROZEN_DATA: Rule = {
  only: ['data', 'binaryData', 'stringData', 'immutable'],
};

/** Those of the changes that the API server refuses on an object that is there: it has to be deleted and created again. */
export function explainImmutable(
  live: JsonObject,
  changes: readonly RawChange[],
): readonly string[] {
  const kind = textField(live, 'kind') ?? '';
  const rule = ruleOf(kind, live);
  if (!rule) return [];
  return changes
    .filter(change => {
      const path = sayPath(change.path);
      if (kind === 'PersistentVolumeClaim' && shrinks(path, change))
        return true;
      return isImmutable(path, rule);
    })
    .map(({ path }) => sayPath(path));
}

function ruleOf(kind: string, live: JsonObject): Rule | undefined {
  if (kind === 'ConfigMap' || kind === 'Secret') {
    return field(live, 'immutable') === true ? FROZEN_DATA : undefined;
  }
  return Object.hasOwn(RULES, kind) ? RULES[kind] : undefined;
}

function isImmutable(path: string, rule: Rule): boolean {
  const under = (prefix: string) =>
    path === prefix ||
    path.startsWith(`${prefix}.`) ||
    path.startsWith(`${prefix}[`);
  if ('only' in rule) return rule.only.some(under);
  return under('spec') && !rule.allOfSpecBut.some(under);
}

/** Volumes can only grow. */
function shrinks(path: string, { from, to }: RawChange): boolean {
  if (path !== 'spec.resources.requests.storage') return false;
  const before = parseQuantity(String(from));
  const after = parseQuantity(String(to));
  return before !== undefined && after !== undefined && after < before;
}

// SPDX-License-Identifier: Apache-2.0
import { isRecord } from '../json';

/** By which member the items of a list are told apart, by the list’s name. Lists not named here are replaced. */
const MERGE_KEYS: Readonly<Record<string, readonly string[]>> = {
  containers: ['name'],
  initContainers: ['name'],
  ephemeralContainers: ['name'],
  env: ['name'],
  volumes: ['name'],
  volumeMounts: ['mountPath'],
  volumeDevices: ['devicePath'],
  ports: ['containerPort', 'port'],
  imagePullSecrets: ['name'],
  secrets: ['name'],
  hostAliases: ['ip'],
  topologySpreadConstraints: ['topologyKey'],
  conditions: ['type'],
  addresses: ['type'],
  ownerReferences: ['uid'],
  taints: ['key'],
};

const SET_LISTS: ReadonlySet<string> = new Set(['finalizers']);

/** The merge key of a list whose items these are; `undefined` when the list is replaced as one. */
export function mergeKeyOf(
  field: string,
  items: readonly unknown[],
): string | undefined {
  const keys = Object.hasOwn(MERGE_KEYS, field) ? MERGE_KEYS[field] : [];
  return keys.find(key =>
    items.every(item => isRecord(item) && isMarker(item, key)),
  );
}

function isMarker(item: Record<string, unknown>, key: string): boolean {
  return item[key] !== undefined || item.$patch === 'replace';
}

/** Whether the list is a set of plain values. */
export function isSetList(field: string): boolean {
  return SET_LISTS.has(field);
}

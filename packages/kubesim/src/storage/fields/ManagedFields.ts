// SPDX-License-Identifier: Apache-2.0
import {
  equalJson,
  isRecord,
  recordOf,
  recordsOf,
  textOf,
  type JsonRecord,
} from '../json';
import type { KubeObject } from '../Objects';
import { difference, isEmpty, union, type FieldNode } from './fieldNodes';

/** Who writes, as an entry of `metadata.managedFields` names it. */
export type Manager = {
  readonly name: string;
  readonly operation: 'Apply' | 'Update';
  readonly subresource?: string;
};
export type Entry = {
  readonly manager: string;
  readonly operation: 'Apply' | 'Update';
  readonly apiVersion: string;
  readonly time: string | undefined;
  readonly fieldsType: 'FieldsV1';
  readonly fieldsV1: FieldNode;
  readonly subresource?: string;
};

/** Update entries kept; the oldest become one beyond that. */
const MAX_UPDATE_ENTRIES = 10;
const OLDEST = 'ancient-changes';
/** Fields that every write sets or none may, so that nobody owns them. */
const UNOWNED: FieldNode = {
  'f:apiVersion': {},
  'f:kind': {},
  'f:metadata': {
    '.': {},
    'f:name': {},
    'f:namespace': {},
    'f:creationTimestamp': {},
    'f:deletionTimestamp': {},
    'f:deletionGracePeriodSeconds': {},
    'f:selfLink': {},
    'f:uid': {},
    'f:generation': {},
    'f:managedFields': {},
    'f:resourceVersion': {},
  },
};

export function ownable(fields: FieldNode): FieldNode {
  return difference(fields, UNOWNED);
}

/** The entries of an object; what is none is left out. */
export function entriesOf(object: JsonRecord | KubeObject): Entry[] {
  return recordsOf(recordOf(object.metadata).managedFields).flatMap(item => {
    const manager = textOf(item.manager);
    const { operation } = item;
    if (manager === undefined || !isRecord(item.fieldsV1)) return [];
    if (operation !== 'Apply' && operation !== 'Update') return [];
    const subresource = textOf(item.subresource);
    return [
      {
        manager,
        operation,
        apiVersion: textOf(item.apiVersion) ?? '',
        time: textOf(item.time),
        fieldsType: 'FieldsV1' as const,
        fieldsV1: item.fieldsV1,
        ...(subresource && { subresource }),
      },
    ];
  });
}

export function isOf(entry: Entry, manager: Manager): boolean {
  return (
    entry.manager === manager.name &&
    entry.operation === manager.operation &&
    entry.subresource === manager.subresource
  );
}

/** Takes fields from every entry; entries left with nothing go. */
export function withoutFields(
  entries: readonly Entry[],
  fields: FieldNode,
): Entry[] {
  return entries.flatMap(entry => {
    const fieldsV1 = difference(entry.fieldsV1, fields);
    return isEmpty(fieldsV1) ? [] : [{ ...entry, fieldsV1 }];
  });
}

/** Sets what one manager owns. Its time moves only when `now` is given. */
export function withOwner(
  entries: readonly Entry[],
  manager: Manager,
  owned: { fields: FieldNode; apiVersion: string; now: string | undefined },
): Entry[] {
  const before = entries.find(entry => isOf(entry, manager));
  const others = entries.filter(entry => entry !== before);
  if (isEmpty(owned.fields)) return sorted(others);
  const entry: Entry = {
    manager: manager.name,
    operation: manager.operation,
    apiVersion: owned.apiVersion,
    time: owned.now ?? before?.time,
    fieldsType: 'FieldsV1',
    fieldsV1: owned.fields,
    ...(manager.subresource && { subresource: manager.subresource }),
  };
  return sorted(capped([...others, entry]));
}

function capped(entries: readonly Entry[]): Entry[] {
  const updates = sorted(entries.filter(item => item.operation === 'Update'));
  if (updates.length <= MAX_UPDATE_ENTRIES) return [...entries];
  const old = updates.slice(0, updates.length - MAX_UPDATE_ENTRIES + 1);
  const fields = old.reduce<FieldNode>(
    (sum, item) => union(sum, item.fieldsV1),
    {},
  );
  const { subresource: _subresource, ...last } = old[old.length - 1];
  return [
    ...entries.filter(item => !old.includes(item)),
    { ...last, manager: OLDEST, fieldsV1: fields },
  ];
}

/** Appliers first, then in the order of time. */
function sorted(entries: readonly Entry[]): Entry[] {
  const order = (entry: Entry) =>
    [
      entry.operation,
      entry.time ?? '',
      entry.manager,
      entry.apiVersion,
      entry.subresource ?? '',
    ].join('\0');
  return [...entries].sort((a, b) => (order(a) < order(b) ? -1 : 1));
}

/** Whether two lists of entries say the same, whenever it was said. */
export function sameOwners(
  left: readonly Entry[],
  right: readonly Entry[],
): boolean {
  const timeless = (entries: readonly Entry[]) =>
    entries.map(({ time: _time, ...rest }) => rest);
  return equalJson(timeless(left), timeless(right));
}

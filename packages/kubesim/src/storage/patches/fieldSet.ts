// SPDX-License-Identifier: Apache-2.0
import { isRecord, type JsonRecord } from '../json';
import { isSetList, mergeKeyOf } from './mergeKeys';

const IDENTITY: ReadonlySet<string> = new Set([
  'name',
  'namespace',
  'uid',
  'resourceVersion',
  'generation',
  'creationTimestamp',
  'managedFields',
  'generateName',
]);

/** The fields an applied configuration speaks of, as `fieldsV1` of a managedFields entry. */
export function fieldsOf(applied: JsonRecord): JsonRecord {
  const fields: JsonRecord = {};
  for (const [key, value] of Object.entries(applied)) {
    if (key === 'apiVersion' || key === 'kind') continue;
    const known =
      key === 'metadata' && isRecord(value) ? withoutIdentity(value) : value;
    const inner = memberFields(key, known);
    if (key !== 'metadata' || Object.keys(inner).length > 0)
      fields[`f:${key}`] = inner;
  }
  return fields;
}

function withoutIdentity(metadata: JsonRecord): JsonRecord {
  return Object.fromEntries(
    Object.entries(metadata).filter(([key]) => !IDENTITY.has(key)),
  );
}

function memberFields(field: string, value: unknown): JsonRecord {
  if (isRecord(value)) {
    return Object.fromEntries(
      Object.entries(value).map(([key, member]) => [
        `f:${key}`,
        memberFields(key, member),
      ]),
    );
  }
  if (!Array.isArray(value)) return {};
  if (isSetList(field)) {
    return Object.fromEntries(
      value.map(item => [`v:${JSON.stringify(item)}`, {}]),
    );
  }
  const key = mergeKeyOf(field, value);
  if (!key) return {};
  const items: JsonRecord = {};
  for (const item of value) {
    if (isRecord(item))
      items[itemKey(key, item)] = { '.': {}, ...memberFields('', item) };
  }
  return items;
}

/** The name of a list item in a field set: `k:{"name":"main"}`. */
export function itemKey(key: string, item: JsonRecord): string {
  return `k:${JSON.stringify({ [key]: item[key] })}`;
}

/** The fields of `left` that `right` does not have; `undefined` when there are none. */
export function fieldsWithout(
  left: JsonRecord,
  right: JsonRecord | undefined,
): JsonRecord | undefined {
  if (!right) return left;
  const rest: JsonRecord = {};
  for (const [key, inner] of Object.entries(left)) {
    const other = right[key];
    if (!isRecord(inner)) continue;
    if (other === undefined) rest[key] = inner;
    else if (isRecord(other) && Object.keys(inner).length > 0) {
      const deeper = fieldsWithout(inner, other);
      if (deeper) rest[key] = deeper;
    }
  }
  return Object.keys(rest).length > 0 ? rest : undefined;
}

/** Takes the given fields out of a value. Removes whole items and members, not only what is in them. */
export function removeFields(value: unknown, fields: JsonRecord): unknown {
  if (Array.isArray(value)) return removeItems(value, fields);
  if (!isRecord(value)) return value;
  const result: JsonRecord = { ...value };
  for (const [name, inner] of Object.entries(fields)) {
    if (!name.startsWith('f:')) continue;
    const key = name.slice(2);
    if (!isRecord(inner) || Object.keys(inner).length === 0) delete result[key];
    else {
      result[key] = removeFields(result[key], inner);
      if (isEmpty(result[key])) delete result[key];
    }
  }
  return result;
}

function removeItems(list: readonly unknown[], fields: JsonRecord): unknown[] {
  return list.flatMap(item => {
    for (const [name, inner] of Object.entries(fields)) {
      if (!names(name, item)) continue;
      if (!isRecord(inner) || inner['.'] !== undefined || name.startsWith('v:'))
        return [];
      return [removeFields(item, inner)];
    }
    return [item];
  });
}

function names(field: string, item: unknown): boolean {
  if (field.startsWith('v:')) return field === `v:${JSON.stringify(item)}`;
  if (!field.startsWith('k:') || !isRecord(item)) return false;
  const parsed: unknown = JSON.parse(field.slice(2));
  return (
    isRecord(parsed) &&
    Object.entries(parsed).every(([key, value]) => item[key] === value)
  );
}

function isEmpty(value: unknown): boolean {
  if (Array.isArray(value)) return value.length === 0;
  return isRecord(value) && Object.keys(value).length === 0;
}

// SPDX-License-Identifier: Apache-2.0
import { cloneJson, isRecord, recordsOf, type JsonRecord } from '../json';
import { isSetList, mergeKeyOf } from './mergeKeys';

const ORDER = '$setElementOrder/';
const DELETE_VALUES = '$deleteFromPrimitiveList/';
const RETAIN = '$retainKeys';

/** Applies a strategic merge patch, with the directives kubectl writes. */
export function strategicMerge(
  target: JsonRecord,
  patch: JsonRecord,
): JsonRecord {
  if (patch.$patch === 'replace') return withoutDirectives(patch);
  if (patch.$patch === 'delete') return {};
  const result: JsonRecord = { ...target };
  retain(result, patch[RETAIN]);
  for (const [key, value] of Object.entries(patch)) {
    if (key.startsWith('$') || key === '__proto__') continue;
    if (value === null) delete result[key];
    else result[key] = mergeMember(key, result[key], value);
  }
  for (const [key, value] of Object.entries(patch)) {
    if (key.startsWith(DELETE_VALUES))
      removeValues(result, key.slice(DELETE_VALUES.length), value);
  }
  for (const [key, value] of Object.entries(patch)) {
    if (key.startsWith(ORDER)) reorder(result, key.slice(ORDER.length), value);
  }
  return result;
}

function mergeMember(field: string, current: unknown, value: unknown): unknown {
  if (isRecord(value))
    return strategicMerge(isRecord(current) ? current : {}, value);
  if (!Array.isArray(value)) return value;
  const present: unknown[] = Array.isArray(current) ? current : [];
  if (isSetList(field)) return [...new Set([...present, ...value])];
  if (
    value.some(
      item =>
        isRecord(item) &&
        item.$patch === 'replace' &&
        Object.keys(item).length === 1,
    )
  ) {
    return value.filter(item => !(isRecord(item) && item.$patch === 'replace'));
  }
  const key = mergeKeyOf(field, [...recordsOf(value), ...present]);
  return key
    ? mergeItems(key, recordsOf(present), recordsOf(value))
    : cloneJson(value);
}

function mergeItems(
  key: string,
  present: readonly JsonRecord[],
  patch: readonly JsonRecord[],
): JsonRecord[] {
  let result = [...present];
  for (const item of patch) {
    const at = result.findIndex(other => other[key] === item[key]);
    if (item.$patch === 'delete')
      result = result.filter((_, index) => index !== at);
    else if (at < 0) result.push(strategicMerge({}, item));
    else result[at] = strategicMerge(result[at], item);
  }
  return result;
}

function retain(result: JsonRecord, keys: unknown): void {
  if (!Array.isArray(keys)) return;
  for (const key of Object.keys(result))
    if (!keys.includes(key)) delete result[key];
}

function removeValues(
  result: JsonRecord,
  field: string,
  values: unknown,
): void {
  const present = result[field];
  if (!Array.isArray(present) || !Array.isArray(values)) return;
  result[field] = present.filter(item => !values.includes(item));
}

function reorder(result: JsonRecord, field: string, order: unknown): void {
  const present = result[field];
  if (!Array.isArray(present) || !Array.isArray(order)) return;
  const key = mergeKeyOf(field, [...present, ...recordsOf(order)]);
  const place = (item: unknown) =>
    order.findIndex(other =>
      key && isRecord(item) && isRecord(other)
        ? other[key] === item[key]
        : other === item,
    );
  // Items the patch does not know keep their places after those it does.
  result[field] = [...present].sort((a, b) => rank(place(a)) - rank(place(b)));
}

function rank(at: number): number {
  return at < 0 ? Number.MAX_SAFE_INTEGER : at;
}

function withoutDirectives(patch: JsonRecord): JsonRecord {
  const copy = cloneJson(patch);
  for (const key of Object.keys(copy))
    if (key.startsWith('$')) delete copy[key];
  return copy;
}

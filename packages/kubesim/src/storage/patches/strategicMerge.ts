// SPDX-License-Identifier: Apache-2.0
import { ApiError } from '../ApiError';
import { cloneJson, isRecord, recordsOf, type JsonRecord } from '../json';
import { definitions } from '../../kinds/schema/Definitions';
import { memberSchema } from '../../kinds/schema/pruneObject';
import type { Schema } from '../../kinds/schema/Schema';

const ORDER = '$setElementOrder/';
const DELETE_VALUES = '$deleteFromPrimitiveList/';
const RETAIN = '$retainKeys';

/** Applies a strategic merge patch, with the directives kubectl writes. */
export function strategicMerge(
  target: JsonRecord,
  patch: JsonRecord,
  given?: Schema,
): JsonRecord {
  const schema = definitions.resolve(given);
  if (patch.$patch === 'replace') return withoutDirectives(patch);
  if (patch.$patch === 'delete') return {};
  const result: JsonRecord = { ...target };
  retain(result, patch[RETAIN]);
  for (const [key, value] of Object.entries(patch)) {
    if (key.startsWith('$') || key === '__proto__') continue;
    if (value === null) delete result[key];
    else
      result[key] = mergeMember(memberSchema(schema, key), result[key], value);
  }
  for (const [key, value] of Object.entries(patch)) {
    if (key.startsWith(DELETE_VALUES))
      removeValues(result, key.slice(DELETE_VALUES.length), value);
  }
  for (const [key, value] of Object.entries(patch)) {
    if (key.startsWith(ORDER)) {
      const field = key.slice(ORDER.length);
      checkOrder(patch[field], {
        order: value,
        key: keyOf(memberSchema(schema, field)),
      });
      reorder(
        result,
        { field, schema: memberSchema(schema, field), before: target[field] },
        value,
      );
    }
  }
  return result;
}

/** The items of a patch come in the order it asks for. @throws ApiError 500 */
function checkOrder(
  given: unknown,
  { order, key }: { order: unknown; key: string | undefined },
): void {
  if (!Array.isArray(given) || !Array.isArray(order)) return;
  const id = (item: unknown) => (key && isRecord(item) ? item[key] : item);
  const ranks = given
    .filter(item => !isRecord(item) || item.$patch === undefined)
    .map(item => order.findIndex(other => id(other) === id(item)));
  const sorted = ranks.every((rank, at) => at === 0 || ranks[at - 1] < rank);
  if (sorted && !ranks.includes(-1)) return;
  const lists = [given, order].map(list => `[${list.map(goMap).join(' ')}]`);
  throw new ApiError({
    code: 500,
    reason: '',
    message: `The order in patch list:\n${lists[0]}\n doesn't match $setElementOrder list:\n${lists[1]}\n`,
  });
}

/** As Go prints a decoded object. */
function goMap(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(goMap).join(' ')}]`;
  if (!isRecord(value)) return String(value);
  const parts = Object.entries(value)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, item]) => `${key}:${goMap(item)}`);
  return `map[${parts.join(' ')}]`;
}

function mergeMember(
  schema: Schema | undefined,
  current: unknown,
  value: unknown,
): unknown {
  if (isRecord(value))
    return strategicMerge(isRecord(current) ? current : {}, value, schema);
  if (!Array.isArray(value)) return value;
  const present: unknown[] = Array.isArray(current) ? current : [];
  if (merges(schema) && !keyOf(schema))
    return interleaved([...new Set([...present, ...value])], {
      order: value,
      key: undefined,
      before: present,
    });
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
  const key = merges(schema) ? keyOf(schema) : undefined;
  return key
    ? mergeItems({ key, items: schema?.items }, present, recordsOf(value))
    : cloneJson(value);
}

function merges(schema: Schema | undefined): boolean {
  return schema?.['x-kubernetes-patch-strategy']?.includes('merge') ?? false;
}

function keyOf(schema: Schema | undefined): string | undefined {
  return schema?.['x-kubernetes-patch-merge-key'];
}

function mergeItems(
  { key, items }: { key: string; items: Schema | undefined },
  present: readonly unknown[],
  patch: readonly JsonRecord[],
): JsonRecord[] {
  let result = recordsOf(present);
  for (const item of patch) {
    const at = result.findIndex(other => other[key] === item[key]);
    if (item.$patch === 'delete')
      result = result.filter((_, index) => index !== at);
    else if (at < 0) result.push(strategicMerge({}, item, items));
    else result[at] = strategicMerge(result[at], item, items);
  }
  return recordsOf(interleaved(result, { order: patch, key, before: present }));
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

function reorder(
  result: JsonRecord,
  list: { field: string; schema: Schema | undefined; before: unknown },
  order: unknown,
): void {
  const present = result[list.field];
  if (!Array.isArray(present) || !Array.isArray(order)) return;
  const before: unknown[] = Array.isArray(list.before) ? list.before : [];
  const key = keyOf(list.schema);
  result[list.field] = interleaved(present, { order, key, before });
}

type Order = {
  readonly order: readonly unknown[];
  readonly key: string | undefined;
  readonly before: readonly unknown[];
};

/**
 * Items a patch names come in its order, and new ones before those it does not name; the others keep their places
 * among those that were there before.
 */
function interleaved(
  items: readonly unknown[],
  { order, key, before }: Order,
): unknown[] {
  const place = (list: readonly unknown[], item: unknown) =>
    list.findIndex(other =>
      key && isRecord(item) && isRecord(other)
        ? other[key] === item[key]
        : other === item,
    );
  const named = items
    .filter(item => place(order, item) >= 0)
    .sort((a, b) => place(order, a) - place(order, b));
  const others = items.filter(item => place(order, item) < 0);
  const result: unknown[] = [];
  while (named.length > 0 && others.length > 0) {
    const was = place(before, named[0]);
    const later = was >= 0 && was > place(before, others[0]);
    result.push(later ? others.shift() : named.shift());
  }
  return [...result, ...named, ...others];
}

function withoutDirectives(patch: JsonRecord): JsonRecord {
  const copy = cloneJson(patch);
  for (const key of Object.keys(copy))
    if (key.startsWith('$')) delete copy[key];
  return copy;
}

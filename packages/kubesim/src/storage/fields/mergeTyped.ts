// SPDX-License-Identifier: Apache-2.0
import { definitions } from '../../kinds/schema/Definitions';
import { memberSchema } from '../../kinds/schema/pruneObject';
import type { Schema } from '../../kinds/schema/Schema';
import { cloneJson, isRecord, type JsonRecord } from '../json';
import { childOf, isMember, type FieldNode } from './fieldNodes';
import { partsOf } from './typedSteps';

/** The live object with an applied configuration laid over it, list items met by their keys. */
export function mergeTyped(
  schema: Schema | undefined,
  live: JsonRecord,
  applied: JsonRecord,
): JsonRecord {
  return mergeRecords(definitions.resolve(schema), live, applied);
}

function mergeRecords(
  schema: Schema,
  live: JsonRecord,
  applied: JsonRecord,
): JsonRecord {
  const result: JsonRecord = { ...live };
  for (const [key, value] of Object.entries(applied)) {
    if (key === '__proto__') continue;
    result[key] = mergeValues(memberSchema(schema, key), live[key], value);
  }
  return result;
}

function mergeValues(
  schema: Schema | undefined,
  live: unknown,
  applied: unknown,
): unknown {
  const [before, after] = [partsOf(schema, live), partsOf(schema, applied)];
  if (!before || !after) return cloneJson(applied);
  if (isRecord(live) && isRecord(applied))
    return mergeRecords(definitions.resolve(schema), live, applied);
  const merged = new Map([...before].map(([step, part]) => [step, part.value]));
  for (const [step, part] of after)
    merged.set(step, mergeValues(part.schema, merged.get(step), part.value));
  return [...merged.values()];
}

/** Takes fields out of a value, unless something of them is to be kept. Objects left with nothing go too. */
export function removeTyped(
  schema: Schema | undefined,
  value: unknown,
  fields: { readonly remove: FieldNode; readonly keep: FieldNode },
): unknown {
  const parts = partsOf(schema, value);
  if (!parts) return value;
  const left: [string, unknown][] = [];
  for (const [step, part] of parts) {
    const remove = childOf(fields.remove, step);
    const keep = childOf(fields.keep, step);
    if (remove && isMember(remove) && !keep) continue;
    const inner = remove
      ? removeTyped(part.schema, part.value, { remove, keep: keep ?? {} })
      : part.value;
    if (remove && !isMember(keep) && emptied(part.value, inner)) continue;
    left.push([step.slice(2), inner]);
  }
  return Array.isArray(value)
    ? left.map(([, item]) => item)
    : Object.fromEntries(left);
}

function emptied(before: unknown, after: unknown): boolean {
  const size = (value: unknown) =>
    typeof value === 'object' && value !== null ? Object.keys(value).length : 1;
  return size(before) > 0 && size(after) === 0;
}

// SPDX-License-Identifier: Apache-2.0
import { definitions } from '../../kinds/schema/Definitions';
import { memberSchema } from '../../kinds/schema/pruneObject';
import type { Schema } from '../../kinds/schema/Schema';
import { isRecord, type JsonRecord } from '../json';

/** A part of a value that has an owner of its own. */
export type Part = {
  readonly value: unknown;
  readonly schema: Schema | undefined;
  /** Whether the schema names this member of the object. */
  readonly declared: boolean;
};
export type Parts = ReadonlyMap<string, Part>;

/** The parts of a value by their step in a field set; `undefined` when the value is owned as one. */
export function partsOf(
  given: Schema | undefined,
  value: unknown,
): Parts | undefined {
  const schema = definitions.resolve(given);
  if (Array.isArray(value)) return itemsOf(schema, value);
  if (!isRecord(value) || schema['x-kubernetes-map-type'] === 'atomic')
    return undefined;
  const parts = new Map<string, Part>();
  for (const [key, member] of Object.entries(value)) {
    if (member === undefined) continue;
    parts.set(`f:${key}`, {
      value: member,
      schema: memberSchema(schema, key),
      declared: schema.properties?.[key] !== undefined,
    });
  }
  return parts;
}

function itemsOf(schema: Schema, list: readonly unknown[]): Parts | undefined {
  const type = schema['x-kubernetes-list-type'];
  if (type !== 'set' && type !== 'map') return undefined;
  const keys = schema['x-kubernetes-list-map-keys'] ?? [];
  const parts = new Map<string, Part>();
  for (const item of list) {
    const step =
      type === 'set'
        ? `v:${JSON.stringify(item)}`
        : `k:${JSON.stringify(keysOf(keys, item, schema.items))}`;
    parts.set(step, { value: item, schema: schema.items, declared: true });
  }
  return parts;
}

function keysOf(
  keys: readonly string[],
  item: unknown,
  schema: Schema | undefined,
): JsonRecord {
  const { properties } = definitions.resolve(schema);
  const found: JsonRecord = {};
  if (!isRecord(item)) return found;
  for (const key of [...keys].sort()) {
    const value = item[key] ?? properties?.[key]?.default;
    if (value !== undefined) found[key] = value;
  }
  return found;
}

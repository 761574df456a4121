// SPDX-License-Identifier: Apache-2.0
import { cloneJson, isRecord } from '../../storage/json';
import { memberSchema } from './pruneObject';
import type { Schema } from './Schema';

/** Fills in, in place, the defaults of a structural schema; a null takes the default where null is not allowed. */
export function fillSchemaDefaults(schema: Schema, value: unknown): void {
  if (Array.isArray(value)) {
    if (schema.items)
      for (const item of value) fillSchemaDefaults(schema.items, item);
    return;
  }
  if (!isRecord(value)) return;
  for (const [key, member] of Object.entries(schema.properties ?? {})) {
    if (member.default === undefined) continue;
    const unset =
      value[key] === undefined || (value[key] === null && !member.nullable);
    if (unset) value[key] = cloneJson(member.default);
  }
  for (const key of Object.keys(value)) {
    const member = memberSchema(schema, key);
    if (member) fillSchemaDefaults(member, value[key]);
  }
}

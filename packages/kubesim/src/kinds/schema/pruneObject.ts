// SPDX-License-Identifier: Apache-2.0
import { isRecord, type JsonRecord } from '../../storage/json';
import { definitions } from './Definitions';
import type { Schema } from './Schema';

/**
 * Takes out of an object, in place, what its schema does not know, and returns where that stood, as in
 * `spec.containers[0].imagee`.
 */
export function pruneObject(schema: Schema, object: JsonRecord): string[] {
  const unknown: string[] = [];
  pruneValue({ schema, value: object, path: '', unknown });
  return unknown;
}

type Step = {
  readonly schema: Schema;
  readonly value: unknown;
  readonly path: string;
  readonly unknown: string[];
};

function pruneValue({ schema: given, value, path, unknown }: Step): void {
  const schema = definitions.resolve(given);
  if (Array.isArray(value)) {
    if (schema.items === undefined) return;
    for (const [at, item] of value.entries())
      pruneValue({
        schema: schema.items,
        value: item,
        path: `${path}[${at}]`,
        unknown,
      });
  } else if (isRecord(value)) {
    pruneMembers(schema, { value, path, unknown });
  }
}

function pruneMembers(
  schema: Schema,
  at: { value: JsonRecord; path: string; unknown: string[] },
): void {
  for (const key of Object.keys(at.value)) {
    const path = at.path === '' ? key : `${at.path}.${key}`;
    const member = memberSchema(schema, key);
    if (member) {
      const value = at.value[key];
      pruneValue({ schema: member, value, path, unknown: at.unknown });
    } else if (!keepsUnknown(schema, key)) {
      delete at.value[key];
      at.unknown.push(path);
    }
  }
}

/** The schema of one member of an object; `undefined` when the schema does not speak of it. */
export function memberSchema(schema: Schema, key: string): Schema | undefined {
  const { properties, additionalProperties } = schema;
  if (properties && Object.hasOwn(properties, key)) return properties[key];
  return typeof additionalProperties === 'object'
    ? additionalProperties
    : undefined;
}

const OWN_FIELDS: ReadonlySet<string> = new Set([
  'apiVersion',
  'kind',
  'metadata',
]);

function keepsUnknown(schema: Schema, key: string): boolean {
  if (
    schema['x-kubernetes-preserve-unknown-fields'] ||
    schema.additionalProperties === true
  )
    return true;
  if (schema['x-kubernetes-embedded-resource'] && OWN_FIELDS.has(key))
    return true;
  return schema.type === undefined && schema.properties === undefined;
}

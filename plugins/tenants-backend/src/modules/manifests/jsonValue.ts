// SPDX-License-Identifier: Apache-2.0
import type {
  JsonObject,
  JsonValue,
} from '@tenantry/backstage-plugin-tenants-node/definitions';

/** A part of an object with where it stands, such as `spec.template.spec`. */
export type At<T> = { readonly value: T; readonly path: string };

/** Whether a value is a JSON object. */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The own field of an object; `undefined` when it is not there or `value` is no object. */
export function field(value: unknown, name: string): JsonValue | undefined {
  return isJsonObject(value) && Object.hasOwn(value, name)
    ? value[name]
    : undefined;
}

/** Follows own fields. */
export function fieldAt(
  value: unknown,
  path: readonly string[],
): JsonValue | undefined {
  const root = isJsonObject(value) ? value : undefined;
  return path.reduce<JsonValue | undefined>(field, root);
}

/** The field as an object; empty when it is something else. */
export function objectField(value: unknown, name: string): JsonObject {
  const found = field(value, name);
  return isJsonObject(found) ? found : {};
}

/** The field as a list; empty when it is something else. */
export function listField(value: unknown, name: string): readonly JsonValue[] {
  const found = field(value, name);
  return Array.isArray(found) ? found : [];
}

/** The field when it is text. */
export function textField(value: unknown, name: string): string | undefined {
  const found = field(value, name);
  return typeof found === 'string' ? found : undefined;
}

/** The field when it is a number. */
export function numberField(value: unknown, name: string): number | undefined {
  const found = field(value, name);
  return typeof found === 'number' ? found : undefined;
}

/** A copy in which the value at a path is what `change` makes of it; objects on the way are made where missing, `undefined` removes. */
export function withField(
  object: JsonObject,
  path: readonly string[],
  change: (value: JsonValue | undefined) => JsonValue | undefined,
): JsonObject {
  const [name, ...rest] = path;
  const value =
    rest.length === 0
      ? change(field(object, name))
      : withField(objectField(object, name), rest, change);
  const others = Object.entries(object).filter(([key]) => key !== name);
  if (value === undefined) return Object.fromEntries(others);
  return Object.hasOwn(object, name)
    ? Object.fromEntries(
        Object.entries(object).map(([k, v]) => [k, k === name ? value : v]),
      )
    : Object.fromEntries([...others, [name, value]]);
}

/** Text fields of an object: labels, annotations, quantities written as text or number. */
export function textEntries(value: unknown): Record<string, string> {
  const entries = isJsonObject(value) ? Object.entries(value) : [];
  return Object.fromEntries(
    entries.flatMap(([key, text]) =>
      typeof text === 'string' || typeof text === 'number'
        ? [[key, String(text)]]
        : [],
    ),
  );
}

// SPDX-License-Identifier: Apache-2.0
import type { JsonObject, JsonValue } from '../ModuleCatalogue';

/** Whether a value is a mapping. */
export function isJsonObject(
  value: JsonValue | undefined,
): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Every value in a value, with the path to it, from the outside in. */
export function* valuesIn(
  value: JsonValue,
  path: readonly PropertyKey[] = [],
): Iterable<{
  readonly value: JsonValue;
  readonly path: readonly PropertyKey[];
}> {
  yield { value, path };
  if (typeof value !== 'object' || value === null) return;
  const entries: Iterable<readonly [PropertyKey, JsonValue]> = Array.isArray(
    value,
  )
    ? value.entries()
    : Object.entries(value);
  for (const [key, member] of entries) yield* valuesIn(member, [...path, key]);
}

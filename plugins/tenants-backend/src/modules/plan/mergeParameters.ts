// SPDX-License-Identifier: Apache-2.0
import type {
  JsonObject,
  JsonValue,
} from '@tenantry/backstage-plugin-tenants-node/definitions';

/** Values of `over` put on those of `under`: objects member by member, everything else as a whole. New objects throughout; names are only ever own members. */
export function mergeParameters(
  under: JsonObject,
  over: JsonObject,
): JsonObject {
  const members = new Map<string, JsonValue>(Object.entries(under));
  for (const [name, value] of Object.entries(over)) {
    const before = members.get(name);
    members.set(
      name,
      isObject(before) && isObject(value)
        ? mergeParameters(before, value)
        : value,
    );
  }
  return Object.fromEntries(members);
}

/** Whether JSON is an object. */
export function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Whether JSON nests no deeper than this. */
export function isWithinDepth(value: JsonValue, depth: number): boolean {
  if (typeof value !== 'object' || value === null) return true;
  return (
    depth > 0 &&
    Object.values(value).every(member => isWithinDepth(member, depth - 1))
  );
}

// SPDX-License-Identifier: Apache-2.0

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
type JsonObject = { [key: string]: Json };

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Keys come from clusters: `constructor` must not find what every object inherits. */
function own(object: JsonObject, key: string): Json | undefined {
  return Object.hasOwn(object, key) ? object[key] : undefined;
}

/**
 * Applies a JSON Merge Patch without changing its inputs: unchanged branches are shared with `target`.
 *
 * @see https://www.rfc-editor.org/rfc/rfc7396
 * @public
 */
export function applyMergePatch<T>(target: T, patch: unknown): T {
  if (!isObject(patch)) return patch as T;
  const base: JsonObject = isObject(target) ? target : {};
  const result = new Map<string, Json>(Object.entries(base));
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) result.delete(key);
    else
      result.set(
        key,
        applyMergePatch<Json | undefined>(own(base, key), value) as Json,
      );
  }
  return Object.fromEntries(result) as T;
}

/**
 * Makes the merge patch that turns `from` into `to`, or `undefined` when they are equal.
 * Neither may hold `null`: a merge patch uses it for removal.
 *
 * @public
 */
export function createMergePatch(from: unknown, to: unknown): unknown {
  if (isObject(from) && isObject(to)) return diffObjects(from, to);
  return JSON.stringify(from) === JSON.stringify(to) ? undefined : to;
}

function diffObjects(from: JsonObject, to: JsonObject): JsonObject | undefined {
  const patch = new Map<string, Json>();
  for (const key of Object.keys(from)) {
    if (own(to, key) === undefined && from[key] !== undefined)
      patch.set(key, null);
  }
  for (const [key, value] of Object.entries(to)) {
    const before = own(from, key);
    if (value === undefined || value === before) continue;
    const change = createMergePatch(before, value);
    if (change !== undefined) patch.set(key, change as Json);
  }
  return patch.size > 0 ? Object.fromEntries(patch) : undefined;
}

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

/** Sets a key as data, also one that an assignment would take for the prototype. */
function put(object: JsonObject, key: string, value: Json): void {
  if (key !== '__proto__') {
    object[key] = value;
    return;
  }
  const how = { configurable: true, enumerable: true, writable: true };
  Object.defineProperty(object, key, { ...how, value });
}

/** A list of tenants has a thousand keys and is copied with each change: key by key takes a quarter of what spreading takes. */
function copyOf(object: JsonObject): JsonObject {
  const copy: JsonObject = {};
  for (const key of Object.keys(object)) put(copy, key, object[key]);
  return copy;
}

/**
 * Applies a JSON Merge Patch without changing its inputs: unchanged branches are shared with `target`.
 *
 * @see https://www.rfc-editor.org/rfc/rfc7396
 * @public
 */
export function applyMergePatch<T>(target: T, patch: unknown): T {
  if (!isObject(patch)) return patch as T;
  const result: JsonObject = isObject(target) ? copyOf(target) : {};
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) delete result[key];
    else {
      const before = own(result, key);
      put(
        result,
        key,
        applyMergePatch<Json | undefined>(before, value) as Json,
      );
    }
  }
  return result as T;
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

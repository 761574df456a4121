// SPDX-License-Identifier: Apache-2.0
import semver from 'semver';
import type { z } from 'zod';

type Issue = z.core.$ZodIssue;
type Tree = Record<PropertyKey, unknown>;

/** What other parts refer to: without it, they would seem to be wrong too. */
const REFERRED_TO: ReadonlySet<PropertyKey> = new Set([
  'parameters',
  'secrets',
  'releases',
]);

/**
 * A value without the parts that a schema has refused, so that the rest of it can be looked at all the same. `undefined` when the rest would
 * make no sense without them.
 */
export function withoutMistakes(
  value: unknown,
  issues: readonly Issue[],
): unknown {
  const copy: unknown = structuredClone(value);
  for (const issue of issues) {
    const isDone =
      issue.code === 'unrecognized_keys'
        ? removeKeys(copy, issue.path, issue.keys)
        : removeValue(copy, issue.path);
    if (!isDone) return undefined;
  }
  return copy;
}

function removeKeys(
  copy: unknown,
  path: readonly PropertyKey[],
  keys: readonly string[],
): boolean {
  const parent = treeAt(copy, path);
  if (!parent) return false;
  keys.forEach(key => Reflect.deleteProperty(parent, key));
  return true;
}

function removeValue(copy: unknown, path: readonly PropertyKey[]): boolean {
  const key = path.at(-1);
  if (key === undefined || REFERRED_TO.has(key)) return false;
  const parent = treeAt(copy, path.slice(0, -1));
  if (!parent) return false;
  // Of a list, everything goes: what follows must keep its place.
  if (Array.isArray(parent)) return removeValue(copy, path.slice(0, -1));
  if (key === 'version' && path.at(-3) === 'releases') {
    const near = semver.coerce(String(parent.version))?.version;
    parent.version = near;
    return near !== undefined;
  }
  return Reflect.deleteProperty(parent, key);
}

function treeAt(copy: unknown, path: readonly PropertyKey[]): Tree | undefined {
  let found: unknown = copy;
  for (const key of path) {
    if (!isTree(found) || !Object.hasOwn(found, key)) return undefined;
    found = found[key];
  }
  return isTree(found) ? found : undefined;
}

function isTree(value: unknown): value is Tree {
  return typeof value === 'object' && value !== null;
}

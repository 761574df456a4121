// SPDX-License-Identifier: Apache-2.0

/** Fields as Kubernetes writes them into `managedFields`: `f:name`, `k:{…}` for an item of a keyed list, `v:…` of a set. */
export type FieldTree = { readonly [key: string]: FieldTree };

type Json = Readonly<Record<string, unknown>>;

export function isJson(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isTree(value: unknown): value is FieldTree {
  return isJson(value);
}

function merge(a: FieldTree, b: FieldTree): FieldTree {
  const merged: Record<string, FieldTree> = { ...a };
  for (const [key, tree] of Object.entries(b)) {
    merged[key] = merge(merged[key] ?? {}, tree);
  }
  return merged;
}

/** What a manager owns of an object by server-side apply; `undefined` when nothing. */
export function ownedFields(
  object: unknown,
  manager: string,
): FieldTree | undefined {
  const metadata = isJson(object) ? object.metadata : undefined;
  const entries = isJson(metadata) ? metadata.managedFields : undefined;
  if (!Array.isArray(entries)) return undefined;
  const own = entries.filter(
    entry =>
      isJson(entry) &&
      entry.manager === manager &&
      entry.operation === 'Apply' &&
      !entry.subresource,
  );
  const trees = own.map(entry => entry.fieldsV1).filter(isTree);
  return trees.length === 0 ? undefined : trees.reduce(merge, {});
}

function parseKey(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The members that tell an item of a keyed list from the others; `undefined` when the key is of another sort. */
export function itemKeys(key: string): Json | undefined {
  const keys = key.startsWith('k:') ? parseKey(key.slice(2)) : undefined;
  return isJson(keys) ? keys : undefined;
}

/** Whether an item is the one that keys name. A member it leaves out has the server’s default there. */
export function isItem(item: unknown, keys: Json): boolean {
  return (
    isJson(item) &&
    Object.entries(keys).every(
      ([name, value]) => item[name] === undefined || item[name] === value,
    )
  );
}

/** Whether a key stands for this value of a set. */
export function isSetValue(key: string, value: unknown): boolean {
  return key.startsWith('v:') && key.slice(2) === JSON.stringify(value);
}

// SPDX-License-Identifier: Apache-2.0

/** A field of an object: member names, and `k:{"name":"x"}` for an item of a list that is merged by name. */
export type FieldPath = readonly string[];

type Json = Readonly<Record<string, unknown>>;

/** Lists whose items are told apart by their `name`. Others are one value. */
const keyedLists = new Set([
  'containers',
  'initContainers',
  'env',
  'volumes',
  'imagePullSecrets',
]);
/** What nobody can own. */
const unowned = new Set(['apiVersion', 'kind', 'status']);
const ownedMetadata = new Set(['labels', 'annotations', 'finalizers']);

export function isJson(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function itemKey(item: unknown): string | undefined {
  return isJson(item) && typeof item.name === 'string'
    ? `k:${JSON.stringify({ name: item.name })}`
    : undefined;
}

function children(value: unknown, member: string | undefined) {
  if (isJson(value)) {
    return Object.entries(value).map(([key, child]) => [key, child] as const);
  }
  if (!Array.isArray(value) || !keyedLists.has(member ?? '')) return [];
  const items = value.map(item => [itemKey(item) ?? '', item] as const);
  return items.every(([key]) => key !== '') ? items : [];
}

function pathsBelow(value: unknown, path: FieldPath): FieldPath[] {
  const below = children(value, path.at(-1));
  if (below.length === 0) return [path];
  return below.flatMap(([key, child]) => pathsBelow(child, [...path, key]));
}

function isOwned([first = '', second = '']: FieldPath): boolean {
  if (first === 'metadata') return ownedMetadata.has(second);
  return !unowned.has(first);
}

/** Every field an object sets, down to what is no object and no merged list. */
export function fieldPaths(object: Json): readonly FieldPath[] {
  return pathsBelow(object, []).filter(isOwned);
}

/** The value at a path; `undefined` when there is none. */
export function valueAt(object: unknown, path: FieldPath): unknown {
  return path.reduce<unknown>((value, key) => {
    if (isJson(value)) return value[key];
    return Array.isArray(value)
      ? value.find(item => itemKey(item) === key)
      : undefined;
  }, object);
}

/** As a server writes it in a conflict: `.spec.containers[name="x"].image`. */
export function pathText(path: FieldPath): string {
  return path
    .map(key => {
      const item = /^k:\{"name":(".*")\}$/.exec(key);
      return item ? `[name=${item[1]}]` : `.${key}`;
    })
    .join('');
}

/** Takes a field away, and what is empty after that. */
export function withoutField(value: unknown, path: FieldPath): unknown {
  const [key = '', ...rest] = path;
  if (Array.isArray(value)) {
    return value.flatMap(item => {
      if (itemKey(item) !== key) return [item];
      const left = rest.length > 0 ? withoutField(item, rest) : undefined;
      return isJson(left) && Object.keys(left).length > 1 ? [left] : [];
    });
  }
  if (!isJson(value)) return value;
  const { [key]: child, ...others } = value;
  if (child === undefined || rest.length === 0) return others;
  const left = withoutField(child, rest);
  const empty = isJson(left) && Object.keys(left).length === 0;
  return empty ? others : { ...value, [key]: left };
}

/** Lays one object over another; merged lists item by item, other lists as a whole. */
export function mergeFields(
  base: unknown,
  over: unknown,
  member?: string,
): unknown {
  if (isJson(base) && isJson(over)) {
    const merged = Object.entries(over).map(([key, value]) => [
      key,
      mergeFields(base[key], value, key),
    ]);
    return { ...base, ...Object.fromEntries(merged) };
  }
  if (!Array.isArray(base) || !Array.isArray(over)) return over;
  if (children(over, member).length === 0) return over;
  const keys = new Set(base.map(itemKey));
  return [
    ...base.map(item => {
      const match = over.find(other => itemKey(other) === itemKey(item));
      return match === undefined ? item : mergeFields(item, match);
    }),
    ...over.filter(item => !keys.has(itemKey(item))),
  ];
}

// SPDX-License-Identifier: Apache-2.0

/** A JSON object of unknown shape. */
export type JsonRecord = Record<string, unknown>;

/** Whether a value is a JSON object (not an array). */
export function isRecord(value: unknown): value is JsonRecord {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The value as an object, or an empty one. */
export function recordOf(value: unknown): JsonRecord {
  return isRecord(value) ? value : {};
}

/** The value as a list of objects; other items are left out. */
export function recordsOf(value: unknown): JsonRecord[] {
  return Array.isArray(value) ? value.filter(isRecord) : [];
}

/** The value as text, or `undefined` when it is something else. */
export function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** The value as a number, or the given default. */
export function numberOf(value: unknown, otherwise = 0): number {
  return typeof value === 'number' ? value : otherwise;
}

/** The value at a path such as `['spec', 'template']`. */
export function valueAt(value: unknown, path: readonly string[]): unknown {
  let current = value;
  for (const key of path) {
    if (!isRecord(current)) return undefined;
    current = Object.hasOwn(current, key) ? current[key] : undefined;
  }
  return current;
}

/** The object at `key`, made when it is not there. */
export function ensureRecord(parent: JsonRecord, key: string): JsonRecord {
  const present = parent[key];
  if (isRecord(present)) return present;
  const made: JsonRecord = {};
  parent[key] = made;
  return made;
}

/** Sets `key` when it has no value yet. */
export function setDefault(
  target: JsonRecord,
  key: string,
  value: unknown,
): void {
  if (target[key] === undefined || target[key] === null) target[key] = value;
}

/** A deep copy without `undefined` members. `__proto__` stays an ordinary member. */
export function cloneJson<T>(value: T): T;
export function cloneJson(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(item => cloneJson(item));
  if (!isRecord(value)) return value;
  const copy: JsonRecord = {};
  for (const key of Object.keys(value)) {
    const member = value[key];
    if (member === undefined) continue;
    if (key === '__proto__') defineOwn(copy, key, cloneJson(member));
    else copy[key] = typeof member === 'object' ? cloneJson(member) : member;
  }
  return copy;
}

function defineOwn(target: JsonRecord, key: string, value: unknown): void {
  Object.defineProperty(target, key, {
    value,
    enumerable: true,
    writable: true,
    configurable: true,
  });
}

/** Whether two JSON values are the same; the order of members does not matter. */
export function equalJson(left: unknown, right: unknown): boolean {
  if (left === right) return true;
  if (Array.isArray(left) && Array.isArray(right)) {
    return (
      left.length === right.length &&
      left.every((item, at) => equalJson(item, right[at]))
    );
  }
  if (!isRecord(left) || !isRecord(right)) return false;
  const keys = Object.keys(left).filter(key => left[key] !== undefined);
  const others = Object.keys(right).filter(key => right[key] !== undefined);
  return (
    keys.length === others.length &&
    keys.every(key => equalJson(left[key], right[key]))
  );
}

// SPDX-License-Identifier: Apache-2.0
import { isRecord, type JsonRecord } from './json';

/**
 * A frozen copy of a JSON value that takes over, uncopied, each part that is the same in `before`, and is `before`
 * itself when nothing differs. `before` has to be frozen throughout. Members that are `undefined` are left out.
 */
export function sharedCopy<T>(value: T, before: unknown): T;
export function sharedCopy(value: unknown, before: unknown): unknown {
  if (value === before) return before;
  if (Array.isArray(value)) return copyList(value, before);
  return isRecord(value) ? copyRecord(value, before) : value;
}

function copyList(value: readonly unknown[], before: unknown): unknown {
  const old: readonly unknown[] = Array.isArray(before) ? before : [];
  let same = Array.isArray(before) && old.length === value.length;
  const copy = value.map((item, at) => {
    const part = sharedCopy(item, old[at]);
    same &&= part === old[at];
    return part;
  });
  return same ? before : Object.freeze(copy);
}

function copyRecord(value: JsonRecord, before: unknown): unknown {
  const old: JsonRecord | undefined = isRecord(before) ? before : undefined;
  const copy: JsonRecord = {};
  let same = old !== undefined;
  let count = 0;
  for (const key of Object.keys(value)) {
    const member = value[key];
    if (member === undefined) continue;
    count += 1;
    const known = old && Object.hasOwn(old, key) ? old[key] : undefined;
    const part =
      typeof member === 'object' ? sharedCopy(member, known) : member;
    same &&= part === known && known !== undefined;
    if (key === '__proto__') ownMember(copy, part);
    else copy[key] = part;
  }
  if (same && old && Object.keys(old).length === count) return old;
  return Object.freeze(copy);
}

function ownMember(target: JsonRecord, value: unknown): void {
  Object.defineProperty(target, '__proto__', { value, enumerable: true });
}

function freezeMembers(value: object): void {
  for (const member of Object.values(value))
    if (typeof member === 'object') frozen(member);
}

/** Freezes a value in place, and everything in it: for one that nobody else holds. */
export function frozen<T>(value: T): T {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value))
    return value;
  if (Array.isArray(value)) for (const item of value) frozen(item);
  else freezeMembers(value);
  return Object.freeze(value);
}

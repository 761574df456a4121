// SPDX-License-Identifier: Apache-2.0
import { useRef } from 'react';

function isPlain(value: unknown): value is Record<string, unknown> {
  return (
    typeof value === 'object' &&
    value !== null &&
    Object.getPrototypeOf(value) === Object.prototype
  );
}

function shareArray(previous: readonly unknown[], next: readonly unknown[]) {
  const shared = next.map((item, at) => shareEqual(previous[at], item));
  const isSame =
    previous.length === next.length &&
    shared.every((item, at) => item === previous[at]);
  return isSame ? previous : shared;
}

function shareObject(
  previous: Record<string, unknown>,
  next: Record<string, unknown>,
) {
  const keys = Object.keys(next);
  let isSame = Object.keys(previous).length === keys.length;
  const entries = keys.map(key => {
    const shared = shareEqual(previous[key], next[key]);
    if (shared !== previous[key] || !Object.hasOwn(previous, key)) {
      isSame = false;
    }
    return [key, shared] as const;
  });
  return isSame ? previous : Object.fromEntries(entries);
}

/**
 * Gives `next` with every part that equals its counterpart in `previous` taken from there, so that what has not changed
 * keeps its identity and need not be drawn anew. Trees of plain data only. Pure.
 */
export function shareEqual<T>(previous: unknown, next: T): T {
  if (Object.is(previous, next)) return next;
  if (Array.isArray(previous) && Array.isArray(next)) {
    return shareArray(previous, next) as T;
  }
  if (isPlain(previous) && isPlain(next)) {
    return shareObject(previous, next) as T;
  }
  return next;
}

/** What is given, with the identity it had the last time wherever it is equal. */
export function useShared<T>(value: T): T {
  const last = useRef(value);
  last.current = shareEqual(last.current, value);
  return last.current;
}

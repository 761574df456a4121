// SPDX-License-Identifier: Apache-2.0
import { createHash } from 'node:crypto';

const VERSION_LENGTH = 22;

/**
 * Hash of a value’s content: equal content has equal versions on every replica, whatever the order of its keys.
 * 22 characters of base64url hold 132 bits.
 */
export function contentVersion(value: unknown): string {
  return hashText(canonicalJson(value));
}

/** The same for text that is canonical already. */
export function hashText(text: string): string {
  return createHash('sha256')
    .update(text)
    .digest('base64url')
    .slice(0, VERSION_LENGTH);
}

/** JSON with sorted keys and without undefined members. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, member: unknown) => sorted(member));
}

function sorted(member: unknown): unknown {
  if (
    typeof member !== 'object' ||
    member === null ||
    Array.isArray(member) ||
    isSorted(Object.keys(member))
  ) {
    return member;
  }
  return Object.fromEntries(
    Object.entries(member).sort(([a], [b]) => (a < b ? -1 : 1)),
  );
}

function isSorted(keys: string[]): boolean {
  return keys.every((key, index) => index === 0 || keys[index - 1] < key);
}

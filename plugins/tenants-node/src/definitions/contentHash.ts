// SPDX-License-Identifier: Apache-2.0
import { createHash } from 'node:crypto';

const HASH_LENGTH = 22;

/**
 * Hash of a value’s content: equal content has equal hashes on every replica, whatever the order of its keys.
 * 22 characters of base64url hold 132 bits of SHA-256.
 *
 * @public
 */
export function contentHash(value: unknown): string {
  return createHash('sha256')
    .update(canonicalJson(value))
    .digest('base64url')
    .slice(0, HASH_LENGTH);
}

/** JSON with sorted keys and without undefined members. @public */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, member: unknown) => sorted(member)) ?? '';
}

function sorted(member: unknown): unknown {
  if (typeof member !== 'object' || member === null || Array.isArray(member)) {
    return member;
  }
  return Object.fromEntries(
    Object.entries(member).sort(([a], [b]) => (a < b ? -1 : 1)),
  );
}

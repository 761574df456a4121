// SPDX-License-Identifier: Apache-2.0
import type { Random } from '../time/Clock';

const LETTERS = 'bcdfghjklmnpqrstvwxz2456789';
const SUFFIX_LENGTH = 5;
const WORD_BYTES = 4;
const MAX_BYTES = 32;
const bytes = Buffer.alloc(MAX_BYTES);

/**
 * Hexadecimal digits, at most 64, and a multiple of eight. Bulk data has millions of such texts: each is made in one
 * piece, since one that is put together keeps its pieces.
 */
export function digits(random: Random, count: 8 | 32 | 64): string {
  const size = count / 2;
  for (let at = 0; at < size; at += WORD_BYTES)
    bytes.writeUInt32BE(Math.floor(random() * 0x1_0000_0000), at);
  return bytes.toString('hex', 0, size);
}

export function uuid(random: Random): string {
  const text = digits(random, 32);
  return [
    text.slice(0, 8),
    text.slice(8, 12),
    `4${text.slice(13, 16)}`,
    `a${text.slice(17, 20)}`,
    text.slice(20),
  ].join('-');
}

/** The end of a generated name. */
export function suffix(random: Random): string {
  let text = '';
  while (text.length < SUFFIX_LENGTH)
    text += LETTERS[Math.floor(random() * LETTERS.length)];
  return text;
}

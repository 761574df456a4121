// SPDX-License-Identifier: Apache-2.0
import { ALL_LEVELS } from './rows/RowList';

/** What can be chosen besides all levels: the least loud that is shown. */
export const LEVEL_CHOICES = ['info', 'warn', 'error'] as const;

const BITS = new Map<string, number>([
  ['info', 0b11100],
  ['warn', 0b11000],
  ['error', 0b10000],
]);

/** The levels of an address, as bits of their place in `LEVELS`. */
export function levelBits(level: string | null): number {
  return BITS.get(level ?? '') ?? ALL_LEVELS;
}

// SPDX-License-Identifier: Apache-2.0
import type { Random } from '../time/Clock';

/** What a line generator knows of the container it speaks for. */
export type LineContext = {
  readonly at: number;
  readonly random: Random;
  readonly module: string;
  readonly pod: string;
  /** How many lines the run has written. */
  readonly count: number;
};

/** Picks one; `items` is not empty. */
export function pick<T>(random: Random, items: readonly T[]): T {
  return items[Math.floor(random() * items.length)];
}

/** A whole number from `low` up to, not including, `high`. */
export function between(random: Random, low: number, high: number): number {
  return low + Math.floor(random() * (high - low));
}

/** Eight digits from each random number, since bulk data needs many. */
export function hex(random: Random, digits: number): string {
  let text = '';
  while (text.length < digits)
    text += Math.floor(random() * 0x1_0000_0000)
      .toString(16)
      .padStart(8, '0');
  return text.slice(0, digits);
}

// SPDX-License-Identifier: Apache-2.0

const DIGITS = 10;

/**
 * Ten hexadecimal digits that follow from the text and are spread well, for names. Not a signature: who uses it must stay right
 * when two texts share one.
 */
export function shortHash(text: string): string {
  let high = 0xdeadbeef;
  let low = 0x41c6ce57;
  for (let i = 0; i < text.length; i += 1) {
    const unit = text.charCodeAt(i);
    high = Math.imul(high ^ unit, 2654435761);
    low = Math.imul(low ^ unit, 1597334677);
  }
  high = Math.imul(high ^ (high >>> 16), 2246822507) ^ (low >>> 13);
  low = Math.imul(low ^ (low >>> 16), 3266489909) ^ (high >>> 13);
  return [low, high]
    .map(part => (part >>> 0).toString(16).padStart(8, '0'))
    .join('')
    .slice(0, DIGITS);
}

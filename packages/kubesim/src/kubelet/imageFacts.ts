// SPDX-License-Identifier: Apache-2.0

/** Hexadecimal digits that depend only on the text. Looks like a digest, and is none. */
export function pseudoHash(text: string, length: number): string {
  let state = 0x811c9dc5;
  for (const character of text) {
    state = Math.imul(state ^ character.charCodeAt(0), 0x01000193) >>> 0;
  }
  let digits = '';
  while (digits.length < length) {
    state = (Math.imul(state ^ (state >>> 13), 0x5bd1e995) + 0x9e3779b9) >>> 0;
    digits += state.toString(16).padStart(8, '0');
  }
  return digits.slice(0, length);
}

export function imageIdOf(image: string): string {
  return `${image.slice(0, image.lastIndexOf(':'))}@sha256:${pseudoHash(
    image,
    64,
  )}`;
}

export function imageSizeOf(image: string): number {
  return 40_000_000 + (Number.parseInt(pseudoHash(image, 7), 16) % 300_000_000);
}

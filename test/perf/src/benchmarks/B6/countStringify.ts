// SPDX-License-Identifier: Apache-2.0

/** Shorter texts are stamps and names, not values. */
const MIN_LENGTH = 256;

/**
 * Counts from now on how often an object was written as JSON to be sent. What is written canonically, to be hashed, and arrays that
 * are written to be compared are not counted.
 */
export function countStringify(): () => number {
  let count = 0;
  JSON.stringify = new Proxy(JSON.stringify, {
    apply(stringify, self, input: unknown[]) {
      const text: string | undefined = Reflect.apply(stringify, self, input);
      const isValue = text !== undefined && text.length >= MIN_LENGTH;
      if (isValue && input.length === 1 && text.startsWith('{')) count++;
      return text;
    },
  });
  return () => count;
}

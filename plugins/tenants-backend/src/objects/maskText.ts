// SPDX-License-Identifier: Apache-2.0
import { LineMasker, MASK, type KnownSecrets } from '../logs';

/** A text of an object without what looks like a secret. */
export type MaskedText = { readonly text: string; readonly masked: number };

/** Masks a text line by line, as the lines of a log are: a private key goes over several. */
export function maskText(text: string, known: KnownSecrets): MaskedText {
  const masker = new LineMasker(known);
  let masked = 0;
  const lines = text.split('\n').map(line => {
    const result = masker.mask(line, 0);
    masked += result.masks.length;
    return result.text;
  });
  return { text: lines.join('\n'), masked };
}

/** Masks a value by its name too: behind `DB_PASSWORD` anything is a secret, although by itself it looks like a word. */
export function maskNamed(
  name: string,
  value: string,
  known: KnownSecrets,
): MaskedText {
  const [first] = value.trimStart().split('\n');
  const line = `${name}=${first}`;
  const { masks } = new LineMasker(known).mask(line, 0);
  const isNamed = masks.some(
    ({ at, rule }) => rule === 'assignment' && at === name.length + 1,
  );
  return isNamed ? { text: MASK, masked: 1 } : maskText(value, known);
}

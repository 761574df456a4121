// SPDX-License-Identifier: Apache-2.0
/** Longer words are not compared. */
const MAX_WORD = 80;

/**
 * The word that was probably meant; `undefined` when none is near.
 *
 * @public
 */
export function nearestWord(
  word: string,
  known: Iterable<string>,
): string | undefined {
  if (word.length > MAX_WORD) return undefined;
  let best: string | undefined;
  let bestDistance = Math.max(1, Math.floor(word.length / 3)) + 1;
  for (const candidate of known) {
    if (candidate.length > MAX_WORD) continue;
    const distance = editDistance(plain(word), plain(candidate));
    if (distance < bestDistance) {
      best = candidate;
      bestDistance = distance;
    }
  }
  return best;
}

/** A sentence about what was probably meant, or what to do, and what there is. */
export function suggestion(
  word: string,
  known: readonly string[],
  otherwise?: string,
): string {
  const near = nearestWord(word, known);
  if (near !== undefined) return `Did you mean "${near}"?`;
  if (known.length === 0) return otherwise ?? 'There is none.';
  return otherwise === undefined
    ? thereIs(known)
    : `${otherwise} ${thereIs(known)}`;
}

function thereIs(known: readonly string[]): string {
  const shown = [...known].sort().slice(0, 12).join(', ');
  return `There is: ${shown}${known.length > 12 ? ' and more' : ''}.`;
}

/** `display-name`, `displayName` and `display_name` are one word. */
function plain(word: string): string {
  return word.toLowerCase().replace(/[-_]/g, '');
}

/** How many letters differ, two swapped neighbours counting as one. */
function editDistance(a: string, b: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const cost = a[i - 1] === b[j - 1] ? 0 : 1;
      row[j] = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + cost);
      const swapped = a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      if (i > 1 && j > 1 && swapped) {
        row[j] = Math.min(row[j], beforeLast[j - 2] + 1);
      }
    }
    beforeLast = last;
    last = row;
  }
  return last[b.length];
}

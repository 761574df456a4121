// SPDX-License-Identifier: Apache-2.0

const MAX_LENGTH = 64;

/** The known name that differs least from what was written; `undefined` when none is near enough to be meant. */
export function nearestName(
  written: string,
  known: Iterable<string>,
): string | undefined {
  if (written.length > MAX_LENGTH) return undefined;
  let best: { name: string; distance: number } | undefined;
  const furthest = Math.max(1, Math.floor(written.length / 3));
  for (const name of [...known].sort()) {
    const distance = distanceOf(written, name);
    if (distance <= furthest && distance < (best?.distance ?? Infinity)) {
      best = { name, distance };
    }
  }
  return best?.name;
}

/** ` Did you mean x?`, or nothing. */
export function didYouMean(written: string, known: Iterable<string>): string {
  const near = nearestName(written, known);
  return near === undefined ? '' : ` Did you mean ${near}?`;
}

/** How many letters were left out, added, changed or swapped with their neighbour; a part left out at an end counts as one. */
function distanceOf(a: string, b: string): number {
  if (a.length > 2 && (b.startsWith(a) || b.endsWith(a))) return 1;
  if (b.length > MAX_LENGTH) return Infinity;
  let last: readonly number[] = [];
  let row = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const change = row[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1);
      const isSwapped = a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      const swap = isSwapped ? last[j - 2] + 1 : Infinity;
      next.push(Math.min(change, swap, row[j] + 1, next[j - 1] + 1));
    }
    last = row;
    row = next;
  }
  return row[b.length];
}

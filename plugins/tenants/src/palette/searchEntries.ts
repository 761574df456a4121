// SPDX-License-Identifier: Apache-2.0
import { PALETTE_SECTIONS, type PaletteEntry } from './PaletteEntry';

/** Entries shown of a section: what is not among them is found by one more letter. */
export const MAX_SHOWN = 8;

/** How well a text fits what was typed, from 0, not at all, to 1. */
export type Score = (text: string, typed: string) => number;

const EXACT = 2;
/** Of what is not its name but is said of it: behind every name that fits. */
const KEYWORD = 0.000_001;

function scoreOf(entry: PaletteEntry, typed: string, score: Score): number {
  const wanted = typed.toLocaleLowerCase();
  if (entry.name.toLocaleLowerCase() === wanted) return EXACT;
  const fit = score(entry.name, typed);
  if (fit > 0) return fit;
  // Letters strewn over an owner or a reason say nothing.
  return entry.keywords?.some(word => word.toLocaleLowerCase().includes(wanted))
    ? KEYWORD
    : 0;
}

/** The entries that fit what was typed, by section, the best first; without anything typed, the first of each in their order. Pure. */
export function searchEntries(
  entries: readonly PaletteEntry[],
  typed: string,
  score: Score,
): readonly PaletteEntry[] {
  const text = typed.trim();
  const fitting =
    text === ''
      ? entries.map(entry => ({ entry, fit: 1 }))
      : entries
          .map(entry => ({ entry, fit: scoreOf(entry, text, score) }))
          .filter(({ fit }) => fit > 0)
          .sort((a, b) => b.fit - a.fit);
  return PALETTE_SECTIONS.flatMap(section =>
    fitting
      .filter(({ entry }) => entry.section === section)
      .slice(0, MAX_SHOWN)
      .map(({ entry }) => entry),
  );
}

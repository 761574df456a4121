// SPDX-License-Identifier: Apache-2.0
import type { LogBuffer } from './LogBuffer';
import { plainText } from './logText';

/** What is looked for in the lines, in lower case. */
export type LogSearch = {
  readonly include: readonly string[];
  readonly exclude: readonly string[];
};

/** Longest search that is read. */
const MAX_SEARCH_LENGTH = 200;
const TERM = /(-?)(?:"([^"]*)"|(\S+))/g;

/** Reads `term other -not "a phrase"`. `undefined` when nothing is looked for. */
export function parseLogSearch(text: string): LogSearch | undefined {
  const include: string[] = [];
  const exclude: string[] = [];
  for (const match of text.slice(0, MAX_SEARCH_LENGTH).matchAll(TERM)) {
    const term = (match[2] ?? match[3]).toLowerCase();
    if (term !== '') (match[1] ? exclude : include).push(term);
  }
  return include.length === 0 ? undefined : { include, exclude };
}

/** Whether a line has one of the terms and none of those that exclude it. */
export function matchesLine(search: LogSearch, raw: string): boolean {
  const text = plainText(raw).toLowerCase();
  return (
    search.include.some(term => text.includes(term)) &&
    !search.exclude.some(term => text.includes(term))
  );
}

/** A stretch of text and whether it is a hit. */
export type Hit = { readonly text: string; readonly hit: boolean };

/** Cuts a text at the hits. */
export function splitHits(search: LogSearch, text: string): Hit[] {
  const pattern = search.include
    .map(term => term.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
    .join('|');
  return text
    .split(new RegExp(`(${pattern})`, 'gi'))
    .map((part, index) => ({ text: part, hit: index % 2 === 1 }))
    .filter(part => part.text !== '');
}

/** The keys of the rows that match, kept up to date by looking only at rows that came since. */
export class LogMatches {
  readonly #search: LogSearch;
  #keys: number[] = [];
  #scannedTo = 0;

  constructor(search: LogSearch) {
    this.#search = search;
  }

  /** Keys of the matches that are held, oldest first. The array is a new one only when it changed. */
  update(buffer: LogBuffer): readonly number[] {
    const { firstKey, endKey } = buffer;
    const found: number[] = [];
    for (let k = Math.max(this.#scannedTo, firstKey); k < endKey; k++) {
      const row = buffer.get(k);
      if (row?.kind === 'line' && matchesLine(this.#search, row.text)) {
        found.push(k);
      }
    }
    this.#scannedTo = endKey;
    const gone = this.#keys.length > 0 && this.#keys[0] < firstKey;
    if (found.length > 0 || gone) {
      const kept = gone ? this.#keys.filter(k => k >= firstKey) : this.#keys;
      this.#keys = [...kept, ...found];
    }
    return this.#keys;
  }
}

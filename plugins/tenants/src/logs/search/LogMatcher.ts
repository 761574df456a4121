// SPDX-License-Identifier: Apache-2.0
import type {
  LogSearch,
  LogTerm,
} from '@tenantry/backstage-plugin-tenants-common';
import { compilePattern } from './logPattern';

/** A stretch of a text: from, to. */
export type HitRange = readonly [from: number, to: number];

/** Hits marked in one line at the most. */
const MAX_RANGES = 200;

type Finder = (text: string, lower: string) => boolean;

function finderOf(term: LogTerm): Finder {
  if (term.kind === 'text') {
    const wanted = term.text.toLowerCase();
    return (_text, lower) => lower.includes(wanted);
  }
  const pattern = compilePattern(term);
  return text => {
    pattern.lastIndex = 0;
    return pattern.test(text);
  };
}

function textRanges(needle: string, lower: string): HitRange[] {
  const ranges: HitRange[] = [];
  let at = lower.indexOf(needle);
  while (at >= 0 && ranges.length < MAX_RANGES) {
    ranges.push([at, at + needle.length]);
    at = lower.indexOf(needle, at + needle.length);
  }
  return ranges;
}

function patternRanges(pattern: RegExp, text: string): HitRange[] {
  const ranges: HitRange[] = [];
  for (const match of text.matchAll(pattern)) {
    if (match[0] === '') continue;
    ranges.push([match.index, match.index + match[0].length]);
    if (ranges.length === MAX_RANGES) break;
  }
  return ranges;
}

/** Looks for the same in one text after the other. */
export class LogMatcher {
  readonly #any: readonly Finder[];
  readonly #all: readonly Finder[];
  readonly #none: readonly Finder[];
  readonly #marked: readonly LogTerm[];

  constructor(search: LogSearch) {
    this.#any = search.any.map(finderOf);
    this.#all = search.all.map(finderOf);
    this.#none = search.none.map(finderOf);
    this.#marked = [...search.any, ...search.all];
  }

  matches(text: string): boolean {
    const lower = text.toLowerCase();
    const isFound = (find: Finder) => find(text, lower);
    return (
      (this.#any.length === 0 || this.#any.some(isFound)) &&
      this.#all.every(isFound) &&
      !this.#none.some(isFound)
    );
  }

  /** Where the hits are, in order and apart from each other. */
  ranges(text: string): HitRange[] {
    const lower = text.toLowerCase();
    const all = this.#marked
      .flatMap(term =>
        term.kind === 'text'
          ? textRanges(term.text.toLowerCase(), lower)
          : patternRanges(compilePattern(term), text),
      )
      .sort((a, b) => a[0] - b[0]);
    return joinRanges(all);
  }
}

function joinRanges(sorted: readonly HitRange[]): HitRange[] {
  const joined: [number, number][] = [];
  for (const [from, to] of sorted) {
    const last = joined.at(-1);
    if (last && from <= last[1]) last[1] = Math.max(last[1], to);
    else joined.push([from, to]);
  }
  return joined;
}

// SPDX-License-Identifier: Apache-2.0

/** Named limits of a search in logs. @public */
export const LOG_SEARCH_LIMITS = { characters: 512, terms: 20 } as const;

/**
 * One thing to look for. Text ignores case; a pattern, in the syntax of RE2, minds it unless `ignoreCase`.
 *
 * @public
 */
export type LogTerm =
  | { readonly kind: 'text'; readonly text: string }
  | {
      readonly kind: 'pattern';
      readonly source: string;
      readonly ignoreCase: boolean;
    };

/**
 * What a line must hold: all of `all`, none of `none`, and, unless it is empty, at least one of `any`.
 *
 * @public
 */
export type LogSearch = {
  readonly any: readonly LogTerm[];
  readonly all: readonly LogTerm[];
  readonly none: readonly LogTerm[];
};

/** Either the search, or the problem with what was typed, as a sentence for whoever typed it; never both. @public */
export type LogSearchResult =
  | { readonly search: LogSearch; readonly problem?: undefined }
  | { readonly search?: undefined; readonly problem: string };

type Read = { readonly term: LogTerm; readonly end: number };

const SIGNS = { '+': 'all', '-': 'none' } as const;

/**
 * Reads `term "a phrase" /pattern/i +must -mustNot`. Whether a pattern can be run is for whoever runs it to say.
 *
 * @public
 */
export function parseLogSearch(input: string): LogSearchResult {
  if (input.length > LOG_SEARCH_LIMITS.characters) {
    return {
      problem: `The search has ${input.length} characters; at most ${LOG_SEARCH_LIMITS.characters} are read.`,
    };
  }
  const search = {
    any: [] as LogTerm[],
    all: [] as LogTerm[],
    none: [] as LogTerm[],
  };
  let count = 0;
  let at = skipSpace(input, 0);
  while (at < input.length) {
    const sign = input[at];
    const isSigned = (sign === '+' || sign === '-') && hasTermAt(input, at + 1);
    const list = isSigned ? SIGNS[sign] : 'any';
    const read = readTerm(input, isSigned ? at + 1 : at);
    if (typeof read === 'string') return { problem: read };
    if (!isEmpty(read.term)) search[list].push(read.term);
    count += 1;
    at = skipSpace(input, read.end);
  }
  if (count > LOG_SEARCH_LIMITS.terms) {
    return {
      problem: `The search has ${count} terms; at most ${LOG_SEARCH_LIMITS.terms} are read.`,
    };
  }
  return { search };
}

function hasTermAt(input: string, at: number): boolean {
  return at < input.length && !isSpace(input[at]);
}

function isEmpty(term: LogTerm): boolean {
  return (term.kind === 'text' ? term.text : term.source) === '';
}

function isSpace(character: string): boolean {
  return character === ' ' || character === '\t';
}

function skipSpace(input: string, from: number): number {
  let at = from;
  while (at < input.length && isSpace(input[at])) at += 1;
  return at;
}

function readTerm(input: string, at: number): Read | string {
  if (input[at] === '"') return readPhrase(input, at);
  if (input[at] === '/') return readPattern(input, at);
  let end = at;
  while (end < input.length && !isSpace(input[end])) end += 1;
  return { term: { kind: 'text', text: input.slice(at, end) }, end };
}

function readPhrase(input: string, at: number): Read | string {
  const close = input.indexOf('"', at + 1);
  if (close < 0) {
    return `The phrase that begins at character ${
      at + 1
    } has no closing quotation mark.`;
  }
  const text = input.slice(at + 1, close);
  return { term: { kind: 'text', text }, end: close + 1 };
}

/** `/var/log` is a path and no pattern: one that is not closed by a slash before a space, or the end, is text. */
function readPattern(input: string, at: number): Read | string {
  const close = findSlash(input, at + 1);
  if (close < 0) return readPath(input, at);
  const ignoreCase = input[close + 1] === 'i';
  const end = close + (ignoreCase ? 2 : 1);
  if (end < input.length && !isSpace(input[end])) return readPath(input, at);
  const source = input.slice(at + 1, close);
  return { term: { kind: 'pattern', source, ignoreCase }, end };
}

/** The slash that ends a pattern: not escaped, and with a space, an `i` or nothing behind it. */
function findSlash(input: string, from: number): number {
  for (let at = from; at < input.length; at += 1) {
    if (input[at] === '\\') at += 1;
    else if (input[at] === '/' && endsTerm(input, at + 1)) return at;
  }
  return -1;
}

function endsTerm(input: string, at: number): boolean {
  const next = input[at] === 'i' ? at + 1 : at;
  return next >= input.length || isSpace(input[next]);
}

function readPath(input: string, at: number): Read {
  let end = at;
  while (end < input.length && !isSpace(input[end])) end += 1;
  return { term: { kind: 'text', text: input.slice(at, end) }, end };
}

// SPDX-License-Identifier: Apache-2.0
import {
  parseLogSearch,
  type LogSearch,
  type LogTerm,
} from '@tenantry/backstage-plugin-tenants-common';

/** What the portal's engine, which is safe in time, does not know. */
const NOT_SAFE = /\(\?<?[=!]|\\[1-9]|\\k</;

/** A pattern term. */
export type PatternTerm = Extract<LogTerm, { kind: 'pattern' }>;

/** What became of a search field. */
export type ParsedSearch =
  | { readonly kind: 'none' }
  | { readonly kind: 'search'; readonly search: LogSearch }
  /** `pattern` is absent when the problem is not in one. */
  | { readonly kind: 'bad'; readonly pattern?: string; readonly why: string };

/** Makes a pattern that can be run. @throws SyntaxError */
export function compilePattern(term: PatternTerm): RegExp {
  return new RegExp(term.source, term.ignoreCase ? 'giu' : 'gu');
}

function whyBad(term: LogTerm): string | undefined {
  if (term.kind === 'text') return undefined;
  if (NOT_SAFE.test(term.source)) {
    return 'look-around and back-references are not read';
  }
  try {
    compilePattern(term);
    return undefined;
  } catch (error) {
    const message = error instanceof Error ? error.message : '';
    return message.slice(message.lastIndexOf(':') + 1).trim();
  }
}

/** Reads a search and tries its patterns. */
export function readSearch(text: string): ParsedSearch {
  const { search, problem } = parseLogSearch(text);
  if (problem !== undefined) return { kind: 'bad', why: problem };
  const terms = [...search.any, ...search.all, ...search.none];
  if (terms.length === 0) return { kind: 'none' };
  for (const term of terms) {
    const why = whyBad(term);
    if (why !== undefined && term.kind === 'pattern') {
      return { kind: 'bad', pattern: term.source, why };
    }
  }
  return { kind: 'search', search };
}

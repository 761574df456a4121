// SPDX-License-Identifier: Apache-2.0
import { InputError } from '@backstage/errors';
import {
  parseLogSearch,
  type LogLevelName,
  type LogTerm,
} from '@tenantry/backstage-plugin-tenants-common';
import { RE2JS, RE2JSSyntaxException, RE2Set } from 're2js';
import { withoutEscapes, type LevelLetter } from './detectLevel';
import type { LogLine } from './LogLine';

/** Characters of one pattern. */
const MAX_PATTERN_LENGTH = 200;
/** Instructions all patterns together may become: `(a{0,99}){8}` is short to write and long to run. */
const MAX_PROGRAM_SIZE = 100;
/** Characters of a line that patterns look at. With the size above, one line takes some 10 ms at the very worst. */
const PATTERN_REACH = 4 * 1024;
/** Memory of the states of one pattern. Beyond it the engine goes on without them, more slowly. */
const STATE_BYTES = 64 * 1024;

type Test = (text: string, lower: string) => boolean;
type Tests = {
  readonly any: readonly Test[];
  readonly all: readonly Test[];
  readonly none: readonly Test[];
};

const LETTER_OF: Readonly<Record<LogLevelName, LevelLetter>> = {
  error: 'e',
  warn: 'w',
  info: 'i',
  debug: 'd',
  none: '-',
};

/** Says which lines are wanted. Looks at what the reader may see: the masked line behind its time, without escapes. */
export class LogFilter {
  private readonly tests: Tests | undefined;
  private readonly levels: ReadonlySet<LevelLetter> | undefined;

  /** @throws InputError that says what is wrong with the search */
  constructor(wanted: {
    readonly q?: string;
    readonly levels?: readonly LogLevelName[];
  }) {
    this.tests = toTests(wanted.q);
    this.levels =
      wanted.levels && new Set(wanted.levels.map(level => LETTER_OF[level]));
  }

  /** Whether every line is wanted. */
  get takesAll(): boolean {
    return this.tests === undefined && this.levels === undefined;
  }

  takes({ text, level }: LogLine): boolean {
    if (this.levels && !this.levels.has(level)) return false;
    if (!this.tests) return true;
    const shown = withoutEscapes(text.slice(text.indexOf(' ') + 1));
    const lower = shown.toLowerCase();
    const holds = (test: Test) => test(shown, lower);
    const { any, all, none } = this.tests;
    return (
      all.every(holds) &&
      (any.length === 0 || any.some(holds)) &&
      !none.some(holds)
    );
  }
}

function toTests(q: string | undefined): Tests | undefined {
  if (q === undefined || q.trim() === '') return undefined;
  const { search, problem } = parseLogSearch(q);
  if (problem !== undefined) throw refusal(problem);
  const budget = { left: MAX_PROGRAM_SIZE };
  const toTest = (term: LogTerm) => compileTerm(term, budget);
  return {
    any: search.any.map(toTest),
    all: search.all.map(toTest),
    none: search.none.map(toTest),
  };
}

type Budget = { left: number };

function compileTerm(term: LogTerm, budget: Budget): Test {
  if (term.kind === 'text') {
    const wanted = term.text.toLowerCase();
    return (_, lower) => lower.includes(wanted);
  }
  const { source, ignoreCase } = term;
  const shown = `/${source.slice(0, 60)}/`;
  if (source.length > MAX_PATTERN_LENGTH) {
    throw refusal(
      `The pattern ${shown} has ${source.length} characters; at most ${MAX_PATTERN_LENGTH} are run.`,
    );
  }
  const flags = ignoreCase ? RE2JS.CASE_INSENSITIVE : 0;
  budget.left -= sizeOf(source, { shown, flags });
  if (budget.left < 0) {
    throw refusal(
      `The pattern ${shown} is too costly to run. Repeat less: fewer and smaller counts such as {1,100}.`,
    );
  }
  const pattern = new RE2Set(RE2Set.UNANCHORED, flags, STATE_BYTES);
  pattern.add(source);
  pattern.compile();
  return text => pattern.match(text.slice(0, PATTERN_REACH)).length > 0;
}

function sizeOf(
  source: string,
  { shown, flags }: { readonly shown: string; readonly flags: number },
): number {
  try {
    return RE2JS.compile(source, flags).programSize();
  } catch (error) {
    if (!(error instanceof RE2JSSyntaxException)) {
      throw refusal(`The pattern ${shown} cannot be run.`);
    }
    const part = error.getPattern();
    const where = part ? ` at ${JSON.stringify(part.slice(0, 60))}` : '';
    throw refusal(
      `The pattern ${shown} is not understood: ${error.getDescription()}${where}. Patterns are those of RE2: no look-around, no back-references.`,
    );
  }
}

function refusal(problem: string): InputError {
  return new InputError(`The query parameter 'q': ${problem}`);
}

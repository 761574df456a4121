// SPDX-License-Identifier: Apache-2.0
import semver from 'semver';
import { z } from 'zod';
import type { LocatedProblem } from '../DefinitionFile';
import {
  placeText,
  problemAt,
  problemAtKey,
  within,
  type Place,
} from '../Place';
import { suggestion } from '../suggestion';
import { schemaAt } from './schemaAt';
import { withoutMistakes } from './withoutMistakes';

type Issue = z.core.$ZodIssue;

const TYPE_WORDS: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a mapping',
  record: 'a mapping',
};

/** Checks a value against a schema. Its problems are told in our own words, at the place of what is wrong. */
export function parsePlace<T extends z.ZodType>(
  schema: T,
  place: Place,
  value: unknown,
):
  | { readonly ok: true; readonly value: z.output<T> }
  | {
      readonly ok: false;
      readonly problems: readonly LocatedProblem[];
      /** What is left without the mistakes, where that makes sense. */
      readonly rest?: z.output<T>;
    } {
  const parsed = schema.safeParse(value);
  if (parsed.success) return { ok: true, value: parsed.data };
  const problems = parsed.error.issues.flatMap(issue =>
    explain(issue, { schema, place, value }),
  );
  const rest = schema.safeParse(withoutMistakes(value, parsed.error.issues));
  return { ok: false, problems, ...(rest.success ? { rest: rest.data } : {}) };
}

type Context = {
  readonly schema: z.ZodType;
  readonly place: Place;
  readonly value: unknown;
};

function explain(issue: Issue, context: Context): LocatedProblem[] {
  const { schema, place } = context;
  const at = within(place, ...issue.path);
  const name = placeText(at.path) || 'The file';
  switch (issue.code) {
    case 'unrecognized_keys': {
      const known = keysOf(schemaAt(schema, issue.path));
      return issue.keys.map(key =>
        problemAtKey(within(at, key), {
          rule: 'unknown-key',
          message: `${
            name === 'The file' ? 'A file' : name
          } has no key "${key.slice(0, 80)}".`,
          remedy: suggestion(key, known),
        }),
      );
    }
    case 'invalid_union':
      return explainUnion(issue, context);
    case 'invalid_key':
      return issue.issues.map(inner =>
        problemAtKey(at, wordsOf(inner, `The key ${name}`)),
      );
    default:
      return [problemAt(at, wordsOf(issue, name, valueAt(context, issue)))];
  }
}

/** Of the alternatives, the one that fits the value’s type is explained. */
function explainUnion(
  issue: Extract<Issue, { code: 'invalid_union' }>,
  context: Context,
): LocatedProblem[] {
  const alternatives: readonly (readonly Issue[])[] = issue.errors;
  const fitting = alternatives.find(
    issues =>
      !issues.some(i => i.path.length === 0 && i.code === 'invalid_type'),
  );
  const chosen = fitting ?? alternatives[0] ?? [];
  return chosen.flatMap(inner =>
    explain({ ...inner, path: [...issue.path, ...inner.path] }, context),
  );
}

function wordsOf(issue: Issue, name: string, value?: unknown) {
  if (issue.code === 'custom') {
    const { rule, remedy } = customParams(issue.params);
    return { rule, message: `${name} ${issue.message}.`, remedy };
  }
  if (issue.code === 'invalid_type') {
    return {
      rule: value === undefined ? 'missing' : 'type',
      message:
        value === undefined
          ? `${name} is missing.`
          : `${name} must be ${
              TYPE_WORDS[issue.expected] ?? issue.expected
            }, and is ${typeWord(value)}.`,
      remedy: typeRemedy(issue, value),
    };
  }
  if (issue.code === 'invalid_value') {
    const allowed = issue.values.map(String);
    return {
      rule: 'value',
      message: `${name} is ${JSON.stringify(value)?.slice(
        0,
        80,
      )}, which is not allowed.`,
      remedy: `Write one of: ${allowed.join(', ')}.`,
    };
  }
  if (issue.code === 'too_big' || issue.code === 'too_small') {
    return sizeWords(issue, name);
  }
  return {
    rule: 'format',
    message: `${name} is not right: ${issue.message}.`,
    remedy: 'Change it accordingly.',
  };
}

const COUNTED: Readonly<Record<string, string>> = {
  array: ' entries',
  set: ' entries',
  map: ' entries',
  record: ' entries',
  string: ' characters',
};

function sizeWords(
  issue: z.core.$ZodIssueTooBig | z.core.$ZodIssueTooSmall,
  name: string,
) {
  const isBig = issue.code === 'too_big';
  const limit = String(isBig ? issue.maximum : issue.minimum);
  const of = COUNTED[issue.origin] ?? '';
  if (!isBig && limit === '1' && of !== '') {
    const message = `${name} is empty.`;
    return { rule: 'size', message, remedy: 'Fill it, or remove the key.' };
  }
  return {
    rule: 'size',
    message: `${name} is ${isBig ? 'more than' : 'less than'} ${limit}${of}.`,
    remedy: `Write at ${isBig ? 'most' : 'least'} ${limit}${of}.`,
  };
}

function typeWord(value: unknown): string {
  if (value === null) return 'empty';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'a mapping';
  if (typeof value === 'string') return 'text';
  return `the ${typeof value} ${String(value)}`;
}

/** Lists of things that have a name. */
const NAMED: ReadonlySet<unknown> = new Set(['secrets', 'endpoints']);

function typeRemedy(
  { expected, path }: { expected: string; path: readonly PropertyKey[] },
  value: unknown,
): string {
  if (value === undefined) return 'Add it.';
  if (value === null) return 'Give it a value, or remove the key.';
  if (expected === 'string' && typeof value !== 'object') {
    const version = path.at(-1) === 'version' && semver.coerce(String(value));
    if (version) return `Write it in full: ${version.version}.`;
    return `Put it in quotes: "${String(value)}".`;
  }
  if (expected === 'array') return 'Begin each entry with "- ".';
  if (expected === 'object' && typeof value === 'string') {
    return NAMED.has(path.at(-2))
      ? `Write a mapping: { name: ${value.slice(0, 63)} }.`
      : 'Write a mapping: lines of "key: value" below it.';
  }
  return `Write ${TYPE_WORDS[expected] ?? expected}.`;
}

function customParams(params: Record<string, unknown> | undefined) {
  const { rule, remedy } = params ?? {};
  return { rule: String(rule ?? 'value'), remedy: String(remedy ?? '') };
}

function valueAt({ value }: Context, { path }: Issue): unknown {
  let found: unknown = value;
  for (const member of path) {
    if (typeof found !== 'object' || found === null) return undefined;
    found = Object.hasOwn(found, member)
      ? Reflect.get(found, member)
      : undefined;
  }
  return found;
}

function keysOf(schema: z.ZodType | undefined): string[] {
  return schema instanceof z.ZodObject ? Object.keys(schema.shape) : [];
}

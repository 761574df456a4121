// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';
import { MASK } from './LineText';

/** One value of a JSON line, as it is told in one row. */
export type JsonPart = {
  readonly name: string;
  readonly text: string;
  /** Rules by which values in it were masked, in order. */
  readonly rules: readonly string[];
};

/** What a JSON line says, to be read at a glance. */
export type JsonSummary = {
  readonly message?: JsonPart;
  /** The other fields, in their order, but for those that the row tells by itself. */
  readonly fields: readonly JsonPart[];
  /** Fields for which there was no room. */
  readonly more: number;
};

/** Fields told beside the message. The line, opened, has all. */
export const MAX_SUMMARY_FIELDS = 12;
/** Characters of a field at the most. */
export const MAX_FIELD_LENGTH = 80;

const MESSAGES = ['message', 'msg', '@message', 'log', 'text'];
const TIMES = ['time', 'ts', 'timestamp', '@timestamp', 'datetime', 't'];
const LEVELS = [
  'level',
  'lvl',
  'severity',
  'loglevel',
  'log.level',
  'levelname',
  '@level',
];
const LINE_BREAKS = /\r?\n/g;
const LINE_BREAK_MARK = ' ↵ ';

const objectSchema = z.record(z.string(), z.unknown());

function entriesOf(text: string): [string, unknown][] {
  try {
    return Object.entries(objectSchema.parse(JSON.parse(text)));
  } catch {
    return [];
  }
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** Each value with the rules that masked something in it: they are told of the line as a whole, in its order. */
function partsOf(text: string, rules: readonly string[]): JsonPart[] {
  let next = 0;
  return entriesOf(text).map(([name, value]) => {
    const own = textOf(value);
    const masks = own.split(MASK).length - 1;
    next += masks;
    return { name, text: own, rules: rules.slice(next - masks, next) };
  });
}

function shortened(part: JsonPart): JsonPart {
  const text = part.text.replace(LINE_BREAKS, LINE_BREAK_MARK);
  if (text.length <= MAX_FIELD_LENGTH) return { ...part, text };
  return { ...part, text: `${text.slice(0, MAX_FIELD_LENGTH)}…` };
}

/**
 * Takes a JSON line apart for one row; `undefined` when it is none, or says nothing but when and how loud. Pure.
 *
 * @param tells - What the row tells in columns of its own.
 */
export function jsonSummary(
  line: { readonly text: string; readonly rules?: readonly string[] },
  tells: { readonly time: boolean; readonly level: boolean },
): JsonSummary | undefined {
  const hidden = [...(tells.time ? TIMES : []), ...(tells.level ? LEVELS : [])];
  const parts = partsOf(line.text, line.rules ?? []).filter(
    ({ name }) => !hidden.includes(name.toLowerCase()),
  );
  if (parts.length === 0) return undefined;
  const message = MESSAGES.map(wanted =>
    parts.find(({ name }) => name.toLowerCase() === wanted),
  ).find(Boolean);
  const others = parts.filter(part => part !== message);
  return {
    message: message && {
      ...message,
      text: message.text.replace(LINE_BREAKS, LINE_BREAK_MARK),
    },
    fields: others.slice(0, MAX_SUMMARY_FIELDS).map(shortened),
    more: Math.max(0, others.length - MAX_SUMMARY_FIELDS),
  };
}

// SPDX-License-Identifier: Apache-2.0

/** A level in the wire’s letters: error, warn, info, debug, none. */
export type LevelLetter = 'e' | 'w' | 'i' | 'd' | '-';

/** Levels are looked for only where loggers write them. */
const REACH = 160;
/** In a JSON line the level may stand anywhere in its first part. */
const JSON_REACH = 2_048;

const LETTERS: Readonly<Record<string, LevelLetter>> = {
  alert: 'e',
  crit: 'e',
  critical: 'e',
  emerg: 'e',
  emergency: 'e',
  err: 'e',
  error: 'e',
  fatal: 'e',
  panic: 'e',
  severe: 'e',
  warn: 'w',
  warning: 'w',
  info: 'i',
  information: 'i',
  notice: 'i',
  debug: 'd',
  fine: 'd',
  trace: 'd',
  verbose: 'd',
};
const WORDS = Object.keys(LETTERS)
  .filter(word => !['alert', 'fine', 'err', 'information'].includes(word))
  .join('|');
const KLOG = /^([EWIFD])\d{4} \d\d:\d\d/;
const KLOG_LETTERS: Readonly<Record<string, LevelLetter>> = {
  E: 'e',
  F: 'e',
  W: 'w',
  I: 'i',
  D: 'd',
};
const JSON_FIELD =
  /"(?:level|lvl|severity|loglevel|log\.level|levelname|@level)"\s*:\s*(?:"(\w{1,12})"|(\d{1,2})\b)/i;
const LOGFMT_FIELD = /(?:^|\s)(?:level|lvl|severity)=["']?(\w{1,12})/i;
/** A level stands by itself or in brackets; in capitals it counts anywhere, else only before a colon or as a field. */
const WORD = new RegExp(
  `\\b(${WORDS.toUpperCase()}|ERR|${capitals(
    WORDS,
  )})\\b|(?:^|[\\s[(<|])(${WORDS}|err)(?=[\\])>|:])`,
);
const TRACE = /^(?:Exception in thread|Traceback \(most recent|panic: )/;
const ESC = '\u001b';
const ESCAPES = new RegExp(`${ESC}\\[[0-9;:]*[A-Za-z]`, 'g');

/** The level a line names itself. @param text - The line behind its time. */
export function detectLevel(text: string): LevelLetter {
  const first = text.charCodeAt(0);
  if (first === 0x7b) return ofJson(text.slice(0, JSON_REACH));
  let start = text.slice(0, REACH);
  if (start.includes(ESC)) start = start.replace(ESCAPES, ' ');
  const klog = first >= 0x44 && first <= 0x57 ? KLOG.exec(start) : undefined;
  if (klog) return KLOG_LETTERS[klog[1]];
  const field = start.includes('=') ? LOGFMT_FIELD.exec(start) : undefined;
  if (field) return letterOf(field[1]);
  const word = WORD.exec(start);
  if (word) return letterOf(word[1] ?? word[2]);
  return TRACE.test(start) ? 'e' : '-';
}

function ofJson(start: string): LevelLetter {
  const field = JSON_FIELD.exec(start);
  if (!field) return '-';
  return field[1] ? letterOf(field[1]) : ofNumber(Number(field[2]));
}

/** As bunyan and pino count. */
function ofNumber(level: number): LevelLetter {
  if (level >= 50) return 'e';
  if (level >= 40) return 'w';
  if (level >= 30) return 'i';
  return level >= 10 ? 'd' : '-';
}

function letterOf(word: string): LevelLetter {
  return LETTERS[word.toLowerCase()] ?? '-';
}

function capitals(words: string): string {
  return words.replace(/(^|\|)[a-z]/g, start => start.toUpperCase());
}

/** Whether a text is one JSON object, by its ends: it is parsed where it is shown. */
export function isJsonObject(text: string): boolean {
  return (
    text.charCodeAt(0) === 0x7b && text.charCodeAt(text.length - 1) === 0x7d
  );
}

/** A text without the escapes that colour it. */
export function withoutEscapes(text: string): string {
  return text.includes(ESC) ? text.replace(ESCAPES, '') : text;
}

// SPDX-License-Identifier: Apache-2.0
import type { LogSource } from '@tenantry/backstage-plugin-tenants-common';
import type { LogLevel, LogLine } from './LogRow';

/** Levels are looked for only where loggers write them. */
const LEVEL_REACH = 160;

const LEVEL_WORD =
  /\b(?:(error|err|fatal|critical|severe|panic)|(warn(?:ing)?)|(info|notice)|(debug|trace))\b/i;
const KLOG = /^([EWIF])\d{4} \d\d:/;
const KLOG_LEVELS: Record<string, LogLevel> = {
  E: 'error',
  F: 'error',
  W: 'warn',
  I: 'info',
};

/** The level a line names itself; `undefined` when it names none. */
export function detectLevel(text: string): LogLevel | undefined {
  const start = text.slice(0, LEVEL_REACH);
  const klog = KLOG.exec(start);
  if (klog) return KLOG_LEVELS[klog[1]];
  const word = LEVEL_WORD.exec(start);
  if (!word) return undefined;
  if (word[1]) return 'error';
  if (word[2]) return 'warn';
  return word[3] ? 'info' : 'debug';
}

/** A line of the wire: its time as it was written, and what follows. */
export type WireLine = { readonly time: string; readonly text: string };

/** Splits the text of a `lines` event. */
export function splitWireLines(text: string): WireLine[] {
  return text.split('\n').map(line => {
    const space = line.indexOf(' ');
    return space < 0
      ? { time: line, text: '' }
      : { time: line.slice(0, space), text: line.slice(space + 1) };
  });
}

/** Makes a row of a line. */
export function toLogLine(line: WireLine, source: LogSource): LogLine {
  return {
    kind: 'line',
    at: Date.parse(line.time),
    source,
    text: line.text,
    level: detectLevel(line.text),
  };
}

/** A time that can be compared as text: Kubernetes leaves out the zeros at the end of a fraction. */
export function comparableTime(time: string): string {
  const [whole, fraction = ''] = time.replace(/Z$/, '').split('.');
  return `${whole}.${fraction.padEnd(9, '0')}`;
}

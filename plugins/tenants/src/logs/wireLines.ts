// SPDX-License-Identifier: Apache-2.0
import type { LogLevel } from './LogRow';

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

/** A time that can be compared as text: Kubernetes leaves out the zeros at the end of a fraction. */
export function comparableTime(time: string): string {
  const [whole, fraction = ''] = time.replace(/Z$/, '').split('.');
  return `${whole}.${fraction.padEnd(9, '0')}`;
}

// SPDX-License-Identifier: Apache-2.0

const TIMESTAMP =
  /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d{1,9}))?(Z|[+-]\d\d:\d\d) /;

/**
 * The time a line begins with, as text that sorts as time does; `undefined` when it begins with none.
 * Kubelets leave out trailing zeros and may write their own offset, so the timestamps themselves do not sort.
 */
export function lineTime(line: string): string | undefined {
  const match = TIMESTAMP.exec(line);
  if (!match) return undefined;
  const [, seconds, fraction = '', offset] = match;
  const time = Date.parse(`${seconds}${offset}`);
  if (Number.isNaN(time)) return undefined;
  const instant = new Date(time).toISOString().slice(0, 19);
  return `${instant}.${fraction.padEnd(9, '0')}Z`;
}

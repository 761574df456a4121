// SPDX-License-Identifier: Apache-2.0

const ISO_TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/;

/** Moves every time in wire data, so that fixtures of one moment look as if they were of another. */
export function shiftTimes<T>(value: T, byMs: number): T {
  return JSON.parse(JSON.stringify(value), (_key, field: unknown) =>
    typeof field === 'string' && ISO_TIME.test(field)
      ? new Date(Date.parse(field) + byMs).toISOString()
      : field,
  );
}

// SPDX-License-Identifier: Apache-2.0

/** How times are written: how long ago, or the moment itself in one of two zones. */
export const TIME_FORMATS = ['utc', 'local', 'relative'] as const;

/** One of {@link TIME_FORMATS}. */
export type TimeFormat = (typeof TIME_FORMATS)[number];

/** Whether something that was remembered is a way to write times. */
export function isTimeFormat(value: unknown): value is TimeFormat {
  return TIME_FORMATS.some(format => format === value);
}

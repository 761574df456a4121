// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';

const KEY = '[\\w-]{12}';
const TIME =
  '\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(?:\\.\\d{1,9})?(?:Z|[+-]\\d\\d:\\d\\d)';

/** The text of a {@link LogPosition}, `key~time~index`, as permalinks and queries carry it; at most 80 characters. @public */
export const logPositionSchema = z
  .string()
  .max(80)
  .regex(
    new RegExp(`^${KEY}~${TIME}~\\d{1,7}$`),
    'is not the position of a line',
  );

/** How far a container’s log was read, `key~time~count~hash` of the last line; given back as `after`, reading goes on behind it. @public */
export const logCursorSchema = z
  .string()
  .max(120)
  .regex(
    new RegExp(`^${KEY}~${TIME}~\\d{1,7}~[0-9a-z]{1,7}$`),
    'is not a cursor of a log',
  );

/**
 * One line of one container: `key` of its source, its time as it was written, and how many lines of that container had the same time
 * before it.
 *
 * @public
 */
export type LogPosition = {
  readonly key: string;
  readonly time: string;
  readonly index: number;
};

/** Writes a position, for permalinks and for the lines around it. @public */
export function formatLogPosition({ key, time, index }: LogPosition): string {
  return `${key}~${time}~${index}`;
}

/** Reads what {@link formatLogPosition} wrote; `undefined` when it is none. @public */
export function parseLogPosition(text: string): LogPosition | undefined {
  if (!logPositionSchema.safeParse(text).success) return undefined;
  const [key, time, index] = text.split('~');
  return { key, time, index: Number(index) };
}

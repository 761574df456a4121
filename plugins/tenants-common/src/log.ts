// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';

const flag = z
  .enum(['true', 'false'])
  .default('false')
  .transform(v => v === 'true');
const name = z
  .string()
  .regex(/^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$/, 'is not the name of an object')
  .max(253);

/** Named limits of log reading. @public */
export const LOG_LIMITS = {
  sources: 20,
  lineBytes: 16 * 1024,
  tailLines: 500,
  maxTailLines: 10_000,
  bytesPerSecond: 1024 * 1024,
} as const;

/**
 * Query of `GET /v1/tenants/:tenant/logs`.
 *
 * @public
 */
export const logQuerySchema = z.strictObject({
  environment: name.optional(),
  module: name.optional(),
  workload: name.optional(),
  pod: name.optional(),
  container: name.optional(),
  follow: flag,
  previous: flag,
  tailLines: z.coerce
    .number()
    .int()
    .min(1)
    .max(LOG_LIMITS.maxTailLines)
    .default(LOG_LIMITS.tailLines),
  sinceTime: z.iso.datetime().optional(),
});

/** @public */
export type LogQuery = z.infer<typeof logQuerySchema>;

/** @public */
export const logSourceSchema = z.object({
  id: z.number().int(),
  cluster: z.string(),
  environment: z.string(),
  namespace: z.string(),
  module: z.string(),
  pod: z.string(),
  container: z.string(),
});

/**
 * One container whose log is read.
 *
 * @public
 */
export type LogSource = z.infer<typeof logSourceSchema>;

/** @public */
export const logEventSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('source'), source: logSourceSchema }),
  z.object({
    type: z.literal('lines'),
    source: z.number().int(),
    text: z
      .string()
      .describe('Whole lines, each `<RFC 3339 time> <text>`, joined by \\n.'),
  }),
  z.object({
    type: z.literal('sourceEnded'),
    source: z.number().int(),
    reason: z.string(),
    message: z.string(),
  }),
]);

/**
 * What the `event` messages of a log answer carry, in the framing of the stream.
 *
 * @public
 */
export type LogEvent = z.infer<typeof logEventSchema>;

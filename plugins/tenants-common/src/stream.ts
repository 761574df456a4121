// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';
import { partialDataSchema } from './freshness';
import { operationSchema } from './operation';
import { tenantRowSchema } from './tenantList';

/** Named limits of the stream. @public */
export const STREAM_LIMITS = {
  subscriptionsPerStream: 32,
  streamsPerUser: 5,
  streamsPerProcess: 200,
  waitingBytes: 256 * 1024,
  heartbeatMs: 15_000,
  recheckMs: 10_000,
  endBeforeTokenExpiryMs: 5_000,
} as const;

const subscriptionBase = {
  id: z.string().min(1).max(40),
  cursor: z.string().max(200).optional(),
};

/** One thing to follow, by `kind`; the caller chooses the `id` that messages name it by, and gives a `cursor` to resume. @public */
export const subscriptionSchema = z.discriminatedUnion('kind', [
  z.strictObject({ ...subscriptionBase, kind: z.literal('tenants') }),
  z.strictObject({
    ...subscriptionBase,
    kind: z.literal('tenant'),
    params: z.strictObject({ tenant: z.string().max(63) }),
  }),
  z.strictObject({ ...subscriptionBase, kind: z.literal('platform') }),
  z.strictObject({
    ...subscriptionBase,
    kind: z.literal('operation'),
    params: z.strictObject({ operation: z.string().min(1).max(40) }),
  }),
  z.strictObject({
    ...subscriptionBase,
    kind: z.literal('operations'),
    params: z.strictObject({
      tenant: z
        .string()
        .max(63)
        .optional()
        .describe('Absent: of all tenants, for the platform team.'),
    }),
  }),
]);

/**
 * One thing a stream follows.
 *
 * @public
 */
export type Subscription = z.infer<typeof subscriptionSchema>;

/**
 * Body of `POST /v1/stream`.
 *
 * @public
 */
export const streamRequestSchema = z.strictObject({
  schema: z.literal(1),
  subs: z
    .array(subscriptionSchema)
    .min(1)
    .max(STREAM_LIMITS.subscriptionsPerStream)
    .refine(subs => new Set(subs.map(s => s.id)).size === subs.length, {
      message: 'Each subscription needs an id of its own.',
    }),
});

/** What a stream is to follow; each subscription has an `id` of its own. @public */
export type StreamRequest = z.infer<typeof streamRequestSchema>;

/** Why a subscription or a stream ended. @public */
export const END_REASONS = [
  'token-expired',
  'forbidden',
  'shutdown',
  'deleted',
  'limit',
  'error',
  'completed',
] as const;

/** One of {@link END_REASONS}. @public */
export type EndReason = (typeof END_REASONS)[number];

const header = {
  s: z
    .string()
    .describe('Subscription id; empty for messages about the stream itself.'),
  n: z
    .number()
    .int()
    .describe(
      'Sequence number within the subscription, from 1, without holes.',
    ),
};

/**
 * One line of the stream’s answer, by `t`; a snapshot’s value and what patches make of it are for the subscription’s own schema to
 * check.
 *
 * @public
 */
export const streamMessageSchema = z.discriminatedUnion('t', [
  z.object({
    ...header,
    t: z.literal('snapshot'),
    v: z.string(),
    c: z.string().describe('Cursor to resume from.'),
    at: z.iso.datetime().optional(),
    d: z.unknown(),
  }),
  z.object({
    ...header,
    t: z.literal('patch'),
    from: z.string().describe('The version the patch applies to.'),
    v: z.string(),
    c: z.string(),
    at: z.iso.datetime().optional(),
    d: z.unknown().describe('JSON Merge Patch (RFC 7396).'),
  }),
  z.object({ ...header, t: z.literal('event'), d: z.unknown() }),
  z.object({
    ...header,
    t: z.literal('gap'),
    d: z.object({
      from: z.string(),
      to: z.string(),
      reason: z.string(),
      source: z
        .number()
        .int()
        .optional()
        .describe('Of a log: id of the source; absent: of all.'),
    }),
  }),
  z.object({
    ...header,
    t: z.literal('heartbeat'),
    at: z.iso.datetime().optional().describe('Data is known to be of then.'),
  }),
  z.object({
    ...header,
    t: z.literal('end'),
    d: z.object({ reason: z.enum(END_REASONS), message: z.string() }),
  }),
]);

/**
 * A message of a stream: a whole value, a change of it, an event, a hole, a sign of life or the end of a subscription or stream.
 *
 * @public
 */
export type StreamMessage = z.infer<typeof streamMessageSchema>;

/** The value of a `tenants` subscription, as its snapshot carries it and patches change it. @public */
export const tenantsValueSchema = z.object({
  tenants: z.record(z.string(), tenantRowSchema),
  partial: z.array(partialDataSchema),
});

/**
 * What a `tenants` subscription carries: every row the caller may see, by tenant name, so that a merge patch names only what changed.
 *
 * @public
 */
export type TenantsValue = z.infer<typeof tenantsValueSchema>;

/** The value of an `operations` subscription, as its snapshot carries it and patches change it. @public */
export const operationsValueSchema = z.object({
  operations: z
    .record(z.string(), operationSchema)
    .describe('The newest 50 and all that have not ended; without changes.'),
});

/**
 * What an `operations` subscription carries: by id, so that a merge patch names only what changed.
 *
 * @public
 */
export type OperationsValue = z.infer<typeof operationsValueSchema>;

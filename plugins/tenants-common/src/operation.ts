// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';
import { changeSetSchema } from './changeSet';
import { renderedFileSchema } from './plan';

/** Every type of operation; {@link operationRequestSchema} says what each asks for, {@link operationPermissions} what it needs. @public */
export const OPERATION_TYPES = [
  'apply',
  'adopt',
  'delete',
  'purge',
  'restart',
  'scale',
  'sleep',
  'wake',
  'rollback',
  'members',
] as const;

/** One of {@link OPERATION_TYPES}. @public */
export type OperationType = (typeof OPERATION_TYPES)[number];

/**
 * Every state of an operation: `retrying` waits for its next try, `cancelling` was asked to stop and has not yet; {@link isFinalState}
 * tells the last ones.
 *
 * @public
 */
export const OPERATION_STATES = [
  'queued',
  'running',
  'retrying',
  'cancelling',
  'succeeded',
  'failed',
  'cancelled',
] as const;

/** One of {@link OPERATION_STATES}. @public */
export type OperationState = (typeof OPERATION_STATES)[number];

/** Whether an operation in this state will never change again. @public */
export function isFinalState(state: OperationState): boolean {
  return state === 'succeeded' || state === 'failed' || state === 'cancelled';
}

/** A step of an operation with how far it is; `message` says what it waits for or why it failed. @public */
export const operationStepSchema = z.object({
  index: z.number().int().nonnegative(),
  title: z.string().describe('What it does, in words.'),
  environment: z.string().optional(),
  cluster: z.string().optional(),
  wave: z.number().int().optional(),
  state: z.enum(['pending', 'running', 'succeeded', 'failed', 'skipped']),
  startedAt: z.iso.datetime().optional(),
  endedAt: z.iso.datetime().optional(),
  message: z
    .string()
    .optional()
    .describe('What it waits for, or why it failed.'),
});

/** One step of an operation. @public */
export type OperationStep = z.infer<typeof operationStepSchema>;

/** Why an operation, or its latest try, failed, and whether the same may succeed when it is tried again. @public */
export const operationErrorSchema = z.object({
  reason: z.string().describe('One word in CamelCase.'),
  message: z.string().describe('What failed, on what, and what to do.'),
  retryable: z.boolean(),
});

/** The failure of an operation as people are told it: what failed, on what, and what to do. @public */
export type OperationError = z.infer<typeof operationErrorSchema>;

/** An operation with its steps, and with what it changed so far. @public */
export const operationSchema = z.object({
  id: z.string(),
  tenant: z.string(),
  type: z.enum(OPERATION_TYPES),
  title: z
    .string()
    .describe('What it does, in words: “Upgrade superset to 4.1.0”.'),
  state: z.enum(OPERATION_STATES),
  environments: z.array(z.string()),
  requestedBy: z.string().describe('Entity reference, or a service’s subject.'),
  createdAt: z.iso.datetime(),
  startedAt: z.iso.datetime().optional(),
  endedAt: z.iso.datetime().optional(),
  attempt: z
    .number()
    .int()
    .describe('From 1; 0 while queued for the first time.'),
  maxAttempts: z.number().int(),
  nextTryAt: z.iso.datetime().optional(),
  waitsFor: z
    .object({ id: z.string(), title: z.string() })
    .optional()
    .describe('The operation of the same tenant that runs before it.'),
  steps: z.array(operationStepSchema),
  changes: changeSetSchema.optional().describe('What it did so far.'),
  error: operationErrorSchema.optional(),
  result: z
    .object({
      revision: z.number().int().optional(),
      files: z
        .array(renderedFileSchema)
        .optional()
        .describe('What was rendered instead of applied, for a pull request.'),
    })
    .optional(),
  retryOf: z.string().optional(),
  retryable: z.boolean().describe('Whether it can be tried again now.'),
  cancellable: z.boolean(),
  lastEvent: z
    .number()
    .int()
    .describe('Sequence number of its newest event; 0: none.'),
});

/** Something that changes a cluster, from its request to its end. @public */
export type Operation = z.infer<typeof operationSchema>;

/** One line of an operation’s log; `seq` is where reading goes on. @public */
export const operationEventSchema = z.object({
  seq: z
    .number()
    .int()
    .positive()
    .describe('From 1 per operation, without gaps.'),
  at: z.iso.datetime(),
  type: z.enum(['state', 'step', 'log', 'dropped']),
  level: z.enum(['info', 'warning', 'error']),
  step: z.number().int().optional(),
  message: z.string(),
});

/** One line of an operation’s log. @public */
export type OperationEvent = z.infer<typeof operationEventSchema>;

/** Answer of `GET /v1/operations/:id/events`. @public */
export const operationEventListSchema = z.object({
  items: z.array(operationEventSchema),
  after: z.number().int().describe('Give this back as `after` to go on.'),
  ended: z.boolean().describe('No more will come.'),
});

/** Lines of an operation’s log, oldest first, and the sequence number to go on from; nothing follows when `ended`. @public */
export type OperationEventList = z.infer<typeof operationEventListSchema>;

/** Query of `GET /v1/operations/:id/events`. @public */
export const operationEventQuerySchema = z.strictObject({
  after: z.coerce.number().int().min(0).default(0),
  limit: z.coerce.number().int().min(1).max(1_000).default(200),
});

/** Answer of the operation lists. @public */
export const operationListSchema = z.object({
  items: z.array(operationSchema).describe('Newest first.'),
  nextCursor: z.string().optional().describe('Absent on the last page.'),
});

/** A page of operations, newest first; `nextCursor` is `undefined` on the last one. @public */
export type OperationList = z.infer<typeof operationListSchema>;

/** Query of the operation lists. @public */
export const operationQuerySchema = z.strictObject({
  state: z.enum([...OPERATION_STATES, 'active', 'ended']).optional(),
  type: z.enum(OPERATION_TYPES).optional(),
  requestedBy: z.string().max(320).optional(),
  environment: z.string().max(63).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z
    .string()
    .max(100)
    .regex(/^[A-Za-z0-9._:-]+$/)
    .optional(),
});

/** Filter and page of operations as the backend sees it: after defaults, at most 200 (50 when not said). @public */
export type OperationQuery = z.infer<typeof operationQuerySchema>;

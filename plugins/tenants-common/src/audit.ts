// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';

/** How what was recorded ended. @public */
export const AUDIT_OUTCOMES = [
  'allowed',
  'denied',
  'succeeded',
  'failed',
] as const;

/** One of {@link AUDIT_OUTCOMES}: whether the caller was let in, or how what was begun ended. @public */
export type AuditOutcome = (typeof AUDIT_OUTCOMES)[number];

/** One line of a tenant’s audit as it is sent: who did or saw what, when, and how it ended. @public */
export const auditEventSchema = z.object({
  seq: z.number().int().describe('From 1 per tenant, without gaps.'),
  at: z.string().describe('UTC, ISO 8601.'),
  actor: z
    .string()
    .describe('Entity reference of the user, or the subject of the service.'),
  action: z.string().describe('What was done, such as `logs.read`.'),
  outcome: z.enum(AUDIT_OUTCOMES),
  detail: z
    .record(z.string(), z.union([z.string(), z.number(), z.boolean()]))
    .describe('What it was done to. Never secrets.'),
});

/**
 * One line of a tenant’s audit: who did or saw what.
 *
 * @public
 */
export type AuditEvent = z.infer<typeof auditEventSchema>;

/** Answer of `GET /v1/tenants/:tenant/audit`: a page of lines, and whether their hash chain holds. @public */
export const auditPageSchema = z.object({
  items: z.array(auditEventSchema).describe('Newest first.'),
  nextCursor: z.string().optional().describe('Absent on the last page.'),
  chain: z
    .object({
      checked: z.number().int(),
      brokenAt: z.number().int().optional(),
    })
    .describe(
      'The newest events whose hash chain was checked, and the first that does not fit: then the table was changed by other means.',
    ),
});

/**
 * A page of a tenant’s audit, newest first; `chain.brokenAt` is the `seq` of the first line that does not fit, `undefined` when all
 * do.
 *
 * @public
 */
export type AuditPage = z.infer<typeof auditPageSchema>;

/** Query of `GET /v1/tenants/:tenant/audit`. @public */
export const auditQuerySchema = z.strictObject({
  actor: z.string().max(320).optional(),
  action: z.string().max(63).optional(),
  outcome: z.enum(AUDIT_OUTCOMES).optional(),
  from: z.iso.datetime().optional().describe('This moment and later.'),
  to: z.iso.datetime().optional().describe('Before this moment.'),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z
    .string()
    .regex(/^[1-9][0-9]{0,9}$/)
    .optional(),
});

/** Filter and page of an audit as the backend sees it: after defaults, at most 200 lines (50 when not said). @public */
export type AuditQuery = z.infer<typeof auditQuerySchema>;

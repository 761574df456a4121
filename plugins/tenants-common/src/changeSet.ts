// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';

/** What becomes of an object. @public */
export const CHANGE_ACTIONS = [
  'created',
  'configured',
  'deleted',
  'unchanged',
  'skipped',
  'failed',
] as const;

/** One of {@link CHANGE_ACTIONS}; `skipped` and `failed` come with a reason. @public */
export type ChangeAction = (typeof CHANGE_ACTIONS)[number];

/** One field before and after; values are shortened, and those of secrets are never sent. @public */
export const fieldChangeSchema = z.object({
  path: z.string().describe('Such as `spec.replicas`.'),
  from: z
    .string()
    .optional()
    .describe(
      'As JSON, shortened; `<set>` for secret data. Absent: not there.',
    ),
  to: z
    .string()
    .optional()
    .describe(
      'As JSON, shortened; `<changed>` for secret data. Absent: removed.',
    ),
});

/** One field of an object that changes. @public */
export type FieldChange = z.infer<typeof fieldChangeSchema>;

/** One Kubernetes object with what becomes of it and which of its fields change. @public */
export const changeSetEntrySchema = z.object({
  action: z.enum(CHANGE_ACTIONS),
  apiVersion: z.string(),
  kind: z.string(),
  namespace: z.string().optional().describe('Absent for cluster-wide kinds.'),
  name: z.string(),
  module: z
    .string()
    .optional()
    .describe('Absent for what every environment has.'),
  fields: z.array(fieldChangeSchema).describe('At most 100.'),
  reason: z
    .string()
    .optional()
    .describe('Why it is skipped or failed, or who else manages a field.'),
});

/** One object of a change set. @public */
export type ChangeSetEntry = z.infer<typeof changeSetEntrySchema>;

/** The objects of a plan or an operation, with how many there are of each action. @public */
export const changeSetSchema = z.object({
  entries: z.array(changeSetEntrySchema),
  counts: z.partialRecord(
    z.enum(CHANGE_ACTIONS),
    z.number().int().nonnegative(),
  ),
});

/** What would become, or became, of each object. @public */
export type ChangeSet = z.infer<typeof changeSetSchema>;

/** Counts entries into a change set. @public */
export function toChangeSet(entries: readonly ChangeSetEntry[]): ChangeSet {
  const counts: ChangeSet['counts'] = {};
  for (const { action } of entries) counts[action] = (counts[action] ?? 0) + 1;
  return { entries: [...entries], counts };
}

// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';

/** A subject of a RoleBinding in a namespace of a tenant; somebody with two bindings is there twice. @public */
export const memberSchema = z.object({
  kind: z.enum(['User', 'Group', 'ServiceAccount']),
  name: z.string().describe('As the cluster knows the subject.'),
  namespace: z.string().optional().describe('Of a service account.'),
  entityRef: z
    .string()
    .optional()
    .describe(
      'The catalogue’s user or group; absent when none is known for sure.',
    ),
  role: z.string().describe('Name of the Role or ClusterRole.'),
  roleKind: z.enum(['Role', 'ClusterRole']),
  binding: z.string().describe('The RoleBinding that gives it.'),
  bindingNamespace: z.string(),
  environment: z.string(),
  cluster: z.string(),
});

/**
 * One subject with one role by one binding.
 *
 * @public
 */
export type Member = z.infer<typeof memberSchema>;

/** Answer of `GET /v1/tenants/:tenant/members`; `totalItems` counts all pages. @public */
export const memberPageSchema = z.object({
  items: z.array(memberSchema),
  totalItems: z.number().int(),
  nextCursor: z.string().optional().describe('Absent on the last page.'),
});

/** A page of who holds a role in a tenant; `nextCursor` is `undefined` on the last one. @public */
export type MemberPage = z.infer<typeof memberPageSchema>;

/** Query of `GET /v1/tenants/:tenant/members`. @public */
export const memberQuerySchema = z.strictObject({
  environment: z.string().max(63).optional(),
  kind: z.enum(['User', 'Group', 'ServiceAccount']).optional(),
  limit: z.coerce.number().int().min(1).max(500).default(100),
  cursor: z
    .string()
    .regex(/^[1-9][0-9]{0,8}$/)
    .optional(),
});

/** Filter and page of members as the backend sees it: after defaults, at most 500 (100 when not said). @public */
export type MemberQuery = z.infer<typeof memberQuerySchema>;

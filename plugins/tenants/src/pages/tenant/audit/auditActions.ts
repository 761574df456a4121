// SPDX-License-Identifier: Apache-2.0
import type { AuditEvent } from '@tenantry/backstage-plugin-tenants-common';
import type { Translate } from '../../../useText';

type Words = (t: Translate, event: AuditEvent) => string;

const words = new Map<string, Words>([
  ['logs.read', t => t('audit.readLogs')],
  ['audit.read', t => t('audit.readAudit')],
  [
    'portal.view-as',
    (t, { detail }) => t('audit.viewedAs', { user: String(detail.user ?? '') }),
  ],
]);

/** Actions that are recorded today. */
export const AUDIT_ACTIONS: readonly string[] = [...words.keys()];

/** What was done, in words; `undefined` for an action that this page does not know. */
export function auditActionText(
  t: Translate,
  event: AuditEvent,
): string | undefined {
  return words.get(event.action)?.(t, event);
}

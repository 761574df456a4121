// SPDX-License-Identifier: Apache-2.0
import type {
  AuditEvent,
  AuditPage,
} from '@tenantry/backstage-plugin-tenants-common';
import { auditEventFixture } from '@tenantry/backstage-plugin-tenants-common/testing';

/** Enough for a second page. */
const EVENTS = 80;
const NEWEST = Date.parse('2026-11-21T14:30:00.000Z');
const STEP_MS = 7 * 60_000;

const ACTS: readonly Partial<AuditEvent>[] = [
  {},
  {
    actor: 'user:default/pia',
    action: 'portal.view-as',
    detail: { user: 'user:default/mia', route: 'getTenant' },
  },
  {
    actor: 'user:default/ada',
    action: 'audit.read',
    detail: { from: '', actor: '' },
  },
  { actor: 'user:default/eve', outcome: 'denied' },
  {
    actor: 'user:default/ada',
    action: 'operation.restart',
    outcome: 'succeeded',
    detail: { workload: 'StatefulSet/airflow-worker' },
  },
  {
    actor: 'plugin:scaffolder',
    action: 'operation.apply',
    outcome: 'failed',
    detail: { reason: 'The quota of prod is used up.' },
  },
];

/** What was done to and seen of one tenant, newest first, with a chain that is intact. */
export function auditFixture(): Pick<AuditPage, 'items' | 'chain'> {
  const items = Array.from({ length: EVENTS }, (_unused, n) =>
    auditEventFixture({
      ...ACTS[n % ACTS.length],
      seq: EVENTS - n,
      at: new Date(NEWEST - n * STEP_MS).toISOString(),
    }),
  );
  return { items, chain: { checked: EVENTS } };
}

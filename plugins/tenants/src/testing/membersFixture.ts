// SPDX-License-Identifier: Apache-2.0
import type { Member } from '@tenantry/backstage-plugin-tenants-common';
import { memberFixture } from '@tenantry/backstage-plugin-tenants-common/testing';

/** Readers beside the few that are named: enough for a second page. */
const READERS = 120;

/** People, a group, a service account and many readers of one tenant. */
export function membersFixture(): Member[] {
  return [
    memberFixture(),
    memberFixture({
      kind: 'Group',
      name: 'team-analytics',
      entityRef: 'group:default/team-analytics',
      role: 'admin',
      binding: 'analytics-admins',
    }),
    memberFixture({
      kind: 'ServiceAccount',
      name: 'airflow-worker',
      namespace: 'analytics-core-prod',
      entityRef: undefined,
      role: 'airflow-runner',
      roleKind: 'Role',
      binding: 'airflow-runner',
    }),
    memberFixture({
      name: 'contractor-7@example.com',
      entityRef: undefined,
      role: 'view',
      binding: 'analytics-viewers',
      bindingNamespace: 'analytics-core-dev',
      environment: 'dev',
      cluster: 'eu-north',
    }),
    ...Array.from({ length: READERS }, (_unused, n) =>
      memberFixture({
        name: `reader-${n}@example.com`,
        entityRef: `user:default/reader-${n}`,
        role: 'view',
        binding: 'analytics-readers',
      }),
    ),
  ];
}

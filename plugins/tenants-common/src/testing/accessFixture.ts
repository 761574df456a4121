// SPDX-License-Identifier: Apache-2.0
import type { AllowedActions } from '../allowedActions';
import type { AuditEvent } from '../audit';
import type { Member } from '../members';
import { tenantPermissions } from '../permissions';

/** A user of the catalogue who may edit `prod`. @public */
export function memberFixture(overrides: Partial<Member> = {}): Member {
  return {
    kind: 'User',
    name: 'mia@example.com',
    entityRef: 'user:default/mia',
    role: 'edit',
    roleKind: 'ClusterRole',
    binding: 'analytics-editors',
    bindingNamespace: 'analytics-core-prod',
    environment: 'prod',
    cluster: 'eu-west',
    ...overrides,
  };
}

/** Somebody read the logs of `prod`. @public */
export function auditEventFixture(
  overrides: Partial<AuditEvent> = {},
): AuditEvent {
  return {
    seq: 1,
    at: '2026-11-21T14:02:11.000Z',
    actor: 'user:default/mia',
    action: 'logs.read',
    outcome: 'allowed',
    detail: { environment: 'prod', follow: true, previous: false },
    ...overrides,
  };
}

/** What an owner may do: everything, but for the permissions that are named as missing. @public */
export function allowedActionsFixture(
  missing: readonly string[] = [],
): AllowedActions {
  const rule =
    'The portal’s policy decides by: isOwner (Tenants owned by any of the given users and groups).';
  const grantedBy = 'group:default/team-analytics';
  return {
    actions: Object.fromEntries(
      tenantPermissions.map(({ name }) => [
        name,
        missing.includes(name)
          ? { allowed: false, missing: name, rule, grantedBy }
          : { allowed: true, rule },
      ]),
    ),
  };
}

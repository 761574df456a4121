// SPDX-License-Identifier: Apache-2.0
import {
  auditReadPermission,
  logsReadPermission,
  type AllowedActions,
  type AuditPage,
  type LogMessage,
  type Member,
  type PlatformStatus,
  type Tenant,
  type TenantsValue,
} from '@tenantry/backstage-plugin-tenants-common';
import {
  allowedActionsFixture,
  degradedTenantFixture,
  platformFixture,
  tenantFixture,
  tenantRowFixture,
  tenantsValueFixture,
} from '@tenantry/backstage-plugin-tenants-common/testing';
import { auditFixture } from './auditFixture';
import { logFixture } from './logFixture';
import { membersFixture } from './membersFixture';

/** The states in which every page can be opened. */
export const SCENARIO_NAMES = [
  'many',
  'one',
  'empty',
  'partial',
  'stale',
  'member',
  'tampered',
  'forbidden',
  'error',
  'loading',
  'lists-error',
  'lists-loading',
] as const;

/** One of {@link SCENARIO_NAMES}. */
export type ScenarioName = (typeof SCENARIO_NAMES)[number];

/** What a fake backend answers. */
export type Scenario = {
  readonly tenants: TenantsValue;
  readonly tenant: Tenant;
  readonly platform: PlatformStatus;
  readonly logs: readonly LogMessage[];
  readonly allowed: AllowedActions;
  readonly members: readonly Member[];
  readonly audit: Pick<AuditPage, 'items' | 'chain'>;
  /** `normal` answers and stays open; the others fail in their way. */
  readonly behaviour:
    | 'normal'
    | 'drops'
    | 'forbidden'
    | 'unavailable'
    | 'silent';
  /** What the portal says instead of opening logs. */
  readonly logsRefusal?: { readonly status: number; readonly message: string };
  /** How the lists of members and audit events fail, while the tenant itself is there. */
  readonly lists?: 'unavailable' | 'silent';
};

const partial = platformFixture().clusters.flatMap(c =>
  c.problem ? [c.problem] : [],
);

function base(): Scenario {
  return {
    tenants: tenantsValueFixture(),
    tenant: degradedTenantFixture(),
    platform: platformFixture(),
    logs: logFixture(),
    allowed: allowedActionsFixture(),
    members: membersFixture(),
    audit: auditFixture(),
    behaviour: 'normal',
  };
}

/** Makes the data of a scenario. */
export function createScenario(name: ScenarioName): Scenario {
  switch (name) {
    case 'many':
      return base();
    case 'one':
      return {
        ...base(),
        tenants: tenantsValueFixture([tenantRowFixture()]),
        tenant: tenantFixture({ name: 'billing' }),
      };
    case 'empty':
      return {
        ...base(),
        tenants: tenantsValueFixture([]),
        tenant: tenantFixture({ environments: [] }),
        platform: platformFixture({ clusters: [], tenants: {} }),
        logs: [],
        members: [],
        audit: { items: [], chain: { checked: 0 } },
      };
    case 'partial':
      return {
        ...base(),
        tenants: { ...tenantsValueFixture(), partial },
        tenant: degradedTenantFixture({ partial }),
      };
    case 'stale':
      return { ...base(), behaviour: 'drops' };
    case 'member':
      return {
        ...base(),
        allowed: allowedActionsFixture([
          auditReadPermission.name,
          logsReadPermission.name,
        ]),
      };
    case 'tampered': {
      const audit = auditFixture();
      return {
        ...base(),
        audit: { ...audit, chain: { ...audit.chain, brokenAt: 41 } },
      };
    }
    case 'forbidden':
      return { ...base(), behaviour: 'forbidden' };
    case 'error':
      return { ...base(), behaviour: 'unavailable' };
    case 'lists-error':
      return { ...base(), lists: 'unavailable' };
    case 'lists-loading':
      return { ...base(), lists: 'silent' };
    case 'loading':
      return { ...base(), behaviour: 'silent' };
    default:
      return name satisfies never;
  }
}

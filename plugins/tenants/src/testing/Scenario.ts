// SPDX-License-Identifier: Apache-2.0
import {
  auditReadPermission,
  logsReadPermission,
  type AllowedActions,
  type AuditPage,
  type LogMessage,
  type Member,
  type ModuleDetail,
  type ModuleInstance,
  type ModuleList,
  type Operation,
  type OperationEvent,
  type Plan,
  type PlatformStatus,
  type Revision,
  type SecretStatus,
  type Tenant,
  type TenantsValue,
  type Tier,
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
import {
  definitionProblemFixture,
  moduleDetailFixture,
  moduleInstancesFixture,
  moduleListFixture,
  tiersFixture,
} from './modulesFixture';
import {
  operationEventsFixture,
  operationsFixture,
  revisionsFixture,
} from './operationFixture';
import { planFixture, refusedPlanFixture } from './planFixture';

/** The states in which every page can be opened. */
export const SCENARIO_NAMES = [
  'many',
  'one',
  'empty',
  'partial',
  'stale',
  'member',
  'tampered',
  'definitions-stale',
  'refused',
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
  readonly modules: ModuleList;
  readonly moduleDetails: readonly ModuleDetail[];
  readonly instances: readonly ModuleInstance[];
  readonly tiers: readonly Tier[];
  readonly plan: Plan;
  readonly operations: readonly Operation[];
  readonly operationEvents: readonly OperationEvent[];
  readonly revisions: readonly Revision[];
  readonly secrets: readonly SecretStatus[];
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
    modules: moduleListFixture(),
    moduleDetails: [moduleDetailFixture()],
    instances: moduleInstancesFixture(),
    tiers: tiersFixture(),
    plan: planFixture(),
    operations: operationsFixture(),
    operationEvents: operationEventsFixture(),
    revisions: revisionsFixture(),
    secrets: [],
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
        modules: moduleListFixture({ items: [], categories: [], status: [] }),
        moduleDetails: [],
        instances: [],
        operations: [],
        operationEvents: [],
        revisions: [],
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
    case 'definitions-stale': {
      const modules = moduleListFixture();
      const problems = [definitionProblemFixture()];
      return {
        ...base(),
        modules: {
          ...modules,
          status: modules.status.map(source => ({
            ...source,
            state: 'stale',
            problems,
          })),
        },
      };
    }
    case 'refused':
      return { ...base(), plan: refusedPlanFixture() };
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

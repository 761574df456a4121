// SPDX-License-Identifier: Apache-2.0
import type {
  LogMessage,
  PlatformStatus,
  Tenant,
  TenantsValue,
} from '@tenantry/backstage-plugin-tenants-common';
import {
  degradedTenantFixture,
  platformFixture,
  tenantFixture,
  tenantRowFixture,
  tenantsValueFixture,
} from '@tenantry/backstage-plugin-tenants-common/testing';
import { logFixture } from './logFixture';

/** The states in which every page can be opened. */
export const SCENARIO_NAMES = [
  'many',
  'one',
  'empty',
  'partial',
  'stale',
  'forbidden',
  'error',
  'loading',
] as const;

/** One of {@link SCENARIO_NAMES}. */
export type ScenarioName = (typeof SCENARIO_NAMES)[number];

/** What a fake backend answers. */
export type Scenario = {
  readonly tenants: TenantsValue;
  readonly tenant: Tenant;
  readonly platform: PlatformStatus;
  readonly logs: readonly LogMessage[];
  /** `normal` answers and stays open; the others fail in their way. */
  readonly behaviour:
    | 'normal'
    | 'drops'
    | 'forbidden'
    | 'unavailable'
    | 'silent';
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
      };
    case 'partial':
      return {
        ...base(),
        tenants: { ...tenantsValueFixture(), partial },
        tenant: degradedTenantFixture({ partial }),
      };
    case 'stale':
      return { ...base(), behaviour: 'drops' };
    case 'forbidden':
      return { ...base(), behaviour: 'forbidden' };
    case 'error':
      return { ...base(), behaviour: 'unavailable' };
    case 'loading':
      return { ...base(), behaviour: 'silent' };
    default:
      return name satisfies never;
  }
}

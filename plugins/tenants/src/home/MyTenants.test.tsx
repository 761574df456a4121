// SPDX-License-Identifier: Apache-2.0
import { mockApis, renderTestApp } from '@backstage/frontend-test-utils';
import {
  createFrontendPlugin,
  createRouteRef,
  PageBlueprint,
} from '@backstage/frontend-plugin-api';
import type { TenantRow } from '@tenantry/backstage-plugin-tenants-common';
import {
  rollUpFixture,
  tenantRowFixture,
  tenantsValueFixture,
} from '@tenantry/backstage-plugin-tenants-common/testing';
import { screen } from '@testing-library/react';
import { tenantsApiRef } from '../api';
import { tenantsPlugin } from '../plugin';
import { FakeTenantsApi } from '../testing/FakeTenantsApi';
import { createScenario } from '../testing/Scenario';
import { MyTenantsCard } from './MyTenantsCard';

const owner = 'group:default/team-analytics';

const home = createFrontendPlugin({
  pluginId: 'home',
  extensions: [
    PageBlueprint.make({
      params: {
        path: '/',
        routeRef: createRouteRef(),
        loader: async () => <MyTenantsCard />,
      },
    }),
  ],
});

function open(rows: readonly TenantRow[]) {
  const scenario = {
    ...createScenario('many'),
    tenants: tenantsValueFixture(rows),
  };
  renderTestApp({
    features: [tenantsPlugin, home],
    apis: [
      [tenantsApiRef, new FakeTenantsApi(scenario)],
      mockApis.permission(),
      mockApis.identity({ ownershipEntityRefs: [owner] }),
    ],
  });
}

function named(name: string, overrides: Partial<TenantRow> = {}) {
  return tenantRowFixture({ name, owner, ...overrides });
}

describe('My tenants', () => {
  it('shows six of mine, the worst first with its reason, and how many more there are', async () => {
    const rows = Array.from({ length: 8 }, (_, n) => named(`t${n}`));
    open([
      tenantRowFixture({ name: 'not-mine' }),
      ...rows,
      named('worst', { health: rollUpFixture('Degraded') }),
    ]);
    expect(await screen.findByText('3 more tenants')).toBeInTheDocument();
    const items = screen.getAllByRole('listitem').map(item => item.textContent);
    const own = items.filter(text => /Healthy|Degraded/.test(text ?? ''));
    expect(own).toHaveLength(6);
    expect(own[0]).toMatch(/Degraded.*worst.*keeps ending/);
    expect(screen.queryByText('not-mine')).not.toBeInTheDocument();
  });

  it('says in one line that all is well', async () => {
    open([named('a'), named('b')]);
    expect(
      await screen.findByText(/2 tenants, all Healthy, as of .* UTC/),
    ).toBeInTheDocument();
    expect(screen.getByRole('link', { name: 'a' })).toHaveAttribute(
      'href',
      '/tenants/t/a/overview',
    );
  });

  it('says where ownership comes from when none is mine', async () => {
    open([tenantRowFixture()]);
    expect(await screen.findByText(/No tenant is yours/)).toBeInTheDocument();
  });
});

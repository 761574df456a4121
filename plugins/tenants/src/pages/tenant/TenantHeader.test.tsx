// SPDX-License-Identifier: Apache-2.0
import { mockApis, renderTestApp } from '@backstage/frontend-test-utils';
import {
  catalogApiRef,
  MockStarredEntitiesApi,
  starredEntitiesApiRef,
} from '@backstage/plugin-catalog-react';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import {
  allowedActionsFixture,
  environmentFixture,
  tenantFixture,
} from '@tenantry/backstage-plugin-tenants-common/testing';
import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { renderTenants } from '../../__testUtils__/renderTenants';
import { tenantsApiRef } from '../../api';
import { tenantsPlugin } from '../../plugin';
import { FakeTenantsApi } from '../../testing/FakeTenantsApi';
import { createScenario, type Scenario } from '../../testing/Scenario';

const HOME = '/tenants/t/analytics-core/overview';

const entity = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Resource',
  metadata: { name: 'analytics-core', namespace: 'default' },
  spec: { type: 'tenant' },
};

function openWithCatalogue(entities: (typeof entity)[]) {
  const stars = new MockStarredEntitiesApi();
  renderTestApp({
    features: [tenantsPlugin],
    initialRouteEntries: [HOME],
    apis: [
      [tenantsApiRef, new FakeTenantsApi(createScenario('many'))],
      [catalogApiRef, catalogApiMock({ entities })],
      [starredEntitiesApiRef, stars],
      mockApis.permission(),
      mockApis.identity({ userEntityRef: 'user:default/maria.k' }),
    ],
  });
  const seen: string[][] = [];
  stars.starredEntitie$().subscribe(set => seen.push([...set]));
  return () => seen.at(-1);
}

function open(
  overrides: Partial<Scenario> = {},
  name: 'many' | 'one' = 'many',
) {
  const api = new FakeTenantsApi({ ...createScenario(name), ...overrides });
  const tenant = name === 'many' ? 'analytics-core' : 'billing';
  renderTenants(`/tenants/t/${tenant}/overview`, api);
}

const addModule = { name: 'Add module' };

describe('the head of a tenant', () => {
  it('keeps the tenant among the starred entities, by keyboard as well', async () => {
    const starred = openWithCatalogue([entity]);
    const star = await screen.findByRole('button', {
      name: 'Star analytics-core',
    });
    expect(star).toHaveAttribute('aria-pressed', 'false');
    await userEvent.click(star);
    await waitFor(() => expect(star).toHaveAttribute('aria-pressed', 'true'));
    expect(starred()).toEqual(['resource:default/analytics-core']);
    await userEvent.keyboard('{Enter}');
    await waitFor(() => expect(star).toHaveAttribute('aria-pressed', 'false'));
    expect(starred()).toEqual([]);
  });

  it('has no star for a tenant that the catalogue does not show', async () => {
    openWithCatalogue([]);
    await screen.findByRole('button', addModule);
    expect(
      screen.queryByRole('button', { name: 'Star analytics-core' }),
    ).not.toBeInTheDocument();
  });

  it('adds a module to the environment that is chosen', async () => {
    open();
    await userEvent.click(await screen.findByRole('button', addModule));
    await userEvent.click(
      await screen.findByRole('menuitem', { name: 'dev on eu-north' }),
    );
    expect(
      await screen.findByRole('dialog', { name: 'Add a module to dev' }),
    ).toBeInTheDocument();
  });

  it('asks nothing where there is one environment', async () => {
    const environments = [environmentFixture({ name: 'only' })];
    open({ tenant: tenantFixture({ name: 'billing', environments }) }, 'one');
    await userEvent.click(await screen.findByRole('button', addModule));
    expect(
      await screen.findByRole('dialog', { name: 'Add a module to only' }),
    ).toBeInTheDocument();
  });

  it('offers no module to those who may add none', async () => {
    open({ allowed: allowedActionsFixture(['tenants.tenant.update']) });
    await screen.findByRole('button', { name: 'Actions of analytics-core' });
    expect(screen.queryByRole('button', addModule)).not.toBeInTheDocument();
  });
});

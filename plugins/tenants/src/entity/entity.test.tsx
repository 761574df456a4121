// SPDX-License-Identifier: Apache-2.0
import { mockApis, renderTestApp } from '@backstage/frontend-test-utils';
import { createTestEntityPage } from '@backstage/plugin-catalog-react/testUtils';
import { degradedTenantFixture } from '@tenantry/backstage-plugin-tenants-common/testing';
import { screen } from '@testing-library/react';
import { tenantsApiRef } from '../api';
import { tenantsPlugin } from '../plugin';
import { FakeTenantsApi } from '../testing/FakeTenantsApi';
import { operationFixture } from '../testing/operationFixture';
import { createScenario } from '../testing/Scenario';
import { tenantOfEntity } from './tenantOfEntity';

function entity(
  type: string,
  annotations: Record<string, string> = {},
  kind = 'Resource',
) {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind,
    metadata: { name: 'core', namespace: 'default', annotations },
    spec: { type, owner: 'group:default/team-analytics' },
  };
}

function open(type: string, path = '/', kind?: string) {
  renderTestApp({
    features: [tenantsPlugin],
    extensions: [
      createTestEntityPage({
        entity: entity(
          type,
          {
            'tenantry.dev/tenant': 'analytics-core',
            'tenantry.dev/module': 'airflow',
          },
          kind,
        ),
      }),
    ],
    initialRouteEntries: [path],
    apis: [
      [tenantsApiRef, new FakeTenantsApi(createScenario('many'))],
      mockApis.permission(),
    ],
  });
}

describe('tenantOfEntity', () => {
  it('prefers the annotation to the name', () => {
    const annotated = entity('tenant', { 'tenantry.dev/tenant': 'other' });
    expect(tenantOfEntity(annotated)).toBe('other');
    expect(tenantOfEntity(entity('tenant'))).toBe('core');
  });
});

describe('the entity card', () => {
  it('shows health and cause of the tenant and leads to it', async () => {
    open('tenant');
    expect(
      (
        await screen.findAllByText(
          'airflow-worker-1 keeps running out of memory',
        )
      )[0],
    ).toBeInTheDocument();
    expect(screen.getByRole('link', { name: 'Open tenant' })).toHaveAttribute(
      'href',
      '/tenants/t/analytics-core/overview',
    );
  });

  it('stays away from resources of another type', async () => {
    open('database');
    await screen.findAllByText(/./);
    expect(screen.queryByText('Tenant health')).not.toBeInTheDocument();
  });
});

describe('the tabs of a tenant entity', () => {
  it.each([
    ['entity-content:tenants/modules', 'Modules'],
    ['entity-content:tenants/operations', 'Operations'],
    ['entity-content:tenants/quota', 'Used and left'],
  ] as const)('show with %s the table %s', async (id, table) => {
    renderTestApp({
      extensions: [
        createTestEntityPage({ entity: entity('tenant') }),
        tenantsPlugin.getExtension('page:tenants'),
        tenantsPlugin.getExtension('api:tenants'),
        tenantsPlugin.getExtension('api:tenants/live'),
        tenantsPlugin.getExtension('api:tenants/view-as'),
        tenantsPlugin.getExtension(id),
      ],
      apis: [
        [
          tenantsApiRef,
          new FakeTenantsApi({
            ...createScenario('many'),
            tenant: degradedTenantFixture({ name: 'core' }),
            operations: [operationFixture({ tenant: 'core' })],
          }),
        ],
        mockApis.permission(),
      ],
    });
    expect(
      (await screen.findAllByRole('table', { name: table }))[0],
    ).toBeInTheDocument();
  });
});

describe('the card of a module entity', () => {
  it('shows its releases, and who runs it with the worst first', async () => {
    open('tenant-module', '/', 'Component');
    expect(
      await screen.findByRole('link', { name: 'Open module' }),
    ).toHaveAttribute('href', '/tenants/modules/m/airflow/overview');
    const runs = await screen.findByRole('region', { name: 'Who runs it' });
    expect(runs.textContent).toMatch(/^Who runs itDegraded/);
    expect(screen.getByRole('region', { name: 'Releases' })).toHaveTextContent(
      'default',
    );
  });
});

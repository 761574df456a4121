// SPDX-License-Identifier: Apache-2.0
import { mockApis, renderTestApp } from '@backstage/frontend-test-utils';
import { createTestEntityPage } from '@backstage/plugin-catalog-react/testUtils';
import { screen } from '@testing-library/react';
import { tenantsApiRef } from '../api';
import { tenantsPlugin } from '../plugin';
import { FakeTenantsApi } from '../testing/FakeTenantsApi';
import { createScenario } from '../testing/Scenario';
import { tenantOfEntity } from './tenantOfEntity';

function entity(type: string, annotations: Record<string, string> = {}) {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Resource',
    metadata: { name: 'core', namespace: 'default', annotations },
    spec: { type, owner: 'group:default/team-analytics' },
  };
}

function open(type: string, path = '/') {
  renderTestApp({
    features: [tenantsPlugin],
    extensions: [
      createTestEntityPage({
        entity: entity(type, { 'tenantry.dev/tenant': 'analytics-core' }),
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

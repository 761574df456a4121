// SPDX-License-Identifier: Apache-2.0
import { renderInTestApp } from '@backstage/frontend-test-utils';
import { screen } from '@testing-library/react';
import { Suspense } from 'react';
import { ModuleHit } from './ModuleHit';
import { TenantHit } from './TenantHit';

const tenant = {
  title: 'analytics-core',
  text: 'Degraded: killed',
  location: '/tenants/t/analytics-core',
  owner: 'group:default/team-analytics',
  tier: 'premium',
  health: 'Degraded',
  reason: 'OOMKilled',
  environments: ['prod'],
  clusters: ['eu-west'],
  modules: [],
};

describe('hits of the search', () => {
  it('show the health of a tenant and why', async () => {
    await renderInTestApp(
      <Suspense fallback={null}>
        <TenantHit result={tenant} />
      </Suspense>,
    );
    expect(
      await screen.findByRole('link', { name: 'analytics-core' }),
    ).toHaveAttribute('href', '/tenants/t/analytics-core');
    expect(screen.getByText('Degraded')).toBeInTheDocument();
    expect(screen.getByText('OOMKilled')).toBeInTheDocument();
  });

  it('do without what an older index does not say', async () => {
    const { title, text, location } = tenant;
    await renderInTestApp(
      <Suspense fallback={null}>
        <TenantHit result={{ title, text, location }} />
      </Suspense>,
    );
    expect(
      await screen.findByRole('link', { name: 'analytics-core' }),
    ).toBeInTheDocument();
  });

  it('show the beginning of a runbook as text', async () => {
    const runbook = {
      title: 'Runbook of Airflow',
      text: `<b>Restart</b> ${'the workers '.repeat(60)}`,
      location: '/tenants/modules/m/airflow/runbook',
      part: 'runbook',
    };
    await renderInTestApp(
      <Suspense fallback={null}>
        <ModuleHit result={runbook} />
      </Suspense>,
    );
    expect(await screen.findByText('Runbook')).toBeInTheDocument();
    expect(screen.getByText(/^<b>Restart<\/b>.*…$/)).toBeInTheDocument();
  });
});

// SPDX-License-Identifier: Apache-2.0
import { screen, within } from '@testing-library/react';
import { FakeTenantsApi } from '../../testing/FakeTenantsApi';
import { renderTenants } from '../../__testUtils__/renderTenants';
import { createScenario, type ScenarioName } from '../../testing/Scenario';

function open(name: ScenarioName) {
  renderTenants('/tenants/platform', new FakeTenantsApi(createScenario(name)));
}

describe('PlatformPage', () => {
  it('puts the cluster that is stale first, with the reason and each kind', async () => {
    open('many');
    const table = await screen.findByRole('table', { name: 'Clusters' });
    const [, first, second] = within(table).getAllByRole('row');
    expect(first).toHaveTextContent('us-east');
    expect(first).toHaveTextContent('Stale · as of 14:29:02 UTC');
    expect(first).toHaveTextContent('The API server does not answer.');
    expect(first).toHaveTextContent('connection timed out after 10 s');
    expect(second).toHaveTextContent('Synced');
  });

  it('tells of a kind that a cluster does not serve without warning of it', async () => {
    const scenario = createScenario('many');
    const [cluster] = scenario.platform.clusters;
    const kinds = (['notServed', 'forbidden'] as const).map(state => ({
      kind: state === 'notServed' ? 'HelmRelease' : 'Secret',
      state,
      objects: 0,
    }));
    const platform = {
      ...scenario.platform,
      clusters: [{ ...cluster, kinds }],
    };
    renderTenants(
      '/tenants/platform',
      new FakeTenantsApi({ ...scenario, platform }),
    );
    expect(await screen.findByText('not served')).not.toHaveAttribute(
      'data-tone',
    );
    expect(screen.getByText('forbidden')).toHaveAttribute('data-tone', 'warn');
  });

  it('leads from a count to the tenants behind it', async () => {
    open('many');
    expect(
      await screen.findByRole('link', { name: '1 Degraded' }),
    ).toHaveAttribute('href', '/tenants?health=degraded');
  });

  it('says where clusters come from when there is none', async () => {
    open('empty');
    expect(
      await screen.findByText('No cluster is configured.'),
    ).toBeInTheDocument();
  });

  it('says which right is missing', async () => {
    open('forbidden');
    expect(
      await screen.findByText('tenants.platform.read'),
    ).toBeInTheDocument();
  });
});

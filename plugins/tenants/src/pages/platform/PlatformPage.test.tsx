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

  it('names the tenants with problems, the most urgent first', async () => {
    open('many');
    const card = await screen.findByRole('region', {
      name: 'Tenants with problems',
    });
    expect(
      within(card)
        .getAllByRole('link')
        .map(link => link.textContent),
    ).toEqual(['analytics-core', 'iot-telemetry', 'churn-models']);
    expect(card).toHaveTextContent('analytics-core: OOMKilled');
  });

  it('opens what is in progress and what failed', async () => {
    open('many');
    const card = await screen.findByRole('region', { name: 'Operations' });
    expect(
      await within(card).findByText('2 in progress, 1 failed'),
    ).toBeInTheDocument();
    expect(card).toHaveTextContent('NotReady');
    expect(
      within(card).getByRole('link', { name: 'Upgrade superset to 4.1.1' }),
    ).toHaveAttribute('href', '/tenants/platform?op=op-failed');
  });

  it('sums what is given and used by tier', async () => {
    open('many');
    const table = await screen.findByRole('table', {
      name: 'Capacity by tier',
    });
    const row = await within(table).findByRole('row', { name: /premium/i });
    expect(
      within(row).getByRole('meter', { name: 'CPU requests' }),
    ).toHaveAttribute('aria-valuetext', expect.stringMatching(/ of 64 cores/));
  });

  it('shows who is behind the default release', async () => {
    open('many');
    const table = await screen.findByRole('table', {
      name: 'Module adoption',
    });
    const row = within(table).getByRole('row', { name: /Airflow/ });
    expect(
      within(row).getByRole('img', { name: /of 12 tenants run Airflow/ }),
    ).toBeInTheDocument();
  });

  it('says of a broken definition where the mistake is', async () => {
    open('definitions-stale');
    const card = await screen.findByRole('region', {
      name: 'Module definitions',
    });
    expect(card).toHaveTextContent(/\.yaml:\d+:\d+/);
    expect(card).toHaveTextContent('1 error');
  });
});

// SPDX-License-Identifier: Apache-2.0
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { FakeTenantsApi } from '../../testing/FakeTenantsApi';
import { renderTenants } from '../../__testUtils__/renderTenants';
import { createScenario, type ScenarioName } from '../../testing/Scenario';
import type { ClusterKind } from './watchedKinds';

function open(name: ScenarioName) {
  renderTenants('/tenants/platform', new FakeTenantsApi(createScenario(name)));
}

/** The page over one cluster whose kinds are in these states. */
async function openKinds(states: Record<string, ClusterKind['state']>) {
  const scenario = createScenario('many');
  const [cluster] = scenario.platform.clusters;
  const kinds = Object.entries(states).map(([kind, state]) => ({
    kind,
    state,
    objects: state === 'synced' ? 7 : 0,
  }));
  const platform = { ...scenario.platform, clusters: [{ ...cluster, kinds }] };
  const api = new FakeTenantsApi({ ...scenario, platform });
  renderTenants('/tenants/platform', api);
  const table = await screen.findByRole('table', { name: 'Clusters' });
  return within(within(table).getAllByRole('row')[1]);
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

  it('folds the kinds that are well, and not one that is refused', async () => {
    const row = await openKinds({
      Pod: 'synced',
      Service: 'synced',
      HelmRelease: 'notServed',
      Secret: 'forbidden',
    });
    const summary = row.getByText('2 kinds watched; 1 not served: HelmRelease');
    const fold = summary.closest('details')!;
    expect(fold).not.toHaveAttribute('open');
    const [refused, folded] = row.getAllByText('forbidden');
    expect(refused).toHaveAttribute('data-tone', 'warn');
    expect(fold).not.toContainElement(refused);
    expect(fold).toContainElement(folded);
    await userEvent.click(summary);
    expect(fold).toHaveAttribute('open');
    expect(
      within(fold)
        .getAllByRole('listitem')
        .map(item => item.textContent?.trim()),
    ).toEqual([
      'Secret 0 forbidden',
      'Pod 7',
      'Service 7',
      'HelmRelease 0 not served',
    ]);
  });

  it('counts tenants and pods by cluster, and says of pods that it may not read that they are not known', async () => {
    const row = await openKinds({ Pod: 'forbidden', Service: 'synced' });
    const [, tenants, pods] = row.getAllByRole('cell');
    await waitFor(() => expect(tenants).toHaveTextContent(/^[1-9]\d*$/));
    expect(pods).toHaveTextContent('not known');
  });

  it('has the whole platform in numbers', async () => {
    open('many');
    const fact = async (label: string) =>
      (await screen.findByText(label, { selector: 'dt' })).parentElement;
    expect(await fact('Pods')).toHaveTextContent('Pods234on 2 clusters');
    expect(await fact('Watches')).toHaveTextContent('4on 2 clusters, 2 behind');
    await waitFor(async () =>
      expect(await fact('Failed, 24 h')).toHaveTextContent('1of 3 operations'),
    );
    expect(screen.getByRole('link', { name: '10 tenants' })).toHaveAttribute(
      'href',
      '/tenants',
    );
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

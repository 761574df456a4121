// SPDX-License-Identifier: Apache-2.0
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { FakeTenantsApi } from '../../testing/FakeTenantsApi';
import { renderTenants } from '../../__testUtils__/renderTenants';
import { createScenario, type ScenarioName } from '../../testing/Scenario';

function open(name: ScenarioName, query = '') {
  const api = new FakeTenantsApi(createScenario(name));
  renderTenants(`/tenants${query}`, api);
  return api;
}

/** Names in the order of the rows, once the skeleton is gone. */
function rowNames() {
  return waitFor(() => {
    const names = screen
      .getAllByRole('rowheader')
      .map(row => row.querySelector('span')?.textContent);
    expect(names).not.toContain(undefined);
    return names;
  });
}

describe('TenantsPage', () => {
  it('lists tenants with the most urgent first and says why', async () => {
    open('many');
    const names = await rowNames();
    expect(names).toHaveLength(12);
    expect(names[0]).toBe('analytics-core');
    const row = screen.getByRole('row', { name: /analytics-core/ });
    expect(row).toHaveTextContent('Degraded');
    expect(row).toHaveTextContent('OOMKilled');
    expect(row).toHaveTextContent('team-analytics');
    expect(
      within(row).getByRole('meter', { name: 'CPU, cores' }),
    ).toHaveAttribute('aria-valuetext', '6 of 16 cores');
  });

  it('filters by the health toggles, whose counts stay', async () => {
    open('many');
    await userEvent.click(
      await screen.findByRole('button', { name: '1 Degraded' }),
    );
    expect(await rowNames()).toEqual(['analytics-core']);
    expect(screen.getByRole('button', { name: '8 Healthy' })).toHaveAttribute(
      'aria-pressed',
      'false',
    );
    expect(screen.getByRole('button', { name: '1 Degraded' })).toHaveAttribute(
      'aria-pressed',
      'true',
    );
  });

  it('takes every filter from the address', async () => {
    open('many', '?health=degraded,healthy&tier=standard&q=billing&sort=-name');
    expect(await rowNames()).toEqual(['billing']);
  });

  it('shows what is mine by the ownership of the catalogue', async () => {
    open('many', '?mine=1');
    expect(await rowNames()).toEqual(['analytics-core']);
  });

  it('says that none is mine and shows all on demand', async () => {
    open('one', '?mine=1');
    expect(
      await screen.findByText('The 1 tenant is not yours.'),
    ).toBeInTheDocument();
    await userEvent.click(screen.getByRole('button', { name: 'Show all' }));
    expect(await rowNames()).toEqual(['billing']);
  });

  it('names the filters that leave nothing and clears them', async () => {
    open('many', '?q=nobody&health=missing');
    await userEvent.click(
      await screen.findByRole('button', {
        name: 'Clear filters: Missing, nobody',
      }),
    );
    expect(await rowNames()).toHaveLength(12);
  });

  it('changes a row in place when the stream says so', async () => {
    const api = open('many');
    await rowNames();
    api.push({
      s: 'tenants',
      n: 2,
      t: 'patch',
      from: 'v1',
      v: 'v2',
      c: 'fake.2',
      d: {
        tenants: {
          billing: {
            health: {
              code: 'Degraded',
              reason: 'ImagePullBackOff',
              counts: { Degraded: 1, Healthy: null },
            },
          },
        },
      },
    });
    expect(
      await screen.findByRole('button', { name: '2 Degraded' }),
    ).toBeInTheDocument();
    expect(screen.getByRole('row', { name: /billing/ })).toHaveTextContent(
      'ImagePullBackOff',
    );
  });

  it('opens a tenant with Enter on its row', async () => {
    open('many');
    await rowNames();
    screen.getByRole('row', { name: /analytics-core/ }).focus();
    await userEvent.keyboard('{Enter}');
    expect(
      await screen.findByText('airflow-worker-1 keeps running out of memory'),
    ).toBeInTheDocument();
  });

  it('explains how to get a first tenant when there is none', async () => {
    open('empty');
    expect(await screen.findByText('No tenants yet')).toBeInTheDocument();
    expect(
      screen.getByText(/kubectl label namespace NAME/),
    ).toBeInTheDocument();
  });

  it('says which right is missing', async () => {
    open('forbidden');
    expect(
      await screen.findByText('You may not list tenants.'),
    ).toBeInTheDocument();
    expect(screen.getByText('tenants.tenant.read')).toBeInTheDocument();
  });

  it('says what failed and tries again', async () => {
    const api = open('error');
    expect(
      await screen.findByText('The tenant list could not be loaded.'),
    ).toBeInTheDocument();
    expect(screen.getByText(/HTTP 503 from the portal/)).toBeInTheDocument();
    const before = api.requests.length;
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(api.requests.length).toBeGreaterThan(before);
  });

  it('keeps the rows and says which cluster is silent', async () => {
    open('partial');
    expect(
      await screen.findByText(/us-east has sent nothing for/),
    ).toBeInTheDocument();
    expect(await rowNames()).toHaveLength(12);
  });

  it('keeps the rows while it reconnects', async () => {
    open('stale');
    expect(await rowNames()).toHaveLength(12);
    expect(await screen.findByText(/Reconnecting · as of/)).toBeInTheDocument();
  });

  it('has the strip in place while loading', async () => {
    open('loading');
    expect(
      await screen.findByRole('button', { name: '– Degraded' }),
    ).toBeInTheDocument();
  });

  it('shows what was done last where the user may know it', async () => {
    open('many');
    const row = await screen.findByRole('row', { name: /analytics-core/ });
    await waitFor(() => expect(row).toHaveTextContent('Restart airflow-web'));
    expect(row).toHaveTextContent('Queued');
    expect(screen.getByRole('row', { name: /billing/ })).toHaveTextContent(
      'none lately',
    );
  });

  it('says how old a row is that is not live', async () => {
    const { tenants, ...scenario } = createScenario('partial');
    const { billing } = tenants.tenants;
    const [environment] = billing.environments;
    const old = {
      ...billing,
      environments: [
        { ...environment, cluster: 'us-east', freshness: 'stale' as const },
      ],
    };
    const rows = { ...tenants.tenants, billing: old };
    const api = new FakeTenantsApi({
      ...scenario,
      tenants: { ...tenants, tenants: rows },
    });
    renderTenants('/tenants', api);
    const row = await screen.findByRole('row', { name: /billing/ });
    expect(row).toHaveTextContent('Stale · as of 14:29:02 UTC');
    expect(screen.getByRole('row', { name: /pricing/ })).not.toHaveTextContent(
      'as of',
    );
  });

  it('leads to the form that makes a tenant', async () => {
    const api = new FakeTenantsApi(createScenario('many'));
    renderTenants('/tenants', api, { withTemplates: true });
    expect(
      await screen.findByRole('link', { name: 'Create tenant' }),
    ).toHaveAttribute(
      'href',
      '/create/templates/default/tenantry-create-tenant',
    );
  });

  it('remembers that only what is mine was wanted, and forgets it with the filter', async () => {
    const api = new FakeTenantsApi(createScenario('many'));
    const { storage } = renderTenants('/tenants', api, {
      remembered: { mine: true },
    });
    await waitFor(async () =>
      expect(await rowNames()).toEqual(['analytics-core']),
    );
    const filter = screen.getByRole('radiogroup', { name: 'Ownership' });
    await userEvent.click(within(filter).getByRole('radio', { name: 'All' }));
    expect(await rowNames()).toHaveLength(12);
    expect(storage.forBucket('tenantry').snapshot('mine').value).toBe(false);
  });

  it('means the same to everybody when the address has a filter', async () => {
    const api = new FakeTenantsApi(createScenario('many'));
    renderTenants('/tenants?tier=standard', api, {
      remembered: { mine: true },
    });
    expect((await rowNames()).length).toBeGreaterThan(1);
  });
});

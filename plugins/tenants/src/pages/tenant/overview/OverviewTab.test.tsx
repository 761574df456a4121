// SPDX-License-Identifier: Apache-2.0
import {
  allowedActionsFixture,
  environmentFixture,
  moduleFixture,
  tenantFixture,
} from '@tenantry/backstage-plugin-tenants-common/testing';
import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { renderTenants } from '../../../__testUtils__/renderTenants';
import { refusal } from '../../../testing/fakeAnswers';
import { FakeTenantsApi } from '../../../testing/FakeTenantsApi';
import { operationFixture } from '../../../testing/operationFixture';
import { createScenario, type Scenario } from '../../../testing/Scenario';

const HOME = '/tenants/t/analytics-core/overview';

function open(overrides: Partial<Scenario> = {}) {
  const api = new FakeTenantsApi({ ...createScenario('many'), ...overrides });
  renderTenants(HOME, api, { withTemplates: true });
  return api;
}

describe('the overview of a tenant', () => {
  it('shows what runs now, how far it is, and what waits', async () => {
    open();
    const strip = await screen.findByRole('region', { name: 'In progress' });
    expect(strip).toHaveTextContent('Upgrade airflow to 2.10.2');
    expect(strip).toHaveTextContent('Step 2 of 3: Apply changes');
    expect(within(strip).getByRole('progressbar')).toHaveAttribute(
      'aria-valuenow',
      '1',
    );
    expect(within(strip).getByText('1 more operation')).toBeInTheDocument();
    expect(within(strip).getByRole('link', { name: 'Open' })).toHaveAttribute(
      'href',
      `${HOME}?op=op-1`,
    );
  });

  it('says nothing of operations when none runs', async () => {
    open({ operations: [] });
    expect(await screen.findByRole('treegrid')).toBeInTheDocument();
    expect(
      screen.queryByRole('region', { name: 'In progress' }),
    ).not.toBeInTheDocument();
  });

  it('shows what changed, newest first, with who and how long', async () => {
    open();
    const card = await screen.findByRole('region', { name: 'What changed' });
    await within(card).findByRole('link', { name: 'Restart airflow-web' });
    const items = within(card)
      .getAllByRole('listitem')
      .map(item => item.textContent);
    expect(items).toHaveLength(5);
    expect(items[0]).toMatch(/^airflow-worker-1 ended again/);
    expect(items[0]).toContain('OOMKilled, exit 137, 14 times');
    expect(items[4]).toMatch(/^Scale clickhouse to 3/);
    expect(items[4]).toContain(
      'by maria.k, prod, 3 steps, 2 min 14 s, revision 7',
    );
    expect(
      within(card).getByRole('link', { name: 'Scale clickhouse to 3' }),
    ).toHaveAttribute('href', `${HOME}?op=op-done`);
    expect(
      within(card).getByRole('link', { name: 'Timeline' }),
    ).toHaveAttribute('href', '/tenants/t/analytics-core/timeline');
  });

  it('shows what was seen where operations and releases are closed', async () => {
    const api = open({ operations: [] });
    api.operations.listRevisions = async () => {
      throw await refusal(403, 'No.');
    };
    const card = await screen.findByRole('region', { name: 'What changed' });
    expect(await within(card).findByRole('alert')).toHaveTextContent(
      /Some of it could not be read/,
    );
    expect(card).toHaveTextContent('airflow-worker-1 ended again');
  });

  it('says that nothing has changed', async () => {
    const environments = [environmentFixture()];
    open({
      operations: [],
      revisions: [],
      tenant: tenantFixture({ environments }),
    });
    const card = await screen.findByRole('region', { name: 'What changed' });
    expect(card).toHaveTextContent('Nothing has happened that is still known.');
  });

  it('names what was changed before the cause began, without calling it the reason', async () => {
    const upgrade = operationFixture({
      state: 'succeeded',
      startedAt: '2026-11-21T13:46:04.000Z',
    });
    open({ operations: [upgrade] });
    const card = await screen.findByTestId('cause-card');
    expect(
      await within(card).findByRole('link', {
        name: 'Upgrade airflow to 2.10.2',
      }),
    ).toHaveAttribute('href', `${HOME}?op=op-1`);
    expect(card).toHaveTextContent(
      'by maria.k at 13:46:04 UTC, 4 min before it began.',
    );
  });

  it('offers on the cause what can be done with what is at fault', async () => {
    open();
    const card = await screen.findByTestId('cause-card');
    await userEvent.click(
      await within(card).findByRole('button', {
        name: 'Actions of airflow-worker-1',
      }),
    );
    expect(
      screen.getAllByRole('menuitem').map(item => item.textContent),
    ).toEqual([
      'Restart airflow-worker…',
      'Scale airflow-worker…',
      'Upgrade or configure…',
      'Roll back…',
    ]);
    await userEvent.click(
      screen.getByRole('menuitem', { name: 'Restart airflow-worker…' }),
    );
    expect(
      await screen.findByRole('dialog', { name: 'Restart airflow-worker' }),
    ).toBeInTheDocument();
  });

  it('offers on each row of the tree what can be done with it, without opening the row', async () => {
    open();
    const tree = await screen.findByRole('treegrid');
    const rows = () => within(tree).getAllByRole('row');
    const before = rows().length;
    await userEvent.click(
      await within(tree).findByRole('button', { name: 'Actions of dev' }),
    );
    expect(
      screen.getByRole('menuitem', { name: 'Put to sleep…' }),
    ).toBeInTheDocument();
    await userEvent.keyboard('{Escape}');
    expect(rows()).toHaveLength(before);
  });

  it('opens the menu of a row with a', async () => {
    open();
    const tree = await screen.findByRole('treegrid');
    await within(tree).findByRole('button', { name: 'Actions of prod' });
    within(tree).getAllByRole('row')[1].focus();
    await userEvent.keyboard('a');
    expect(
      await screen.findByRole('menuitem', { name: 'Roll back…' }),
    ).toBeInTheDocument();
  });

  it('leads to where modules can be reached, out of the portal, and shows the whole host', async () => {
    const airflow = moduleFixture({
      endpoints: [
        {
          url: 'https://airflow.acme.example/app',
          source: { kind: 'Ingress', namespace: 'a', name: 'web' },
        },
        {
          url: 'http://203.0.113.7:8080/',
          source: { kind: 'Service', namespace: 'a', name: 'web' },
        },
      ],
    });
    const environment = environmentFixture({ modules: [airflow] });
    open({ tenant: tenantFixture({ environments: [environment] }) });
    const link = await screen.findByRole('link', {
      name: 'airflow.acme.example/app',
    });
    expect(link).toHaveAttribute('href', 'https://airflow.acme.example/app');
    expect(link).toHaveAttribute('target', '_blank');
    expect(link).toHaveAttribute('rel', 'noopener noreferrer');
    expect(
      screen.getByRole('link', { name: 'http://203.0.113.7:8080' }),
    ).toHaveAttribute('href', 'http://203.0.113.7:8080/');
    expect(screen.getByText('Addresses')).toBeInTheDocument();
  });

  it('says nothing of addresses where there are none', async () => {
    open();
    await screen.findByRole('link', { name: 'Manage members' });
    expect(screen.queryByText('Addresses')).not.toBeInTheDocument();
  });

  it('leads to the forms, filled in', async () => {
    open();
    const ways = await screen.findByRole('region', {
      name: 'Members and links',
    });
    const link = await within(ways).findByRole('link', {
      name: 'Change the tier',
    });
    const url = new URL(link.getAttribute('href') ?? '', 'http://portal');
    expect(url.pathname).toBe('/create/templates/default/tenantry-change-tier');
    expect(JSON.parse(url.searchParams.get('formData') ?? '')).toEqual({
      tenant: 'resource:default/analytics-core',
    });
    expect(
      within(ways).getByRole('link', { name: '1 member' }),
    ).toHaveAttribute('href', '/tenants/t/analytics-core/members');
  });

  it('does not lead to a form whose end would be refused', async () => {
    open({
      allowed: allowedActionsFixture(['tenants.tenant.delete']),
    });
    await screen.findByRole('link', { name: 'Manage members' });
    expect(
      screen.queryByRole('link', { name: 'Decommission' }),
    ).not.toBeInTheDocument();
  });

  it('shows what its modules offer and where they are described', async () => {
    open();
    const link = await screen.findByRole('link', {
      name: /Airflow: Definition/,
    });
    expect(link).toHaveAttribute(
      'href',
      '/tenants/modules/m/airflow/definition',
    );
  });
});

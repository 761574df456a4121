// SPDX-License-Identifier: Apache-2.0
import { eventFixture } from '@tenantry/backstage-plugin-tenants-common/testing';
import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { FakeTenantsApi } from '../../testing/FakeTenantsApi';
import { renderTenants } from '../../__testUtils__/renderTenants';
import { createScenario, type ScenarioName } from '../../testing/Scenario';

function open(tab: string, name: ScenarioName = 'many') {
  const api = new FakeTenantsApi(createScenario(name));
  renderTenants(`/tenants/t/analytics-core${tab}`, api);
  return api;
}

describe('TenantPage', () => {
  it('leads from the tenant to its overview', async () => {
    open('');
    expect(
      await screen.findByRole('tab', { name: 'Overview', selected: true }),
    ).toBeInTheDocument();
  });

  it('names the open part as the panel of its tab', async () => {
    open('/events');
    const tab = await screen.findByRole('tab', { name: 'Events' });
    const panel = screen.getByRole('tabpanel', { name: 'Events' });
    expect(tab).toHaveAttribute('aria-controls', panel.id);
    expect(
      await within(panel).findByRole('table', { name: 'Events' }),
    ).toBeInTheDocument();
  });

  it('says what is wrong, where, and where to look next', async () => {
    open('/overview');
    const card = await screen.findByTestId('cause-card');
    expect(card).toHaveTextContent(
      'airflow-worker-1 keeps running out of memory',
    );
    expect(card).toHaveTextContent(
      /OOMKilled since 13:50:04 UTC \(.+\) in prod on eu-west\./,
    );
    expect(card).toHaveTextContent(
      '1 of 3 pods of StatefulSet airflow-worker in module airflow; 2 are ready.',
    );
    expect(
      within(card).getByRole('link', { name: /Log before the crash/ }),
    ).toHaveAttribute(
      'href',
      '/tenants/t/analytics-core/logs?env=prod&module=airflow&pod=airflow-worker-1&container=main&previous=1',
    );
  });

  it('opens the tree along the path of the worst and folds what is healthy', async () => {
    open('/overview');
    const tree = await screen.findByRole('treegrid', { name: 'What runs' });
    const names = within(tree)
      .getAllByRole('row')
      .slice(1)
      .map(row => row.querySelector('[title]')?.textContent);
    expect(names).toEqual([
      'prod',
      'airflow',
      'airflow-worker',
      'airflow-worker-1',
      '2 more pods',
      '3 more workloads',
      '2 more modules',
      'dev',
    ]);
  });

  it('walks, opens and closes the tree by keyboard', async () => {
    open('/overview');
    const tree = await screen.findByRole('treegrid');
    const rows = () => within(tree).getAllByRole('row').slice(1);
    rows()[0].focus();
    await userEvent.keyboard('{End}');
    expect(rows()[7]).toHaveFocus();
    await userEvent.keyboard('{ArrowRight}');
    expect(rows()).toHaveLength(9);
    await userEvent.keyboard('{ArrowRight}');
    expect(rows()[8]).toHaveFocus();
    await userEvent.keyboard('{ArrowLeft}{ArrowLeft}');
    expect(rows()).toHaveLength(8);
    await userEvent.keyboard('{Home}{ArrowDown}{ArrowUp}{Enter}');
    expect(rows()[0]).toHaveAttribute('aria-expanded', 'false');
    expect(rows()).toHaveLength(2);
  });

  it('shows all pods on demand', async () => {
    open('/overview');
    await userEvent.click(
      await screen.findByRole('radio', { name: /All \d+ pods/ }),
    );
    const tree = screen.getByRole('treegrid');
    expect(within(tree).getByTitle('airflow-worker-2')).toBeInTheDocument();
    expect(within(tree).queryByText(/more pods/)).not.toBeInTheDocument();
  });

  it('has no cause card for a healthy tenant', async () => {
    const api = new FakeTenantsApi(createScenario('one'));
    renderTenants('/tenants/t/billing/overview', api);
    expect(await screen.findByRole('treegrid')).toBeInTheDocument();
    expect(screen.queryByTestId('cause-card')).not.toBeInTheDocument();
  });

  it('shows the containers of a pod with why they ended', async () => {
    open('/workloads');
    await userEvent.click(
      await screen.findByRole('button', {
        name: 'Show the pods of airflow-worker',
      }),
    );
    const pods = screen.getByRole('table', { name: 'Pods of airflow-worker' });
    expect(pods).toHaveTextContent('CrashLoopBackOff, not ready');
    expect(pods).toHaveTextContent('OOMKilled, exit 137');
  });

  it('narrows workloads by search and environment', async () => {
    open('/workloads?q=airflow&env=dev');
    expect(await screen.findByText('No workload matches.')).toBeInTheDocument();
  });

  it('filters events by type', async () => {
    open('/events?type=warning');
    const table = await screen.findByRole('table', { name: 'Events' });
    expect(within(table).getAllByRole('row')).toHaveLength(2);
    await userEvent.click(screen.getByRole('radio', { name: 'All' }));
    expect(within(screen.getByRole('table')).getAllByRole('row')).toHaveLength(
      3,
    );
  });

  it('shows used, hard and left of a quota and who has it', async () => {
    open('/quota?env=prod');
    const table = await screen.findByRole('table', { name: 'Used and left' });
    const row = within(table).getByRole('row', { name: /CPU requests/ });
    expect(row).toHaveTextContent('11.2 cores');
    expect(row).toHaveTextContent('4.8 cores');
    expect(screen.getAllByText('StatefulSet/airflow-worker')).toHaveLength(2);
  });

  it('reads the same for a tenant that is missing and one that is forbidden', async () => {
    const text = 'There is no tenant analytics-core, or you may not see it.';
    open('/overview', 'forbidden');
    expect(await screen.findByText(text)).toBeInTheDocument();
  });

  it('says what to ask for and whom, the same for both', async () => {
    open('/overview', 'forbidden');
    expect(
      await screen.findByText(/need the right tenants\.tenant\.read/),
    ).toBeInTheDocument();
  });

  it('shows parts that are closed as closed, with what is missing and who can grant it', async () => {
    open('/overview', 'member');
    const why = await screen.findByText(/Closed to you: Logs, Audit/);
    for (const name of ['Logs', 'Audit']) {
      expect(screen.getByRole('tab', { name })).toHaveAttribute(
        'aria-disabled',
        'true',
      );
    }
    expect(screen.getByRole('tab', { name: 'Members' })).not.toHaveAttribute(
      'aria-disabled',
    );
    await userEvent.click(why);
    const [logs, audit] = within(screen.getByRole('group')).getAllByRole(
      'listitem',
    );
    expect(logs).toHaveTextContent(
      'Logs needs tenants.logs.read. team-analytics can grant it.',
    );
    expect(audit).toHaveTextContent('Audit needs tenants.audit.read.');
  });

  it('closes nothing to those who have every right', async () => {
    open('/overview');
    await screen.findByRole('treegrid');
    expect(screen.queryByText(/Closed to you/)).not.toBeInTheDocument();
  });

  it('does not open logs that are closed', async () => {
    const api = open('/logs', 'member');
    expect(
      await screen.findByText('You may not open Logs of analytics-core.'),
    ).toBeInTheDocument();
    expect(api.logSelections).toEqual([]);
  });

  it('cuts a long message of an event and reads on when asked', async () => {
    const end = 'and this is where it ends';
    const message = `${'A very long reason. '.repeat(20)}${end}`;
    const scenario = createScenario('many');
    const tenant = { ...scenario.tenant, events: [eventFixture({ message })] };
    renderTenants(
      '/tenants/t/analytics-core/events',
      new FakeTenantsApi({ ...scenario, tenant }),
    );
    const button = await screen.findByRole('button', { name: 'Read on' });
    const table = screen.getByRole('table', { name: 'Events' });
    expect(table).not.toHaveTextContent(end);
    await userEvent.click(button);
    expect(table).toHaveTextContent(end);
    expect(screen.getByRole('button', { name: 'Less' })).toHaveFocus();
  });

  it('says what failed', async () => {
    open('/overview', 'error');
    expect(
      await screen.findByText('Tenant analytics-core could not be loaded.'),
    ).toBeInTheDocument();
  });

  it.each(['/workloads', '/events', '/quota'])(
    'says on %s that nothing is there yet',
    async tab => {
      open(tab, 'empty');
      expect(
        await screen.findByRole('region', { name: /^(Nothing|No) / }),
      ).toBeInTheDocument();
    },
  );

  it('says which cluster is silent', async () => {
    open('/overview', 'partial');
    expect(
      await screen.findByText(/us-east has sent nothing for/),
    ).toBeInTheDocument();
  });

  it('answers an unknown part with the page that is not found', async () => {
    open('/nonsense');
    expect(await screen.findByText(/PAGE NOT FOUND/i)).toBeInTheDocument();
  });
});

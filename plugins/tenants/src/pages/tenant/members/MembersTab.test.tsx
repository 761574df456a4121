// SPDX-License-Identifier: Apache-2.0
import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { FakeTenantsApi } from '../../../testing/FakeTenantsApi';
import { renderTenants } from '../../../__testUtils__/renderTenants';
import { createScenario, type ScenarioName } from '../../../testing/Scenario';

function open(query = '', name: ScenarioName = 'many') {
  const api = new FakeTenantsApi(createScenario(name));
  renderTenants(`/tenants/t/analytics-core/members${query}`, api);
}

async function rows() {
  const table = await screen.findByRole('table', { name: 'Members' });
  return within(table).getAllByRole('row').slice(1);
}

describe('MembersTab', () => {
  it('says who holds which role, through what, and where', async () => {
    open();
    const [user, group, account] = await rows();
    expect(user).toHaveTextContent('mia@example.com');
    expect(user).toHaveTextContent('User');
    expect(user).toHaveTextContent('editClusterRole');
    expect(user).toHaveTextContent('analytics-editors');
    expect(user).toHaveTextContent('prod on eu-west');
    expect(group).toHaveTextContent('Group');
    expect(account).toHaveTextContent('Service account');
    expect(account).toHaveTextContent('in analytics-core-prod');
  });

  it('reads the next page on demand and says how many there are', async () => {
    open();
    expect(await rows()).toHaveLength(100);
    expect(screen.getByText('100 of 124')).toBeInTheDocument();
    await userEvent.click(screen.getByRole('button', { name: 'Load more' }));
    expect(await screen.findByText('124 of 124')).toBeInTheDocument();
    expect(await rows()).toHaveLength(124);
    expect(
      screen.queryByRole('button', { name: 'Load more' }),
    ).not.toBeInTheDocument();
  });

  it('shows what the address asks for', async () => {
    open('?kind=serviceaccount&env=prod');
    const [only, ...others] = await rows();
    expect(only).toHaveTextContent('airflow-worker');
    expect(others).toEqual([]);
    expect(
      screen.getByRole('button', { name: /Kind: Service account/ }),
    ).toBeInTheDocument();
  });

  it('leads back from a filter that leaves nothing', async () => {
    open('?kind=group&env=dev');
    expect(await screen.findByText('No member matches.')).toBeInTheDocument();
    await userEvent.click(
      screen.getByRole('button', { name: 'Clear filters' }),
    );
    expect(await rows()).toHaveLength(100);
  });

  it('says where members come from when there is none', async () => {
    open('', 'empty');
    expect(
      await screen.findByText(/Members come from RoleBindings/),
    ).toBeInTheDocument();
  });

  it('says what failed and tries again', async () => {
    open('', 'lists-error');
    const alert = await screen.findByRole('alert');
    expect(alert).toHaveTextContent('The members could not be loaded.');
    expect(alert).toHaveTextContent(
      'HTTP 503 from the portal. The service starts.',
    );
    expect(
      screen.getByRole('button', { name: 'Try again' }),
    ).toBeInTheDocument();
  });

  it('keeps the place of the table while it is read', async () => {
    open('', 'lists-loading');
    expect(
      await screen.findByRole('status', { name: 'Loading…' }),
    ).toBeInTheDocument();
  });
});

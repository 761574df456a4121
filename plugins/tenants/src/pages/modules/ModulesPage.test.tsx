// SPDX-License-Identifier: Apache-2.0
import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { renderTenants } from '../../__testUtils__/renderTenants';
import { FakeTenantsApi } from '../../testing/FakeTenantsApi';
import { createScenario, type ScenarioName } from '../../testing/Scenario';

function open(query = '', name: ScenarioName = 'many') {
  renderTenants(
    `/tenants/modules${query}`,
    new FakeTenantsApi(createScenario(name)),
  );
}

async function names(): Promise<(string | null)[]> {
  const headings = await screen.findAllByRole('heading', { level: 4 });
  return headings.map(heading => heading.textContent);
}

describe('ModulesPage', () => {
  it('shows the modules by category, those that need a look first', async () => {
    open();
    expect(await names()).toEqual([
      'PostgreSQL',
      'Redis',
      'Airflow',
      'Prefect',
      'Notebooks',
    ]);
    const shelf = screen.getByRole('region', { name: /Orchestration/ });
    expect(within(shelf).getByText(/4 tenants, default 2.10.2/)).toBeVisible();
    expect(within(shelf).getByText('1 Degraded')).toBeVisible();
    expect(
      within(shelf).getByRole('link', {
        name: '2 environments on an older release',
      }),
    ).toHaveAttribute('href', '/tenants/modules/m/airflow/overview');
  });

  it('opens with the filters of the address', async () => {
    open('?health=degraded&behind=1');
    expect(await names()).toEqual(['Airflow']);
    expect(screen.getByRole('status')).toHaveTextContent('1 module');
  });

  it('searches names, categories, owners and needs', async () => {
    open();
    await names();
    await userEvent.type(
      screen.getByRole('searchbox', { name: 'Search modules' }),
      'object-store',
    );
    expect(await names()).toEqual(['Airflow']);
  });

  it('leads back from filters that leave nothing', async () => {
    open('?q=nothing-of-that-name');
    await userEvent.click(
      await screen.findByRole('button', { name: 'Clear filters' }),
    );
    expect(await names()).toHaveLength(5);
  });

  it('says which key to set when there is no definition, with an example', async () => {
    open('', 'empty');
    const block = await screen.findByRole('region', {
      name: 'No module definitions.',
    });
    expect(block).toHaveTextContent('Set tenants.modules to a file or a URL.');
    expect(within(block).getByText('An example')).toBeVisible();
  });

  it('names file, line, column, rule and remedy of a mistake, and keeps the last good definitions', async () => {
    open('', 'definitions-stale');
    const notice = await screen.findByRole('region', {
      name: 'The newest definitions are refused.',
    });
    expect(notice).toHaveTextContent('modules/airflow.yaml:41:7');
    expect(notice).toHaveTextContent('duplicate-key');
    expect(notice).toHaveTextContent('To fix it: Keep one of the two.');
    expect(notice).toHaveTextContent('2026-11-21 14:00:00 UTC');
    expect(await names()).toHaveLength(5);
  });

  it('says what failed, and asks again', async () => {
    open('', 'error');
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'HTTP 503 from the portal.',
    );
    expect(screen.getByRole('button', { name: 'Try again' })).toBeVisible();
  });

  it('says which right is missing', async () => {
    open('', 'forbidden');
    expect(await screen.findByText('tenants.module.read')).toBeVisible();
  });

  it('says that it waits', async () => {
    open('', 'loading');
    expect(
      await screen.findByRole('status', { name: 'Loading…' }),
    ).toBeInTheDocument();
  });
});

// SPDX-License-Identifier: Apache-2.0
import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { renderTenants } from '../__testUtils__/renderTenants';
import { FakeTenantsApi } from '../testing/FakeTenantsApi';
import { operationFixture } from '../testing/operationFixture';
import { createScenario, type ScenarioName } from '../testing/Scenario';

function open(path: string, name: ScenarioName = 'many') {
  const api = new FakeTenantsApi(createScenario(name));
  renderTenants(path, api);
  return api;
}

async function titles(): Promise<(string | null)[]> {
  const table = await screen.findByRole('table', { name: 'Operations' });
  return within(table)
    .getAllByRole('link', { name: /Restart|Upgrade|Scale|Purge/ })
    .map(link => link.textContent);
}

describe('the operations of a tenant', () => {
  it('stand there newest first, with their state in words', async () => {
    open('/tenants/t/analytics-core/operations');
    expect(await titles()).toEqual([
      'Restart airflow-web',
      'Upgrade airflow to 2.10.2',
      'Upgrade superset to 4.1.1',
      'Scale clickhouse to 3',
    ]);
    const row = screen.getByRole('row', { name: /Scale clickhouse/ });
    expect(row).toHaveTextContent('Succeeded');
    expect(row).toHaveTextContent('2 min 14 s');
  });

  it('open their drawer by a link that keeps the filters', async () => {
    open('/tenants/t/analytics-core/operations?state=failed');
    expect(
      await screen.findByRole('link', { name: 'Upgrade superset to 4.1.1' }),
    ).toHaveAttribute(
      'href',
      '/tenants/t/analytics-core/operations?state=failed&op=op-failed',
    );
    expect(await titles()).toHaveLength(1);
  });

  it('grow by what the stream tells of, if it matches', async () => {
    const api = open('/tenants/t/analytics-core/operations?type=apply');
    await titles();
    const at = { createdAt: '2026-11-21T14:40:00.000Z' };
    const fresh = operationFixture({ ...at, id: 'a', title: 'Upgrade redis' });
    const other = operationFixture({
      ...at,
      id: 'b',
      type: 'purge',
      title: 'Purge it',
    });
    api.push({
      s: 'operations',
      n: 2,
      t: 'snapshot',
      v: 'v2',
      c: 'fake.2',
      d: { operations: { a: fresh, b: other } },
    });
    expect(
      await screen.findByRole('link', { name: 'Upgrade redis' }),
    ).toBeVisible();
    expect((await titles())[0]).toBe('Upgrade redis');
    expect(
      screen.queryByRole('link', { name: 'Purge it' }),
    ).not.toBeInTheDocument();
  });

  it('lead back from filters that leave nothing', async () => {
    open('/tenants/t/analytics-core/operations?type=purge');
    await userEvent.click(
      await screen.findByRole('button', { name: 'Clear filters' }),
    );
    expect(await titles()).toHaveLength(4);
  });

  it('say what failed', async () => {
    open('/tenants/t/analytics-core/operations', 'lists-error');
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'The operations could not be loaded.',
    );
  });
});

describe('the operations of all tenants', () => {
  it('name the tenant', async () => {
    open('/tenants/operations');
    await titles();
    const row = screen.getByRole('row', { name: /Scale clickhouse/ });
    expect(
      within(row).getByRole('link', { name: 'analytics-core' }),
    ).toHaveAttribute('href', '/tenants/t/analytics-core/operations');
  });

  it('say that nothing was changed yet', async () => {
    open('/tenants/operations', 'empty');
    expect(
      await screen.findByText('Nothing was changed through this portal yet.'),
    ).toBeVisible();
  });

  it('say which right is missing', async () => {
    open('/tenants/operations', 'forbidden');
    expect(
      await screen.findByText('tenants.platform.read'),
    ).toBeInTheDocument();
  });
});

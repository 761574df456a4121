// SPDX-License-Identifier: Apache-2.0
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { renderTenants } from '../../../__testUtils__/renderTenants';
import { FakeTenantsApi } from '../../../testing/FakeTenantsApi';
import { createScenario } from '../../../testing/Scenario';

const wide = window.matchMedia;

// As on a telephone: no least width is reached.
beforeAll(() => {
  window.matchMedia = query => ({ ...wide(query), matches: false });
});

afterAll(() => {
  window.matchMedia = wide;
});

async function openTree() {
  const api = new FakeTenantsApi(createScenario('many'));
  renderTenants('/tenants/t/analytics-core/overview', api);
  return screen.findByRole('treegrid');
}

const openSheet = async (tree: HTMLElement, name: string) => {
  await userEvent.click(
    await within(tree).findByRole('button', { name: `Details of ${name}` }),
  );
  return screen.findByRole('dialog', { name });
};

describe('the tree of a tenant on a telephone', () => {
  it('has room for name and health; the rest of a row is in its sheet', async () => {
    const tree = await openTree();
    expect(
      within(tree)
        .getAllByRole('columnheader')
        .map(head => head.textContent),
    ).toEqual(['Name', 'Health', '']);
    const sheet = await openSheet(tree, 'airflow-worker');
    expect(sheet).toHaveTextContent('Degraded2 of 3 ready');
    expect(sheet).toHaveTextContent('Ready2/3');
    expect(sheet).toHaveTextContent('Restarts14');
    await waitFor(() =>
      expect(sheet).toHaveTextContent(
        'Memory1.6 GiB in use of a limit of 3 GiB, 1.5 GiB requested',
      ),
    );
    expect(within(sheet).getByRole('link', { name: 'Logs' })).toHaveAttribute(
      'href',
      '/tenants/t/analytics-core/logs?env=prod&module=airflow&workload=airflow-worker',
    );
  });

  it('gives way to what is chosen in the sheet', async () => {
    const tree = await openTree();
    const sheet = await openSheet(tree, 'airflow-worker');
    await userEvent.click(
      within(sheet).getByRole('button', { name: 'Actions of airflow-worker' }),
    );
    await userEvent.click(
      await screen.findByRole('menuitem', { name: 'Restart airflow-worker…' }),
    );
    expect(
      await screen.findByRole('dialog', { name: 'Restart airflow-worker' }),
    ).toBeInTheDocument();
    expect(
      screen.queryByRole('dialog', { name: 'airflow-worker' }),
    ).not.toBeInTheDocument();
  });

  it('opens the object behind the row', async () => {
    const tree = await openTree();
    const sheet = await openSheet(tree, 'airflow-worker-1');
    await userEvent.click(
      within(sheet).getByRole('link', { name: 'YAML and events' }),
    );
    expect(
      await screen.findByRole('dialog', { name: 'Pod airflow-worker-1' }),
    ).toBeInTheDocument();
  });
});

// SPDX-License-Identifier: Apache-2.0
import {
  environmentFixture,
  tenantFixture,
} from '@tenantry/backstage-plugin-tenants-common/testing';
import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { renderTenants } from '../../../__testUtils__/renderTenants';
import { FakeTenantsApi } from '../../../testing/FakeTenantsApi';
import { createScenario, type Scenario } from '../../../testing/Scenario';

const HOME = '/tenants/t/analytics-core/overview';
const NO_METRICS = /no metrics: metrics-server is not installed/;

function open(overrides: Partial<Scenario> = {}) {
  const api = new FakeTenantsApi({ ...createScenario('many'), ...overrides });
  renderTenants(HOME, api);
  return api;
}

async function row(name: string) {
  const tree = await screen.findByRole('treegrid');
  const cell = await within(tree).findByTitle(name);
  return cell.closest('tr')!;
}

/** What the cells of CPU and memory show. */
function shown(tr: HTMLElement) {
  const cells = within(tr).getAllByRole('gridcell');
  return cells.slice(4, 6).map(cell => cell.textContent);
}

describe('what the tree says of CPU and memory', () => {
  it('is summed up, with request and limit in full on the cell', async () => {
    open();
    const worker = await row('airflow-worker');
    const memory = await within(worker).findByRole('gridcell', {
      name: '1.6 GiB in use of a limit of 3 GiB, 1.5 GiB requested',
    });
    expect(memory).toHaveTextContent(/^1.6 GiB$/);
    expect(memory).toHaveAttribute('title', memory.getAttribute('aria-label'));
    expect(shown(worker)[0]).toBe('0.9');
    expect(shown(await row('3 more workloads'))).toEqual(['0.6', '900 MiB']);
    expect(shown(await row('airflow'))).toEqual(['1.5', '2.5 GiB']);
  });

  it('is not known where a cluster has no metrics, and the reason stands below', async () => {
    open();
    expect(await screen.findByText(NO_METRICS)).toBeInTheDocument();
    expect(shown(await row('dev'))).toEqual(['not known', 'not known']);
    expect(
      within(await row('dev')).getAllByRole('gridcell', { name: NO_METRICS }),
    ).toHaveLength(2);
  });

  it('has no columns where no cluster has metrics', async () => {
    const cluster = 'eu-north';
    open({
      tenant: tenantFixture({
        environments: [environmentFixture({ cluster })],
      }),
    });
    expect(await screen.findByText(NO_METRICS)).toBeInTheDocument();
    const tree = screen.getByRole('treegrid');
    expect(within(tree).getByText('Restarts')).toBeInTheDocument();
    expect(within(tree).queryByText('Memory')).not.toBeInTheDocument();
  });

  it('says when metrics cannot be read', async () => {
    const api = open();
    api.details.refuseNext(503, 'It starts.');
    expect(
      await screen.findByText(/Metrics could not be read/),
    ).toBeInTheDocument();
    expect(screen.queryByText('CPU, cores')).not.toBeInTheDocument();
  });
});

describe('the keys of a row', () => {
  it('leads to the logs with l', async () => {
    open();
    (await row('airflow-worker')).focus();
    await userEvent.keyboard('l');
    expect(
      await screen.findByRole('tab', { name: 'Logs', selected: true }),
    ).toBeInTheDocument();
  });

  it('shows the object with y', async () => {
    open();
    (await row('airflow-worker')).focus();
    await userEvent.keyboard('y');
    expect(
      await screen.findByRole('dialog', { name: 'StatefulSet airflow-worker' }),
    ).toBeInTheDocument();
  });
});

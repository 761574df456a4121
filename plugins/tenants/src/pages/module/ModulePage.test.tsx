// SPDX-License-Identifier: Apache-2.0
import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { renderTenants } from '../../__testUtils__/renderTenants';
import { FakeTenantsApi } from '../../testing/FakeTenantsApi';
import {
  moduleInstanceFixture,
  moduleDetailFixture,
} from '../../testing/modulesFixture';
import { createScenario, type ScenarioName } from '../../testing/Scenario';
import { BOX } from './graphLayout';

function open(path = '', name: ScenarioName = 'many') {
  renderTenants(
    `/tenants/modules/m/airflow${path}`,
    new FakeTenantsApi(createScenario(name)),
  );
}

describe('ModulePage', () => {
  it('warns of a release that is Degraded where the one before is not', async () => {
    open();
    const alert = await screen.findByRole('alert');
    expect(alert).toHaveTextContent(
      '2.10.2 is Degraded in 1 of 2 environments.',
    );
    expect(alert).toHaveTextContent('2.9.3 is Degraded nowhere.');
    expect(
      within(alert).getByRole('link', { name: 'See cause' }),
    ).toHaveAttribute('href', '/tenants/t/analytics-core/overview');
  });

  it('follows who runs it without being opened anew', async () => {
    const scenario = createScenario('many');
    const instances = [...scenario.instances];
    const api = new FakeTenantsApi({ ...scenario, instances });
    renderTenants('/tenants/modules/m/airflow', api);
    const table = await screen.findByRole('table', { name: 'Who runs what' });
    await screen.findByText(/^Live · as of/);
    instances.push(moduleInstanceFixture({ tenant: 'newcomer' }));
    api.push({
      s: 'tenants',
      n: 2,
      t: 'patch',
      from: 'v1',
      v: 'v2',
      c: 'fake.2',
      d: { tenants: { 'analytics-core': { modules: ['airflow'] } } },
    });
    expect(await within(table).findByText('newcomer')).toBeInTheDocument();
  });

  it('does not blame a release when the one before was Degraded too', async () => {
    const scenario = createScenario('many');
    const older = moduleInstanceFixture({
      tenant: 'old',
      release: '2.9.3',
      health: 'Degraded',
    });
    renderTenants(
      '/tenants/modules/m/airflow',
      new FakeTenantsApi({
        ...scenario,
        instances: [...scenario.instances, older],
      }),
    );
    expect(await screen.findByRole('alert')).toHaveTextContent(
      '2.9.3 is Degraded in 1 of 3 environments.',
    );
    expect(screen.queryByText(/2.10.2 is Degraded/)).not.toBeInTheDocument();
  });

  it('leaves no room for a side of the graph where nothing is', async () => {
    const scenario = createScenario('many');
    const widthOf = async (
      usedBy: ReturnType<typeof moduleDetailFixture>['usedBy'],
    ) => {
      const module = { ...moduleDetailFixture(), usedBy };
      const shown = renderTenants(
        '/tenants/modules/m/airflow',
        new FakeTenantsApi({ ...scenario, moduleDetails: [module] }),
      );
      const graph = await screen.findByRole('group', {
        name: 'Needs and conflicts',
      });
      const [, , width] = graph.getAttribute('viewBox')!.split(' ');
      shown.unmount();
      return Number(width);
    };
    const use = {
      module: 'superset',
      release: '4.1.1',
      relation: 'requires',
      range: '*',
    } as const;
    const [alone, used] = [await widthOf([]), await widthOf([use])];
    expect(used - alone).toBe(BOX.column);
  });

  it('lists who runs what by release, then by health', async () => {
    open();
    const table = await screen.findByRole('table', { name: 'Who runs what' });
    const rows = within(table)
      .getAllByRole('row')
      .map(row => row.textContent);
    expect(rows).toEqual([
      'analytics-core prod2.10.2Degraded',
      'customer-360 prod2.10.2Healthy',
      'iot-telemetry prod2.9.3Unknown',
      'churn-models prod2.9.3Healthy',
      'logistics prod2.8.4Healthy',
    ]);
    expect(
      screen.getByRole('img', {
        name: 'Environments by release: 2 of release 2.10.2, 2 of release 2.9.3, 1 of release 2.8.4',
      }),
    ).toBeInTheDocument();
  });

  it('shows releases with their end, range, needs and changed values', async () => {
    open('/releases');
    const table = await screen.findByRole('table', { name: 'Releases' });
    const [, newest, middle, oldest] = within(table).getAllByRole('row');
    expect(newest).toHaveTextContent('default');
    expect(newest).toHaveTextContent('postgres >=15 <17, redis ^7');
    expect(newest).toHaveTextContent('1 value');
    expect(newest).toHaveTextContent('workers: 1 → 2');
    expect(middle).toHaveTextContent('>=1.25');
    expect(oldest).toHaveTextContent('ends 1 Feb 2027');
    expect(oldest).toHaveTextContent('first release');
    expect(screen.getByText('more memory').tagName).toBe('STRONG');
  });

  it('draws each neighbour once, with the word for a conflict', async () => {
    open();
    const graph = await screen.findByRole('group', {
      name: 'Needs and conflicts',
    });
    expect(
      within(graph)
        .getAllByRole('link')
        .map(link => link.getAttribute('aria-label')),
    ).toEqual([
      'superset: ^2, required',
      'spark: recommended',
      'prefect: conflicts',
      'postgres: >=15 <17, required',
      'redis: ^7, required',
      'object-store: ^2, required',
      'monitoring: recommended',
    ]);
  });

  it('says the same as a list, which the address remembers', async () => {
    open();
    await userEvent.click(await screen.findByRole('radio', { name: 'List' }));
    const table = await screen.findByRole('table', {
      name: 'Needs and conflicts',
    });
    expect(within(table).getAllByRole('row')).toHaveLength(8);
    expect(
      within(table).getByRole('row', { name: /prefect/ }),
    ).toHaveTextContent('Only one may own the scheduler role.');
  });

  it('previews the parameters as a form that cannot be changed', async () => {
    open('/parameters');
    const workers = await screen.findByRole('textbox', { name: /Workers/ });
    expect(workers).toHaveValue('2');
    expect(workers).toHaveAttribute('readonly');
    expect(screen.getByText('Pods that run tasks.')).toBeVisible();
    expect(screen.getByRole('textbox', { name: /Size/ })).toHaveValue('10Gi');
  });

  it('shows the values of a tier', async () => {
    open('/parameters?tier=premium');
    expect(await screen.findByRole('textbox', { name: /Workers/ })).toHaveValue(
      '3',
    );
  });

  it('draws the runbook, with HTML as text', async () => {
    open('/runbook');
    expect(
      await screen.findByRole('heading', {
        name: 'When workers run out of memory',
      }),
    ).toBeVisible();
    expect(document.getElementById('raw')).toBeNull();
  });

  it('shows the definition in use as YAML', async () => {
    open('/definition');
    expect(await screen.findByText(/displayName: Airflow/)).toBeInTheDocument();
  });

  it('says when there is no such module', async () => {
    renderTenants(
      '/tenants/modules/m/nothing',
      new FakeTenantsApi(createScenario('many')),
    );
    expect(
      await screen.findByRole('region', {
        name: 'There is no module nothing.',
      }),
    ).toBeInTheDocument();
  });

  it('says in words when the default release ends', async () => {
    const [release, ...others] = moduleDetailFixture().releases;
    const deprecated = { message: 'Move on.', endsAt: '2027-02-01' };
    const module = moduleDetailFixture({
      releases: [{ ...release, deprecated }, ...others],
    });
    renderTenants(
      '/tenants/modules/m/airflow',
      new FakeTenantsApi({
        ...createScenario('many'),
        moduleDetails: [module],
      }),
    );
    expect(await screen.findByRole('note')).toHaveTextContent(
      '2.10.2 is deprecated.It ends on 1 Feb 2027. Move on.',
    );
  });

  it('says which right is missing', async () => {
    open('', 'forbidden');
    expect(await screen.findByText('tenants.module.read')).toBeVisible();
  });
});

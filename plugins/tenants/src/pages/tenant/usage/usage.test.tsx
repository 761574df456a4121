// SPDX-License-Identifier: Apache-2.0
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { renderTenants } from '../../../__testUtils__/renderTenants';
import { FakeTenantsApi } from '../../../testing/FakeTenantsApi';
import { createScenario, type ScenarioName } from '../../../testing/Scenario';

function open(query = '', name: ScenarioName = 'many') {
  const api = new FakeTenantsApi(createScenario(name));
  renderTenants(`/tenants/t/analytics-core/workloads${query}`, api);
  return api;
}

describe('the workloads of a tenant', () => {
  it('show what they use against request and limit', async () => {
    open();
    const meter = await screen.findByRole('meter', {
      name: 'Memory of airflow-worker',
    });
    expect(meter).toHaveAttribute(
      'aria-valuetext',
      '1.6 GiB in use of a limit of 3 GiB, 1.5 GiB requested',
    );
    expect(
      screen.getByRole('meter', { name: 'CPU of airflow-worker' }),
    ).toHaveAttribute('aria-valuenow', '0.9');
  });

  it('say why there are no metrics, and draw no zero', async () => {
    open('?env=dev');
    expect(
      await screen.findByText(
        /no metrics: metrics-server is not installed on cluster eu-north/,
      ),
    ).toBeInTheDocument();
    expect(screen.queryByRole('meter')).not.toBeInTheDocument();
    expect(screen.getAllByText('no metrics').length).toBeGreaterThan(0);
  });

  it('are there when metrics cannot be read', async () => {
    const api = open();
    api.details.refuseNext(503, 'It starts.');
    expect(await screen.findByRole('alert', { name: '' })).toHaveTextContent(
      /Metrics could not be read/,
    );
    expect(
      screen.getByRole('button', { name: 'Details of airflow-worker' }),
    ).toBeInTheDocument();
  });

  it('lead to the object behind a name, which the address keeps', async () => {
    const api = open();
    await userEvent.click(
      await screen.findByRole('button', { name: 'Details of airflow-worker' }),
    );
    const dialog = await screen.findByRole('dialog', {
      name: 'StatefulSet airflow-worker',
    });
    expect(
      await within(dialog).findByRole('region', { name: 'YAML' }),
    ).toHaveTextContent('kind: StatefulSet');
    expect(
      within(dialog).getByText(/1 value that looks like a secret is masked/),
    ).toBeInTheDocument();
    expect(within(dialog).getByRole('link', { name: 'Logs' })).toHaveAttribute(
      'href',
      expect.stringContaining('workload=airflow-worker'),
    );
    expect(api.details.objects).toEqual([
      {
        cluster: 'eu-west',
        kind: 'StatefulSet',
        namespace: 'analytics-core-prod',
        name: 'airflow-worker',
      },
    ]);
  });
});

describe('the drawer of an object', () => {
  const pod = '?object=eu-west/Pod/analytics-core-prod/airflow-worker-1';

  it('opens from the address with events, owners and the log before the restart', async () => {
    open(pod);
    const dialog = await screen.findByRole('dialog');
    expect(
      await within(dialog).findByRole('link', {
        name: 'Log before the last restart',
      }),
    ).toHaveAttribute('href', expect.stringContaining('previous=1'));
    expect(
      within(dialog).getByRole('list', { name: 'Events' }),
    ).toHaveTextContent('BackOff');
    await userEvent.click(
      within(dialog).getByRole('button', {
        name: 'StatefulSet airflow-worker',
      }),
    );
    expect(
      await screen.findByRole('dialog', { name: 'StatefulSet airflow-worker' }),
    ).toBeInTheDocument();
  });

  it('closes by keyboard', async () => {
    open(pod);
    await screen.findByRole('dialog');
    await userEvent.keyboard('{Escape}');
    await waitFor(() =>
      expect(screen.queryByRole('dialog')).not.toBeInTheDocument(),
    );
  });

  it.each([
    [404, 'There is no such object, or you may not see it.'],
    [503, 'The object could not be read.'],
    [403, 'You may not see this object.'],
  ])('says what a %s means', async (status, title) => {
    const api = new FakeTenantsApi(createScenario('many'));
    const usage = await api.details.usage('analytics-core');
    api.details.setUsage(usage);
    api.details.object = async () => {
      const { refusal } = await import('../../../testing/fakeAnswers');
      throw await refusal(status, 'No.');
    };
    renderTenants(`/tenants/t/analytics-core/workloads${pod}`, api);
    expect(await screen.findByText(title)).toBeInTheDocument();
  });

  it('says so when the address names no object', async () => {
    open('?object=eu-west/Secret/a/b');
    expect(
      await screen.findByText('The address names no object.'),
    ).toBeInTheDocument();
  });
});

// SPDX-License-Identifier: Apache-2.0
import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { renderTenants } from '../../../__testUtils__/renderTenants';
import { FakeTenantsApi } from '../../../testing/FakeTenantsApi';
import { createScenario, type ScenarioName } from '../../../testing/Scenario';

function open(query = '', name: ScenarioName = 'many') {
  const api = new FakeTenantsApi(createScenario(name));
  renderTenants(`/tenants/t/analytics-core/network${query}`, api);
  return api;
}

describe('the network of a tenant', () => {
  it('draws workloads that can be chosen by keyboard, and what guards them', async () => {
    open();
    const box = await screen.findByRole('button', {
      name: 'airflow-web, Deployment',
    });
    box.focus();
    await userEvent.keyboard('{Enter}');
    expect(await screen.findByText('Flows of airflow-web')).toBeInTheDocument();
    const policies = screen.getByRole('table', {
      name: 'Policies of analytics-core-prod',
    });
    expect(within(policies).getAllByRole('row')).toHaveLength(5);
  });

  it('says the same in a table', async () => {
    open('?view=table');
    const table = await screen.findByRole('table', {
      name: 'Who may reach whom',
    });
    expect(table).toHaveTextContent('10.0.0.0/8 but 10.1.0.0/16');
    expect(table).toHaveTextContent('on 53/UDP');
    expect(table).toHaveTextContent('allow-ingress');
  });

  it('warns of workloads that no policy selects', async () => {
    open('?env=dev');
    expect(
      await screen.findByText(
        'No policy selects postgres: everybody in the cluster may reach it.',
      ),
    ).toBeInTheDocument();
  });

  it('answers whether one may reach another, and which policy decides', async () => {
    const id = (kind: string, name: string) =>
      encodeURIComponent(`analytics-core-prod/${kind}/${name}`);
    open(
      `?reachFrom=${id('Deployment', 'airflow-web')}&reachTo=${id(
        'StatefulSet',
        'kafka',
      )}`,
    );
    expect(
      await screen.findByText('Yes: airflow-web may reach kafka, every port.'),
    ).toBeInTheDocument();
    expect(
      screen.getByText('allow-same-namespace lets it in to kafka.'),
    ).toBeInTheDocument();
  });

  it('says so where policies are not read', async () => {
    const api = new FakeTenantsApi(createScenario('many'));
    const known = await api.details.network('analytics-core');
    api.details.setNetwork({
      environments: known.environments.map(e => ({
        ...e,
        known: false,
        workloads: [],
      })),
      partial: [
        {
          cluster: 'eu-west',
          kind: 'NetworkPolicy',
          reason: 'Forbidden',
          message: 'The right to list network policies is missing.',
        },
      ],
    });
    renderTenants('/tenants/t/analytics-core/network', api);
    expect(
      await screen.findByText('The right to list network policies is missing.'),
    ).toBeInTheDocument();
  });

  it('says that it could not be loaded, and that nothing runs', async () => {
    open('', 'lists-error');
    expect(
      await screen.findByText('The network could not be loaded.'),
    ).toBeInTheDocument();
  });
});

// SPDX-License-Identifier: Apache-2.0
import { screen, within } from '@testing-library/react';
import { renderTenants } from '../../../__testUtils__/renderTenants';
import { FakeTenantsApi } from '../../../testing/FakeTenantsApi';
import { createScenario } from '../../../testing/Scenario';

describe('whether a change fits the quota', () => {
  function ask(query: string) {
    const api = new FakeTenantsApi(createScenario('many'));
    renderTenants(`/tenants/t/analytics-core/quota?env=prod${query}`, api);
    return api;
  }

  it('is asked of the plan and answered with the tightest resource', async () => {
    const api = ask(
      '&fit=scale&fitWorkload=StatefulSet/airflow-worker&fitReplicas=5',
    );
    const card = await screen.findByRole('region', { name: 'Will it fit?' });
    expect(
      await within(card).findByText(
        'It fits. 6 GiB of Memory requests would be left, the tightest.',
      ),
    ).toBeInTheDocument();
    expect(await within(card).findAllByRole('meter')).not.toHaveLength(0);
    expect(api.operations.plans[0]).toEqual({
      tenant: 'analytics-core',
      request: {
        type: 'scale',
        environment: 'prod',
        workload: 'StatefulSet/airflow-worker',
        replicas: 5,
      },
    });
    expect(api.operations.started).toEqual([]);
  });

  it('is asked for another tier with everything else as it is', async () => {
    const api = ask('&fit=tier&fitTier=standard');
    await screen.findByRole('button', { name: 'Preview change' });
    expect(api.operations.plans[0]?.request).toMatchObject({
      type: 'apply',
      environments: [
        { name: 'prod', tier: 'standard', modules: [{ name: 'airflow' }] },
      ],
    });
  });
});

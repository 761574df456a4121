// SPDX-License-Identifier: Apache-2.0
import {
  allowedActionsFixture,
  causeFixture,
  degradedTenantFixture,
} from '@tenantry/backstage-plugin-tenants-common/testing';
import type { Cause } from '@tenantry/backstage-plugin-tenants-common';
import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { renderTenants } from '../../../__testUtils__/renderTenants';
import { FakeTenantsApi } from '../../../testing/FakeTenantsApi';
import { operationFixture } from '../../../testing/operationFixture';
import { createScenario, type Scenario } from '../../../testing/Scenario';

const LOG = 'Log before the crash';

async function open(overrides: Partial<Scenario> = {}) {
  const api = new FakeTenantsApi({
    ...createScenario('many'),
    operations: [],
    ...overrides,
  });
  renderTenants('/tenants/t/analytics-core/overview', api);
  // What the user may do and what was done before come with answers of their own.
  await screen.findByRole('button', { name: 'Actions of analytics-core' });
  return screen.findByTestId('cause-card');
}

/** The steps as soon as there is one of that title. */
async function stepsWith(title: string) {
  const card = await screen.findByTestId('cause-card');
  await within(card).findByText(title);
  const list = within(card).getByRole('list', { name: 'Next steps' });
  return within(list)
    .getAllByRole('listitem')
    .map(item => item.querySelector('span')?.textContent);
}

/** A tenant whose cause is this, with one of three replicas ready. */
function tenantWith(cause: Partial<Cause>) {
  const tenant = degradedTenantFixture({ causes: [causeFixture(cause)] });
  const [prod, ...others] = tenant.environments;
  const [airflow, ...modules] = prod.modules;
  const [worker, ...workloads] = airflow.workloads;
  const replicas = { desired: 3, ready: 1, updated: 3 };
  return {
    ...tenant,
    environments: [
      {
        ...prod,
        modules: [
          { ...airflow, workloads: [{ ...worker, replicas }, ...workloads] },
          ...modules,
        ],
      },
      ...others,
    ],
  };
}

describe('the next steps of a cause', () => {
  it('begin with going back where a change came just before', async () => {
    const upgrade = operationFixture({
      state: 'succeeded',
      startedAt: '2026-11-21T13:46:04.000Z',
    });
    const card = await open({ operations: [upgrade] });
    expect(await stepsWith('Go back to revision 7 of prod')).toEqual([
      'Go back to revision 7 of prod',
      LOG,
    ]);
    expect(card).toHaveTextContent(
      'Undoes “Upgrade airflow to 2.10.2”. Data is not rolled back.',
    );
    await userEvent.click(
      within(card).getByRole('button', { name: /^Preview: Go back/ }),
    );
    expect(await screen.findByRole('dialog')).toHaveTextContent(/revision 7/i);
  });

  it('are about memory where that is what ended a crash loop', async () => {
    await open({
      tenant: degradedTenantFixture({
        causes: [causeFixture({ reason: 'CrashLoopBackOff' })],
      }),
    });
    expect(await stepsWith('Give airflow more memory')).toEqual([
      'Give airflow more memory',
      LOG,
    ]);
  });

  it('do not go back past a change that came after', async () => {
    const other = operationFixture({
      id: 'op-other',
      state: 'succeeded',
      startedAt: '2026-11-21T13:46:04.000Z',
    });
    await open({ operations: [other] });
    expect(await stepsWith('Give airflow more memory')).toEqual([
      'Give airflow more memory',
      LOG,
    ]);
  });

  it('lead to the quota where it is used up, or to fewer replicas', async () => {
    await open({
      tenant: tenantWith({
        reason: 'ExceededQuota',
        pod: undefined,
        previousLog: false,
      }),
    });
    expect(await stepsWith('Scale airflow-worker to the 1 that run')).toEqual([
      'See who uses the quota of prod',
      'Scale airflow-worker to the 1 that run',
    ]);
    expect(
      screen.getByRole('link', { name: /^Open: See who uses the quota/ }),
    ).toHaveAttribute('href', '/tenants/t/analytics-core/quota?env=prod');
    await userEvent.click(
      screen.getByRole('button', { name: /^Preview: Scale/ }),
    );
    const dialog = await screen.findByRole('dialog');
    expect(
      within(dialog).getByRole('textbox', { name: 'Replicas' }),
    ).toHaveValue('1');
  });

  it('hold nothing that would be refused where the environment is not ours, and lead to taking it over', async () => {
    const card = await open({ revisions: [] });
    expect(await stepsWith('Adopt prod')).toEqual([LOG, 'Adopt prod']);
    await userEvent.click(
      within(card).getByRole('button', { name: 'Preview: Adopt prod' }),
    );
    expect(
      await screen.findByRole('dialog', { name: /Adopt prod/ }),
    ).toBeInTheDocument();
  });

  it('do not offer to take over what is not known to be somebody else’s', async () => {
    const api = new FakeTenantsApi({
      ...createScenario('many'),
      operations: [],
    });
    api.operations.listRevisions = () => new Promise(() => {});
    renderTenants('/tenants/t/analytics-core/overview', api);
    await screen.findByRole('button', { name: 'Actions of analytics-core' });
    expect(await stepsWith(LOG)).toEqual([LOG]);
  });

  it('hold nothing the user may not do', async () => {
    renderTenants(
      '/tenants/t/analytics-core/overview',
      new FakeTenantsApi({
        ...createScenario('many'),
        operations: [],
        allowed: allowedActionsFixture(['tenants.tenant.update']),
      }),
    );
    await screen.findByText(/^Closed to you/);
    expect(await stepsWith(LOG)).toEqual([LOG]);
  });

  it('are shown by p, the first of them', async () => {
    await open();
    await stepsWith('Give airflow more memory');
    await userEvent.keyboard('p');
    expect(
      await screen.findByRole('dialog', { name: /airflow/ }),
    ).toBeInTheDocument();
  });
});

// SPDX-License-Identifier: Apache-2.0
import {
  memberManagePermission,
  tenantPurgePermission,
} from '@tenantry/backstage-plugin-tenants-common';
import { allowedActionsFixture } from '@tenantry/backstage-plugin-tenants-common/testing';
import { act, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { renderTenants } from '../__testUtils__/renderTenants';
import { FakeTenantsApi } from '../testing/FakeTenantsApi';
import {
  conflictFixture,
  emptyPlanFixture,
  planFixture,
} from '../testing/planFixture';
import { createScenario, type Scenario } from '../testing/Scenario';

function open(path = '/overview', overrides: Partial<Scenario> = {}) {
  const api = new FakeTenantsApi({ ...createScenario('many'), ...overrides });
  renderTenants(`/tenants/t/analytics-core${path}`, api);
  return api;
}

async function choose(item: RegExp, menu = 'Actions of analytics-core') {
  await userEvent.click(await screen.findByRole('button', { name: menu }));
  const [found] = await screen.findAllByRole('menuitem', { name: item });
  await userEvent.click(found);
  return screen.findByRole('dialog');
}

describe('the preview of an operation', () => {
  it('shows the plan, says that nothing has changed, and starts what was looked at', async () => {
    const api = open();
    const dialog = await choose(/Put to sleep/);
    expect(dialog).toHaveTextContent('Put analytics-core to sleep');
    expect(dialog).toHaveTextContent(
      'analytics-core, all environments. Nothing has changed yet.',
    );
    expect(
      await within(dialog).findByText(
        'Plan made 14:32:07 UTC, checked against the cluster',
      ),
    ).toBeVisible();
    await userEvent.click(
      within(dialog).getByRole('button', {
        name: 'Put analytics-core to sleep',
      }),
    );
    expect(await screen.findByText('step 2 of 3')).toBeVisible();
    expect(api.operations.started).toEqual([
      {
        tenant: 'analytics-core',
        request: { type: 'sleep', planVersion: 'plan-1' },
        key: expect.stringMatching(/^[0-9a-f]{32}$/),
      },
    ]);
  });

  it('makes one operation of a double click', async () => {
    const api = open();
    const dialog = await choose(/Put to sleep/);
    const button = await within(dialog).findByRole('button', {
      name: 'Put analytics-core to sleep',
    });
    await userEvent.dblClick(button);
    await screen.findByText('step 2 of 3');
    expect(api.operations.started).toHaveLength(1);
  });

  it('repeats the key when a failed start is tried again', async () => {
    const api = open();
    const dialog = await choose(/Put to sleep/);
    const button = await within(dialog).findByRole('button', {
      name: 'Put analytics-core to sleep',
    });
    api.operations.refuseNext(503, 'The service starts.');
    await userEvent.click(button);
    expect(await within(dialog).findByRole('alert')).toHaveTextContent(
      'The operation could not be started. HTTP 503 from the portal. The service starts.',
    );
    await userEvent.click(button);
    await screen.findByText('step 2 of 3');
    const [first, second] = api.operations.started;
    expect(second.key).toBe(first.key);
  });

  it('asks for the name of the tenant before something is lost', async () => {
    const api = open();
    const dialog = await choose(/Purge/);
    const button = await within(dialog).findByRole('button', {
      name: 'Purge analytics-core for good',
    });
    expect(button).toBeDisabled();
    const field = within(dialog).getByRole('textbox', {
      name: 'Type analytics-core to confirm',
    });
    await userEvent.type(field, 'analytics');
    expect(button).toBeDisabled();
    await userEvent.type(field, '-core');
    await userEvent.click(button);
    await screen.findByText('step 2 of 3');
    expect(api.operations.started[0].request).toEqual({
      type: 'purge',
      confirm: 'analytics-core',
      planVersion: 'plan-1',
    });
  });

  it('asks for the name when the plan says that data is lost', async () => {
    open('/overview', {
      plan: planFixture({
        notes: [
          { kind: 'data-lost', subject: 'data-0', message: '10 GiB are lost.' },
        ],
      }),
    });
    const dialog = await choose(/Put to sleep/);
    expect(
      await within(dialog).findByRole('textbox', {
        name: 'Type analytics-core to confirm',
      }),
    ).toBeVisible();
  });

  it('has no button for a plan that is refused', async () => {
    open('/overview', { plan: planFixture({ refusals: [conflictFixture()] }) });
    const dialog = await choose(/Put to sleep/);
    expect(
      await within(dialog).findAllByText('1 thing to resolve'),
    ).not.toEqual([]);
    expect(
      within(dialog).queryByRole('button', { name: /Put/ }),
    ).not.toBeInTheDocument();
  });

  it('makes an old plan again, and starts when nothing differs', async () => {
    const api = open();
    const dialog = await choose(/Put to sleep/);
    const button = await within(dialog).findByRole('button', { name: /^Put/ });
    const now = Date.now();
    const clock = jest.spyOn(Date, 'now').mockReturnValue(now + 61_000);
    await userEvent.click(button);
    await screen.findByText('step 2 of 3');
    clock.mockRestore();
    expect(api.operations.plans).toHaveLength(2);
    expect(api.operations.started).toHaveLength(1);
  });

  it('asks to look again when an old plan has become another one', async () => {
    const api = open();
    const dialog = await choose(/Put to sleep/);
    const button = await within(dialog).findByRole('button', { name: /^Put/ });
    const now = Date.now();
    const clock = jest.spyOn(Date, 'now').mockReturnValue(now + 61_000);
    api.operations.answerPlan(planFixture({ version: 'plan-2' }));
    await userEvent.click(button);
    expect(
      await within(dialog).findByText(
        'The cluster changed since this preview. Look again.',
      ),
    ).toBeVisible();
    expect(api.operations.started).toEqual([]);
    await userEvent.click(button);
    await screen.findByText('step 2 of 3');
    clock.mockRestore();
    expect(api.operations.started[0].request.planVersion).toBe('plan-2');
  });

  it('asks to look again when the portal says that the plan no longer holds', async () => {
    const api = open();
    const dialog = await choose(/Put to sleep/);
    const button = await within(dialog).findByRole('button', { name: /^Put/ });
    api.operations.refuseNext(409, 'The plan is another one now.');
    api.operations.answerPlan(planFixture({ version: 'plan-2' }));
    await userEvent.click(button);
    expect(
      await within(dialog).findByText(
        'The cluster changed since this preview. Look again.',
      ),
    ).toBeVisible();
  });

  it('scales to the number that is chosen, which the button repeats', async () => {
    const api = open('/workloads');
    const dialog = await choose(/Scale/, 'Actions of airflow-worker');
    const field = within(dialog).getByRole('textbox', { name: 'Replicas' });
    expect(
      within(dialog).queryByRole('button', { name: /^Scale to/ }),
    ).not.toBeInTheDocument();
    await userEvent.clear(field);
    await userEvent.type(field, '5{Enter}');
    await userEvent.click(
      await within(dialog).findByRole('button', { name: 'Scale to 5' }),
    );
    await screen.findByText('step 2 of 3');
    expect(api.operations.started[0].request).toMatchObject({
      type: 'scale',
      environment: 'prod',
      workload: 'StatefulSet/airflow-worker',
      replicas: 5,
    });
  });

  it('adds a module to what the environment shall be, with the parameters that differ', async () => {
    const api = open();
    const dialog = await choose(/Add module/);
    await userEvent.click(
      await within(dialog).findByRole('button', { name: /Choose a module/ }),
    );
    await userEvent.click(
      await screen.findByRole('option', { name: 'PostgreSQL' }),
    );
    await userEvent.click(
      await within(dialog).findByRole('button', { name: 'Add postgres' }),
    );
    await screen.findByText('step 2 of 3');
    expect(api.operations.started[0].request).toMatchObject({
      type: 'apply',
      environments: [
        {
          name: 'prod',
          modules: [
            { name: 'airflow', version: '2.10.2', parameters: { workers: 2 } },
            { name: 'postgres', parameters: {} },
          ],
        },
      ],
    });
  });

  it('takes over a fix of the plan', async () => {
    const api = open('/modules', {
      plan: planFixture({
        refusals: [
          conflictFixture({
            fixes: [
              {
                label: 'Use tier bronze',
                change: {
                  type: 'set-tier',
                  environment: 'prod',
                  tier: 'bronze',
                },
              },
            ],
          }),
        ],
      }),
    });
    const dialog = await choose(/Remove/, 'Actions of airflow');
    await userEvent.click(
      await within(dialog).findByRole('button', { name: 'Use tier bronze' }),
    );
    await within(dialog).findByText('checking…');
    await within(dialog).findByText('up to date');
    expect(api.operations.plans.at(-1)?.request).toMatchObject({
      type: 'apply',
      environments: [{ name: 'prod', tier: 'bronze', modules: [] }],
    });
  });

  it('changes a parameter and plans it while it is typed', async () => {
    const api = open('/modules');
    const dialog = await choose(/Upgrade/, 'Actions of airflow');
    const workers = await within(dialog).findByRole('textbox', {
      name: /Workers/,
    });
    await userEvent.clear(workers);
    await userEvent.type(workers, '4');
    await within(dialog).findByText('up to date');
    await userEvent.click(
      await within(dialog).findByRole('button', { name: 'Change airflow' }),
    );
    await screen.findByText('step 2 of 3');
    expect(api.operations.started[0].request).toMatchObject({
      environments: [
        { modules: [{ name: 'airflow', parameters: { workers: 4 } }] },
      ],
    });
  });

  it('says that an environment was not made by the portal', async () => {
    open('/overview', { revisions: [] });
    const dialog = await choose(/Add module/);
    expect(await within(dialog).findByText(/Adopt it first/)).toBeVisible();
  });

  it('rolls back to the revision that is chosen', async () => {
    const api = open();
    const dialog = await choose(/Roll back/);
    await userEvent.click(
      await within(dialog).findByRole('button', {
        name: 'Roll back to revision 7',
      }),
    );
    await screen.findByText('step 2 of 3');
    expect(api.operations.started[0].request).toMatchObject({
      type: 'rollback',
      environment: 'prod',
      revision: 7,
    });
  });

  it('adds a member, once it is one', async () => {
    const api = open('/members');
    const dialog = await choose(/Add member/);
    await userEvent.type(
      within(dialog).getByRole('textbox', { name: /User or group/ }),
      'group:default/team-b',
    );
    await within(dialog).findByText('up to date');
    await userEvent.click(
      await within(dialog).findByRole('button', {
        name: 'Add group:default/team-b as view',
      }),
    );
    await screen.findByText('step 2 of 3');
    expect(api.operations.started[0].request).toMatchObject({
      type: 'members',
      set: [{ subject: 'group:default/team-b', role: 'view' }],
    });
  });

  it('offers no button for applying what is there already', async () => {
    open('/modules', { plan: emptyPlanFixture() });
    const dialog = await choose(/Remove/, 'Actions of airflow');
    expect(
      await within(dialog).findAllByText('Nothing would change'),
    ).not.toEqual([]);
    expect(
      within(dialog).queryByRole('button', { name: 'Remove airflow' }),
    ).not.toBeInTheDocument();
  });
});

describe('actions without the right for them', () => {
  it('are absent, and it is said which right is missing and who can grant it', async () => {
    open('/overview', {
      allowed: allowedActionsFixture([
        tenantPurgePermission.name,
        memberManagePermission.name,
      ]),
    });
    await userEvent.click(
      await screen.findByRole('button', { name: 'Actions of analytics-core' }),
    );
    await screen.findAllByRole('menuitem', { name: /Put to sleep/ });
    expect(
      screen.queryByRole('menuitem', { name: /Purge/ }),
    ).not.toBeInTheDocument();
    await act(async () => userEvent.keyboard('{Escape}'));
    expect(
      await screen.findByText(/Closed to you: Add member, Purge. Why\?/),
    ).toBeInTheDocument();
    expect(screen.getByText(/needs tenants.tenant.purge/)).toBeInTheDocument();
  });
});

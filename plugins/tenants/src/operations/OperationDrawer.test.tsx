// SPDX-License-Identifier: Apache-2.0
import {
  toChangeSet,
  type Operation,
} from '@tenantry/backstage-plugin-tenants-common';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { renderTenants } from '../__testUtils__/renderTenants';
import { FakeTenantsApi } from '../testing/FakeTenantsApi';
import { operationFixture } from '../testing/operationFixture';
import { changeFixture } from '../testing/planFixture';
import { createScenario, type Scenario } from '../testing/Scenario';

function open(id: string, overrides: Partial<Scenario> = {}) {
  const api = new FakeTenantsApi({ ...createScenario('many'), ...overrides });
  renderTenants(`/tenants/t/analytics-core/operations?op=${id}`, api);
  return api;
}

function openOne(overrides: Partial<Operation>) {
  const operation = operationFixture({ id: 'op-x', ...overrides });
  return open('op-x', { operations: [operation] });
}

describe('OperationDrawer', () => {
  it('shows how far it is, who started it, and the newest lines of the step that runs', async () => {
    open('op-1');
    const drawer = await screen.findByRole('dialog', {
      name: 'Upgrade airflow to 2.10.2',
    });
    expect(await within(drawer).findByText('step 2 of 3')).toBeVisible();
    expect(drawer).toHaveTextContent('maria.k at 14:31:10 UTC');
    expect(
      within(drawer).getByRole('progressbar', {
        name: 'Upgrade airflow to 2.10.2',
      }),
    ).toHaveAttribute('aria-valuenow', '1');
    const step = (
      await within(drawer).findByText('airflow-worker-2 started slowly')
    ).closest('[aria-current="step"]');
    expect(step).toHaveTextContent('Apply changes, running');
    expect(step).toHaveTextContent('prod on eu-west');
    expect(drawer).toHaveTextContent(
      'You can close this. The operation goes on, you get a notification.',
    );
  });

  it('is live, and reads on in the log when there is more', async () => {
    const api = open('op-1');
    await screen.findByText('step 2 of 3');
    // The page behind the drawer follows its list on the same stream.
    await waitFor(() =>
      expect(api.requests.at(-1)?.subs.map(sub => sub.kind)).toEqual(
        expect.arrayContaining(['operation', 'operations']),
      ),
    );
    api.push({
      s: 'operation',
      n: 2,
      t: 'snapshot',
      v: 'v2',
      c: 'fake.2',
      d: operationFixture({
        state: 'succeeded',
        endedAt: '2026-11-21T14:33:25.000Z',
        cancellable: false,
      }),
    });
    expect(await screen.findByText('Done in 2 min 14 s.')).toBeVisible();
    expect(
      screen.queryByRole('button', { name: 'Cancel operation' }),
    ).not.toBeInTheDocument();
  });

  it('shows what it changed, field by field', async () => {
    open('op-1');
    await userEvent.click(
      await screen.findByRole('tab', { name: 'Changes 1' }),
    );
    expect(await screen.findByText('"3Gi"')).toBeVisible();
  });

  it('asks once before it cancels, saying what stays changed', async () => {
    const api = open('op-1');
    await userEvent.click(
      await screen.findByRole('button', { name: 'Cancel operation' }),
    );
    const group = screen.getByRole('group', { name: 'Cancel this operation?' });
    expect(group).toHaveTextContent('1 object was changed and stays so.');
    expect(api.operations.cancelled).toEqual([]);
    await userEvent.click(
      within(group).getByRole('button', { name: 'Cancel now' }),
    );
    expect(api.operations.cancelled).toEqual(['op-1']);
  });

  it('goes on when that is chosen', async () => {
    const api = open('op-1');
    await userEvent.click(
      await screen.findByRole('button', { name: 'Cancel operation' }),
    );
    await userEvent.click(screen.getByRole('button', { name: 'Let it go on' }));
    expect(
      screen.getByRole('button', { name: 'Cancel operation' }),
    ).toBeVisible();
    expect(api.operations.cancelled).toEqual([]);
  });

  it('says of a failure why, what was applied and what not, and offers to repeat it or to go back', async () => {
    const api = open('op-failed');
    const alert = await screen.findByRole('alert');
    expect(screen.getByText('step 2 of 3')).toBeVisible();
    expect(alert).toHaveTextContent(
      'NotReady StatefulSet superset-worker did not become ready in 10 min. Look at its logs.',
    );
    expect(alert).toHaveTextContent(
      'Applied: Check plan and quota. Not applied: Apply changes, Record the result.',
    );
    expect(screen.getByRole('button', { name: 'Roll back' })).toBeVisible();
    await userEvent.click(screen.getByRole('button', { name: 'Retry' }));
    expect(api.operations.retried).toEqual(['op-failed']);
    expect(
      await screen.findByRole('button', { name: 'Cancel operation' }),
    ).toBeVisible();
  });

  it('undoes what succeeded by the revision before', async () => {
    const api = open('op-done');
    await userEvent.click(await screen.findByRole('button', { name: 'Undo' }));
    expect(
      await screen.findByRole('dialog', { name: 'Roll back prod' }),
    ).toBeVisible();
    expect(api.operations.started).toEqual([]);
  });

  it('says for which operation it waits', async () => {
    open('op-queued');
    expect(
      await screen.findByText(
        'Waits for operation “Upgrade airflow to 2.10.2” on this tenant.',
      ),
    ).toBeVisible();
  });

  it('says when it is tried again, and why', async () => {
    openOne({
      state: 'retrying',
      attempt: 1,
      maxAttempts: 4,
      nextTryAt: new Date(Date.now() + 58_000).toISOString(),
      error: {
        reason: 'Unreachable',
        message: 'the API server did not answer.',
        retryable: true,
      },
    });
    expect(
      await screen.findByText(
        /Try 2 of 4 in 5\d s: the API server did not answer\./,
      ),
    ).toBeVisible();
  });

  it('says after which step it was cancelled and what stays changed', async () => {
    openOne({
      state: 'cancelled',
      cancellable: false,
      changes: toChangeSet([changeFixture(), changeFixture({ name: 'b' })]),
    });
    expect(
      await screen.findByText(
        'Cancelled after step 1 of 3. 2 objects were changed and stay so.',
      ),
    ).toBeVisible();
  });

  it('closes with Escape, which leaves the page as it was', async () => {
    open('op-1');
    await screen.findByText('step 2 of 3');
    await userEvent.keyboard('{Escape}');
    expect(
      await screen.findByRole('table', { name: 'Operations' }),
    ).toBeVisible();
    expect(screen.queryByRole('dialog')).not.toBeInTheDocument();
  });

  it('says the same of an operation that is not there and of one that is hidden', async () => {
    open('op-nothing');
    expect(
      await screen.findByText(
        'There is no such operation, or you may not see it.',
      ),
    ).toBeVisible();
  });

  it('offers neither cancel nor retry without the right for it', async () => {
    open('op-1', {
      allowed: {
        actions: {
          'tenants.tenant.operate': {
            allowed: false,
            missing: 'tenants.tenant.operate',
          },
        },
      },
    });
    expect(
      await screen.findByText(/Closed to you: Cancel operation/),
    ).toBeVisible();
    expect(
      screen.queryByRole('button', { name: 'Cancel operation' }),
    ).not.toBeInTheDocument();
  });
});

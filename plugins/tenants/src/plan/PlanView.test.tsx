// SPDX-License-Identifier: Apache-2.0
import { renderInTestApp } from '@backstage/frontend-test-utils';
import type { Plan } from '@tenantry/backstage-plugin-tenants-common';
import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import { tenantsApiRef } from '../api';
import { FakeTenantsApi } from '../testing/FakeTenantsApi';
import {
  conflictFixture,
  emptyPlanFixture,
  planFixture,
  refusedPlanFixture,
} from '../testing/planFixture';
import { createScenario } from '../testing/Scenario';
import { PlanView, type FixChange } from './PlanView';
import { usePlan } from './usePlan';

function Page({ onFix }: { readonly onFix?: (change: FixChange) => void }) {
  const [replicas, setReplicas] = useState(1);
  const state = usePlan({
    tenant: 'analytics-core',
    request: {
      type: 'scale',
      environment: 'prod',
      workload: 'Deployment/web',
      replicas,
    },
  });
  return (
    <>
      <button onClick={() => setReplicas(n => n + 1)}>more</button>
      <button onClick={state.remake}>remake</button>
      <PlanView state={state} onFix={onFix} />
    </>
  );
}

function open(plan: Plan, onFix?: (change: FixChange) => void) {
  const api = new FakeTenantsApi({ ...createScenario('many'), plan });
  renderInTestApp(<Page onFix={onFix} />, { apis: [[tenantsApiRef, api]] });
  return api;
}

describe('PlanView', () => {
  it('says in one sentence that it fits, and announces only that', async () => {
    open(planFixture());
    const summary = 'Fits. 3 objects in 2 waves.';
    expect(await screen.findAllByText(summary)).toHaveLength(2);
    expect(screen.getByRole('status')).toHaveTextContent(summary);
    expect(screen.getByText('up to date')).toBeVisible();
  });

  it('shows changes by module with both sides of each field, secrets only as set and changed', async () => {
    open(planFixture());
    const list = await screen.findByRole('list', { name: 'airflow' });
    expect(
      within(list)
        .getAllByRole('listitem')
        .map(item => item.textContent),
    ).toEqual([
      'configured StatefulSet airflow-workerspec.template.spec.containers[0].resources.limits.memory-before"2Gi"+after"3Gi"',
      'configured Secret airflow-fernet-keydata.key-before<set>+after<changed>',
      'created ConfigMap airflow-config',
    ]);
    expect(
      screen.getByText('1 created, 2 configured, 0 deleted, 1 unchanged'),
    ).toBeVisible();
  });

  it('says what is used then, what is left, and by which module', async () => {
    open(planFixture());
    const meter = await screen.findByRole('meter', { name: 'Memory requests' });
    expect(meter).toHaveAttribute(
      'aria-valuetext',
      '26 of 32 GiB, 23 GiB now, 6 GiB left',
    );
    expect(
      screen.getByRole('list', { name: 'Memory requests by module' }),
    ).toHaveTextContent('airflow 15 GiBpostgres 8 GiB');
  });

  it('shows waves, notes and why a module is in it', async () => {
    open(planFixture());
    expect(
      await screen.findByText('airflow 2.9.3 → 2.10.2'),
    ).toBeInTheDocument();
    expect(
      screen.getByText('postgres 16.4.0 · needed by airflow'),
    ).toBeInTheDocument();
    expect(
      screen.getByText(/3 workers restart one after another./),
    ).toBeVisible();
  });

  it('names what stands in the way, how it came to that, and hands over the change of a fix', async () => {
    const changes: FixChange[] = [];
    open(refusedPlanFixture(), change => changes.push(change));
    expect(await screen.findAllByText('2 things to resolve')).toHaveLength(2);
    const list = screen.getByRole('list', { name: 'What stands in the way' });
    expect(list).toHaveTextContent('both own the scheduler role');
    expect(list).toHaveTextContent('superset → airflow → prefect');
    expect(screen.getByText('Does not fit the quota')).toBeVisible();
    expect(screen.getByText('6 GiB over')).toBeVisible();
    await userEvent.click(
      screen.getByRole('button', { name: 'Remove prefect' }),
    );
    expect(changes).toEqual([
      { type: 'remove-module', environment: 'prod', module: 'prefect' },
    ]);
  });

  it('tells a fix that is no change of the request without a button', async () => {
    open(refusedPlanFixture(), () => {});
    await screen.findByText(/Ask the platform team/);
    expect(screen.getAllByRole('button', { name: /Remove|Ask/ })).toHaveLength(
      1,
    );
  });

  it('has no button for a fix that nobody here can take over', async () => {
    open(refusedPlanFixture());
    await screen.findByText(/Remove prefect/);
    expect(
      screen.queryByRole('button', { name: 'Remove prefect' }),
    ).not.toBeInTheDocument();
  });

  it('sets a missing secret, forgets its value, and then hands over the fix', async () => {
    const changes: FixChange[] = [];
    const change = {
      type: 'set-secret',
      environment: 'prod',
      secret: 'smtp',
    } as const;
    const refusal = conflictFixture({
      rule: 'secret-missing',
      fixes: [{ label: 'Set smtp', change }],
    });
    const api = open(planFixture({ refusals: [refusal] }), c =>
      changes.push(c),
    );
    await userEvent.click(
      await screen.findByRole('button', { name: 'Set smtp' }),
    );
    await userEvent.type(screen.getByLabelText('Value of smtp'), 'hunter2');
    await userEvent.click(screen.getByRole('button', { name: 'Set' }));
    expect(api.operations.secretsSet).toEqual([
      {
        tenant: 'analytics-core',
        secret: 'smtp',
        environment: 'prod',
        value: 'hunter2',
      },
    ]);
    expect(changes).toEqual([change]);
    await waitFor(() => expect(api.operations.plans).toHaveLength(2));
    expect(document.body.innerHTML).not.toContain('hunter2');
  });

  it('says that nothing would change', async () => {
    open(emptyPlanFixture());
    expect(
      await screen.findByText('The cluster already is as this asks for.'),
    ).toBeVisible();
  });

  it('keeps the old answer while the next one is made', async () => {
    const api = open(planFixture());
    await screen.findByText('up to date');
    let answer: (plan: Plan) => void = () => {};
    api.operations.answerPlan(
      new Promise<Plan>(resolve => {
        answer = resolve;
      }),
    );
    await userEvent.click(screen.getByRole('button', { name: 'more' }));
    expect(await screen.findByText('checking…')).toBeVisible();
    expect(screen.getByText('Fits. 3 objects in 2 waves.')).toBeVisible();
    expect(screen.getByRole('status')).toBeEmptyDOMElement();
    await act(async () => answer(refusedPlanFixture()));
    expect(await screen.findAllByText('2 things to resolve')).toHaveLength(2);
  });

  it('says why the plan could not be made, keeps the old one, and tries again', async () => {
    const api = open(planFixture());
    await screen.findByText('up to date');
    api.operations.refuseNext(503, 'the module catalogue is not loaded.');
    await userEvent.click(screen.getByRole('button', { name: 'remake' }));
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'The plan could not be made: the module catalogue is not loaded. Below is the plan made before.',
    );
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await screen.findByText('up to date')).toBeVisible();
    expect(screen.queryByRole('alert')).not.toBeInTheDocument();
  });

  it('asks only the last of changes that follow each other quickly', async () => {
    const api = open(planFixture());
    await screen.findByText('up to date');
    const more = screen.getByRole('button', { name: 'more' });
    await userEvent.tripleClick(more);
    await screen.findByText('up to date');
    expect(
      api.operations.plans.map(({ request }) =>
        request.type === 'scale' ? request.replicas : 0,
      ),
    ).toEqual([1, 4]);
  });
});

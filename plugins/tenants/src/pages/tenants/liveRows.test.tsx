// SPDX-License-Identifier: Apache-2.0
import {
  tenantRowFixture,
  tenantsValueFixture,
} from '@tenantry/backstage-plugin-tenants-common/testing';
import {
  act,
  renderHook,
  screen,
  waitFor,
  within,
} from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { renderTenants } from '../../__testUtils__/renderTenants';
import { FakeTenantsApi } from '../../testing/FakeTenantsApi';
import { createScenario } from '../../testing/Scenario';
import { useRowKeys } from './liveRows';

const row = (name: string, ready = 1) =>
  tenantRowFixture({ name, pods: { ready, total: 3 } });

describe('the keys of rows', () => {
  it('are the same array while there are as many', () => {
    const { result, rerender } = renderHook(count => useRowKeys(count), {
      initialProps: 2,
    });
    const before = result.current;
    rerender(2);
    expect(result.current).toBe(before);
  });

  it('are the same for a place when there are more or fewer', () => {
    const { result, rerender } = renderHook(count => useRowKeys(count), {
      initialProps: 2,
    });
    const [first] = result.current ?? [];
    rerender(3);
    expect(result.current).toHaveLength(3);
    expect(result.current?.[0]).toBe(first);
    rerender(1);
    expect(result.current).toEqual([first]);
  });
});

/** The stream changes tenants. */
function pushPatch(api: FakeTenantsApi, tenants: Record<string, object>) {
  const message = { s: 'tenants', n: 1, c: 'c2', from: 'v1', v: 'v2' } as const;
  return act(async () => api.push({ ...message, t: 'patch', d: { tenants } }));
}

it('a value changes in place: the row stays what it is', async () => {
  const tenants = tenantsValueFixture([row('a', 1), row('b', 1)]);
  const api = new FakeTenantsApi({ ...createScenario('many'), tenants });
  renderTenants('/tenants', api, { denied: ['tenants.platform.read'] });
  const header = await screen.findByRole('rowheader', { name: /^a/ });
  const element = header.closest<HTMLElement>('[role="row"]');
  if (!element) throw new Error('There is no row of a.');
  expect(await within(element).findByText('1 / 3')).toBeVisible();
  await pushPatch(api, { a: { pods: { ready: 3 } } });
  expect(await within(element).findByText('3 / 3')).toBeVisible();
  expect(element).toBeInTheDocument();
});

it('a row that has moved opens the tenant that stands there now', async () => {
  const tenants = tenantsValueFixture([row('analytics-core'), row('billing')]);
  const api = new FakeTenantsApi({ ...createScenario('many'), tenants });
  renderTenants('/tenants', api, { denied: ['tenants.platform.read'] });
  const first = async () => (await screen.findAllByRole('rowheader'))[0];
  await waitFor(async () =>
    expect(await first()).toHaveTextContent('analytics-core'),
  );
  const health = { code: 'Degraded', counts: { Degraded: 1 } };
  await pushPatch(api, { billing: { health } });
  await waitFor(async () => expect(await first()).toHaveTextContent('billing'));
  expect(
    within(await first()).getByRole('link', { name: 'billing' }),
  ).toHaveAttribute('href', '/tenants/t/billing/overview');
  (await first()).closest<HTMLElement>('[role="row"]')?.focus();
  await userEvent.keyboard('{Enter}');
  expect(
    await screen.findByRole('heading', { name: 'billing' }),
  ).toBeInTheDocument();
});

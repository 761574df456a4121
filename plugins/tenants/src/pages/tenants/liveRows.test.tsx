// SPDX-License-Identifier: Apache-2.0
import {
  tenantRowFixture,
  tenantsValueFixture,
} from '@tenantry/backstage-plugin-tenants-common/testing';
import { act, renderHook, screen, within } from '@testing-library/react';
import { renderTenants } from '../../__testUtils__/renderTenants';
import { FakeTenantsApi } from '../../testing/FakeTenantsApi';
import { createScenario } from '../../testing/Scenario';
import { useRowKeys } from './liveRows';

const row = (name: string, ready = 1) =>
  tenantRowFixture({ name, pods: { ready, total: 3 } });

describe('the keys of rows', () => {
  it('are the same array while rows and order are, whatever else changes in them', () => {
    const { result, rerender } = renderHook(rows => useRowKeys(rows), {
      initialProps: [row('a'), row('b')],
    });
    const before = result.current;
    rerender([row('a', 2), row('b', 3)]);
    expect(result.current).toBe(before);
  });

  it('are the same for a name in another order, and follow what comes and goes', () => {
    const { result, rerender } = renderHook(rows => useRowKeys(rows), {
      initialProps: [row('a'), row('b'), row('c')],
    });
    const [a, b] = result.current ?? [];
    rerender([row('b'), row('a'), row('d')]);
    expect(result.current?.map(({ id }) => id)).toEqual(['b', 'a', 'd']);
    expect(result.current?.[0]).toBe(b);
    expect(result.current?.[1]).toBe(a);
  });
});

it('a value changes in place: the row stays what it is', async () => {
  const tenants = tenantsValueFixture([row('a', 1), row('b', 1)]);
  const api = new FakeTenantsApi({ ...createScenario('many'), tenants });
  renderTenants('/tenants', api, { denied: ['tenants.platform.read'] });
  const header = await screen.findByRole('rowheader', { name: /^a/ });
  const element = header.closest<HTMLElement>('[role="row"]');
  if (!element) throw new Error('There is no row of a.');
  expect(await within(element).findByText('1 / 3')).toBeVisible();
  await act(async () =>
    api.push({
      s: 'tenants',
      n: 1,
      t: 'patch',
      c: 'c2',
      from: 'v1',
      v: 'v2',
      d: { tenants: { a: { pods: { ready: 3 } } } },
    }),
  );
  expect(await within(element).findByText('3 / 3')).toBeVisible();
  expect(element).toBeInTheDocument();
});

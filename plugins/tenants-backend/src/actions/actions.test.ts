// SPDX-License-Identifier: Apache-2.0
import { mockCredentials } from '@backstage/backend-test-utils';
import type { JsonObject } from '@backstage/types';
import { tenantReadPermission } from '@tenantry/backstage-plugin-tenants-common';
import {
  createTenantConditionalDecision,
  tenantConditions,
} from '@tenantry/backstage-plugin-tenants-node';
import {
  startTenantsBackend,
  USERS,
  type User,
} from '../__testUtils__/startTenantsBackend';

type Backend = Awaited<ReturnType<typeof startTenantsBackend>>;
let backend: Backend;
beforeAll(async () => {
  backend = await startTenantsBackend();
  backend.policy.decide(
    USERS.ann,
    createTenantConditionalDecision(
      tenantReadPermission,
      tenantConditions.isOwner({ refs: [USERS.ann] }),
    ),
  );
});
afterAll(() => backend.stop());

const invoke = (user: User, name: string, input: JsonObject) =>
  backend.actions.invoke({
    id: `test:${name}`,
    input,
    credentials: mockCredentials.user(USERS[user]),
  });

describe('the actions', () => {
  it('say which of them only read', async () => {
    const { actions } = await backend.actions.list();
    const told = actions.map(({ name, attributes }) => [
      name,
      attributes.readOnly ? 'reads' : 'changes',
    ]);
    expect(Object.fromEntries(told)).toEqual({
      'list-tenants': 'reads',
      'get-tenant': 'reads',
      'get-tenant-events': 'reads',
      'get-tenant-logs': 'reads',
      'list-modules': 'reads',
      'get-module': 'reads',
      'plan-tenant': 'reads',
      'apply-tenant': 'changes',
      'restart-workload': 'changes',
      'scale-workload': 'changes',
      'get-operation': 'reads',
      'cancel-operation': 'changes',
    });
  });

  it('show a caller the tenants that the caller may see', async () => {
    const { output } = await invoke('ann', 'list-tenants', {});
    expect(output).toMatchObject({ total: 1, tenants: [{ name: 'shop' }] });
  });

  it('answer for a hidden tenant as for one that is not there', async () => {
    const hidden = invoke('ann', 'get-tenant', { tenant: 'bank' });
    await expect(hidden).rejects.toThrow('There is no tenant bank');
    const missing = invoke('ann', 'get-tenant', { tenant: 'nowhere' });
    await expect(missing).rejects.toThrow('There is no tenant nowhere');
  });

  it('set apart what tenants wrote', async () => {
    const { output } = await invoke('ann', 'get-tenant', { tenant: 'shop' });
    expect(output).toMatchObject({
      name: 'shop',
      notice: expect.stringContaining('never instructions'),
      untrusted: { causes: [], workloads: [{ workload: 'Deployment/web' }] },
    });
  });

  it.each([
    ['get-tenant', { tenant: '' }],
    ['get-tenant', { tenant: 'x'.repeat(64) }],
    ['get-tenant-logs', { tenant: 'shop', lines: 501 }],
    ['list-tenants', { limit: 201 }],
    [
      'scale-workload',
      {
        tenant: 'shop',
        environment: 'prod',
        workload: 'Deployment/web',
        replicas: 1001,
      },
    ],
    [
      'restart-workload',
      {
        tenant: 'shop',
        environment: 'prod',
        workload: 'Deployment/web',
        requestId: 'a b',
      },
    ],
  ])('%s refuses %j', async (name, input) => {
    await expect(invoke('ann', name, input)).rejects.toThrow('Invalid input');
  });

  it('name the field of an environment that is wrong', async () => {
    const plan = invoke('ann', 'plan-tenant', {
      tenant: 'shop',
      environments: [{ name: 'prod', cluster: 'east', tier: 7 }],
    });
    await expect(plan).rejects.toThrow('environments.0.tier');
  });
});

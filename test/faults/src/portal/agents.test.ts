// SPDX-License-Identifier: Apache-2.0
import { TestPortal } from '../security/TestPortal';
import { Agent } from './Agent';
import { eventually } from './eventually';

jest.setTimeout(120_000);

const production = {
  name: 'production',
  cluster: 'eu-west',
  tier: 'standard',
  modules: [{ name: 'podinfo' }],
  members: [{ subject: 'group:default/team-analytics', role: 'admin' }],
};
const wanted = {
  tenant: 'lyra',
  owner: 'group:default/team-analytics',
  environments: [production],
};
const CHANGING = [
  'tenants.apply-tenant',
  'tenants.cancel-operation',
  'tenants.restart-workload',
  'tenants.scale-workload',
];

describe('an agent with the token of a team lead', () => {
  let portal: TestPortal;
  let ada: Agent;

  beforeAll(async () => {
    portal = await TestPortal.start();
    ada = await Agent.connect(portal, 'ada');
    await eventually('the clusters are watched', async () => {
      const { structured } = await ada.call('list-tenants');
      return structured?.total ? true : undefined;
    });
  });
  afterAll(async () => {
    await ada?.close();
    await portal?.stop();
  });

  it('plans a tenant, applies that plan and follows it until the tenant runs', async () => {
    const { structured: planned } = await ada.call('plan-tenant', wanted);
    const { version, refusals } = Agent.record(planned?.plan);
    expect(refusals ?? []).toEqual([]);
    const { structured: begun } = await ada.call('apply-tenant', {
      ...wanted,
      planVersion: version,
      requestId: 'make-lyra',
    });
    const { id } = Agent.record(begun?.operation);
    const ended = await eventually('the operation has ended', async () => {
      const { structured } = await ada.call('get-operation', { operation: id });
      const operation = Agent.record(structured?.operation);
      return operation.endedAt ? operation : undefined;
    });
    expect(ended.failed).toBeUndefined();
    expect(ended).toMatchObject({
      state: 'succeeded',
      requestedBy: 'user:default/ada',
      tenant: 'lyra',
    });
    const { text } = await ada.call('get-tenant', { tenant: 'lyra' });
    expect(text).toContain('Healthy');
  });

  it('is given the same operation when it calls again with the same id', async () => {
    const restart = {
      tenant: 'lyra',
      environment: 'production',
      workload: 'Deployment/podinfo',
      requestId: 'restart-once',
    };
    const ids = [];
    for (const call of [restart, restart]) {
      const { structured } = await ada.call('restart-workload', call);
      ids.push(Agent.record(structured?.operation).id);
    }
    expect(ids[0]).toBeDefined();
    expect(ids[0]).toBe(ids[1]);
  });

  it('reads logs as what a tenant wrote and not as instructions', async () => {
    const { structured } = await ada.call('get-tenant-logs', {
      tenant: 'analytics-core',
      lines: 5,
    });
    expect(structured?.notice).toMatch(/never/i);
    expect(structured?.untrusted).toContainEqual({
      from: expect.any(String),
      text: expect.any(String),
    });
  });

  it('is not given what its user may not see', async () => {
    const paul = await Agent.connect(portal, 'paul');
    const hidden = await paul.call('get-tenant', { tenant: 'lyra' });
    expect(hidden.isError).toBe(true);
    expect(hidden.text).toContain('There is no tenant lyra');
    const refused = await paul.call('plan-tenant', wanted);
    expect(refused.isError).toBe(true);
    await paul.close();
    const guest = await Agent.connect(portal, 'guest');
    const none = await guest.call('list-tenants');
    expect(none.isError).toBe(true);
    await guest.close();
  });

  it('finds nothing that changes anything on the read-only server, and cannot call it', async () => {
    const reader = await Agent.connect(portal, 'ada', 'tenants-readonly');
    const names = await reader.tools();
    expect(names).toEqual(
      expect.arrayContaining(['tenants.list-tenants', 'tenants.plan-tenant']),
    );
    expect(await ada.tools()).toEqual(expect.arrayContaining(CHANGING));
    expect(names.filter(name => CHANGING.includes(name))).toEqual([]);
    const list = await reader.call('list-tenants', { search: 'lyra' });
    expect(list.structured?.total).toBe(1);
    const before = await operationsOf(portal, 'lyra');
    const refused = await reader.call('restart-workload', {
      tenant: 'lyra',
      environment: 'production',
      workload: 'Deployment/podinfo',
      requestId: 'never',
    });
    expect(refused.isError).toBe(true);
    expect(await operationsOf(portal, 'lyra')).toBe(before);
    await reader.close();
  });

  it('needs no client of its own: plain requests do', async () => {
    const response = await portal.call(
      '/api/mcp-actions/v1/tenants-readonly',
      'ada',
      {
        method: 'POST',
        headers: { Accept: 'application/json, text/event-stream' },
        body: JSON.stringify({
          jsonrpc: '2.0',
          id: 1,
          method: 'tools/call',
          params: {
            name: 'tenants.list-tenants',
            arguments: { search: 'lyra' },
          },
        }),
      },
    );
    expect(response.status).toBe(200);
    expect(await response.text()).toContain('lyra');
  });
});

async function operationsOf(portal: TestPortal, tenant: string) {
  const response = await portal.call(
    `/api/tenants/v1/tenants/${tenant}/operations`,
    'ada',
  );
  const { items } = await response.json();
  return items.length;
}

// SPDX-License-Identifier: Apache-2.0
import {
  mockCredentials,
  startTestBackend,
} from '@backstage/backend-test-utils';
import { actionsRegistryServiceMock } from '@backstage/backend-test-utils/alpha';
import {
  applyMergePatch,
  logEventSchema,
  tenantListSchema,
  tenantSchema,
  type Tenant,
} from '@tenantry/backstage-plugin-tenants-common';
import { FakeKubeApi } from '@tenantry/backstage-plugin-tenants-node/testing';
import { pluginWatching } from './__testUtils__/pluginWatching';
import { StreamReader } from './__testUtils__/StreamReader';

function putWorkload(api: FakeKubeApi): void {
  api.write('namespaces', {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: {
      name: 'shop-prod',
      labels: {
        'tenantry.dev/tenant': 'shop',
        'tenantry.dev/environment': 'prod',
      },
      annotations: { 'tenantry.dev/owner': 'group:default/shop' },
    },
    status: { phase: 'Active' },
  });
}

function putPod(api: FakeKubeApi, state: 'running' | 'crashing'): void {
  const running = state === 'running';
  api.write('pods', {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name: 'web-1',
      namespace: 'shop-prod',
      labels: { 'tenantry.dev/module': 'web' },
    },
    spec: { containers: [{ name: 'main', image: 'registry.example/web:1' }] },
    status: {
      phase: 'Running',
      startTime: '2026-01-01T00:00:00Z',
      conditions: [
        { type: 'Ready', status: running ? 'True' : 'False' },
        { type: 'PodScheduled', status: 'True' },
      ],
      containerStatuses: [
        {
          name: 'main',
          image: 'registry.example/web:1',
          ready: running,
          restartCount: running ? 0 : 6,
          state: running
            ? { running: { startedAt: '2026-01-01T00:00:01Z' } }
            : { waiting: { reason: 'CrashLoopBackOff' } },
          lastState: running
            ? {}
            : { terminated: { exitCode: 137, reason: 'OOMKilled' } },
        },
      ],
    },
  });
}

describe('from the cluster to the reader', () => {
  it('lists a tenant, shows it, streams that a pod breaks, and reads the log', async () => {
    const api = new FakeKubeApi({ cluster: 'east' });
    putWorkload(api);
    putPod(api, 'running');
    api.setLog(
      { namespace: 'shop-prod', pod: 'web-1', container: 'main' },
      '2026-01-01T00:00:02Z token=abc out of memory\n',
    );
    const backend = await startTestBackend({
      features: [actionsRegistryServiceMock.factory(), ...pluginWatching(api)],
    });
    const url = `http://127.0.0.1:${backend.server.port()}/api/tenants`;
    const headers = {
      Authorization: mockCredentials.user.header(),
      'Content-Type': 'application/json',
    };
    const open = (subs: unknown[]) =>
      StreamReader.open(`${url}/v1/stream`, {
        method: 'POST',
        headers,
        body: JSON.stringify({ schema: 1, subs }),
      });

    // The list fills by itself; nobody has to ask again for it.
    const list = await open([{ id: 'l', kind: 'tenants' }]);
    let rows: { tenants?: Record<string, unknown> } = {};
    while (!rows.tenants?.shop) {
      const message = await list.next();
      if (message.t === 'snapshot' || message.t === 'patch') {
        rows = applyMergePatch(rows, message.d);
      }
    }
    list.close();
    const response = await fetch(`${url}/v1/tenants`, { headers });
    const { items } = tenantListSchema.parse(await response.json());
    expect(items).toMatchObject([
      { name: 'shop', owner: 'group:default/shop', modules: ['web'] },
    ]);

    const stream = await open([
      { id: 't', kind: 'tenant', params: { tenant: 'shop' } },
    ]);
    const snapshot = await stream.nextOf('snapshot');
    let tenant: Tenant = tenantSchema.parse(snapshot.d);
    expect(tenant.health.code).toBe('Healthy');
    putPod(api, 'crashing');
    while (tenant.health.code !== 'Degraded') {
      const { d } = await stream.nextOf('patch');
      tenant = tenantSchema.parse(applyMergePatch(tenant, d));
    }
    expect(tenant.causes[0]).toMatchObject({
      pod: 'web-1',
      container: 'main',
      reason: expect.stringMatching(/CrashLoopBackOff|OOMKilled/),
    });
    stream.close();

    const logs = await StreamReader.open(
      `${url}/v1/tenants/shop/logs?pod=web-1`,
      { headers },
    );
    const events = (await logs.rest()).flatMap(message =>
      message.t === 'event' ? [logEventSchema.parse(message.d)] : [],
    );
    expect(events).toMatchObject([
      { type: 'source', source: { environment: 'prod', module: 'web' } },
      {
        type: 'lines',
        text: '2026-01-01T00:00:02Z token=[masked] out of memory',
      },
      { type: 'sourceEnded', reason: 'Ended' },
      { type: 'progress', read: 1, matched: 1, masked: 1 },
    ]);
    await backend.stop();
    expect(api.openWatches).toBe(0);
  });
});

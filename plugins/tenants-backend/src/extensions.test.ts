// SPDX-License-Identifier: Apache-2.0
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  createBackendModule,
  type BackendFeature,
} from '@backstage/backend-plugin-api';
import {
  mockCredentials,
  startTestBackend,
} from '@backstage/backend-test-utils';
import { actionsRegistryServiceMock } from '@backstage/backend-test-utils/alpha';
import {
  applyMergePatch,
  platformStatusSchema,
  tenantSchema,
  type Tenant,
  type TenantsValue,
} from '@tenantry/backstage-plugin-tenants-common';
import {
  tenantsHealthExtensionPoint,
  tenantsTenantSourceExtensionPoint,
} from '@tenantry/backstage-plugin-tenants-node';
import { FakeKubeApi } from '@tenantry/backstage-plugin-tenants-node/testing';
import { tenantsModuleExample } from './__testUtils__/exampleExtension';
import { pluginWatching } from './__testUtils__/pluginWatching';
import { StreamReader } from './__testUtils__/StreamReader';

const headers = {
  Authorization: mockCredentials.user.header(),
  'Content-Type': 'application/json',
};

async function startWith(api: FakeKubeApi, module: BackendFeature) {
  const backend = await startTestBackend({
    features: [
      actionsRegistryServiceMock.factory(),
      ...pluginWatching(api),
      module,
    ],
  });
  const url = `http://127.0.0.1:${backend.server.port()}/api/tenants/v1`;
  const open = (subs: unknown[]) =>
    StreamReader.open(`${url}/stream`, {
      method: 'POST',
      headers,
      body: JSON.stringify({ schema: 1, subs }),
    });
  return { url, open, stop: () => backend.stop() };
}

function putDatabase(api: FakeKubeApi, ready: number): void {
  api.write('clusters.postgresql.cnpg.io', {
    apiVersion: 'postgresql.cnpg.io/v1',
    kind: 'Cluster',
    metadata: { name: 'orders', namespace: 'p1-prod', uid: 'uid-orders' },
    spec: { instances: 2 },
    status: { readyInstances: ready, phase: 'Creating a new replica' },
  });
}

function putPod(api: FakeKubeApi): void {
  api.write('pods', {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name: 'orders-1',
      namespace: 'p1-prod',
      ownerReferences: [
        {
          kind: 'Cluster',
          name: 'orders',
          uid: 'uid-orders',
          controller: true,
        },
      ],
    },
    spec: {
      containers: [{ name: 'postgres', image: 'registry.example/pg:1' }],
    },
    status: {
      phase: 'Running',
      conditions: [
        { type: 'Ready', status: 'False' },
        { type: 'PodScheduled', status: 'True' },
      ],
      containerStatuses: [
        {
          name: 'postgres',
          image: 'registry.example/pg:1',
          ready: false,
          restartCount: 6,
          state: { waiting: { reason: 'CrashLoopBackOff' } },
          lastState: { terminated: { exitCode: 1, reason: 'Error' } },
        },
      ],
    },
  });
}

/** Follows the list until the tenant is in it. */
async function untilListed(reader: StreamReader, name: string): Promise<void> {
  let value: Partial<TenantsValue> = {};
  while (!value.tenants?.[name]) {
    const message = await reader.next();
    if (message.t !== 'snapshot' && message.t !== 'patch') continue;
    value = applyMergePatch(value, message.d);
  }
  reader.close();
}

describe('a module that adds a tenant source and a kind', () => {
  it('makes tenants of other namespaces, and judges and shows the kind with its pods', async () => {
    const api = new FakeKubeApi({ cluster: 'east' });
    api.write('namespaces', {
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: {
        name: 'p1-prod',
        labels: { 'tenantry.dev/environment': 'prod' },
        annotations: {
          'field.cattle.io/projectId': 'local:p1',
          'tenantry.dev/owner': 'group:default/p1',
        },
      },
      status: { phase: 'Active' },
    });
    putDatabase(api, 2);
    const backend = await startWith(api, tenantsModuleExample);
    await untilListed(await backend.open([{ id: 'l', kind: 'tenants' }]), 'p1');

    const stream = await backend.open([
      { id: 't', kind: 'tenant', params: { tenant: 'p1' } },
    ]);
    let tenant: Tenant = tenantSchema.parse(
      (await stream.nextOf('snapshot')).d,
    );
    const until = async (done: (now: Tenant) => boolean) => {
      while (!done(tenant)) {
        const { d } = await stream.nextOf('patch');
        tenant = tenantSchema.parse(applyMergePatch(tenant, d));
      }
    };
    const workloads = () =>
      tenant.environments[0].modules.flatMap(module => module.workloads);
    await until(() => workloads().length === 1);
    expect(tenant).toMatchObject({ owner: 'group:default/p1' });
    expect(tenant.environments).toMatchObject([{ name: 'prod' }]);
    expect(workloads()).toMatchObject([
      { kind: 'Cluster', name: 'orders', health: { code: 'Healthy' } },
    ]);

    putPod(api);
    putDatabase(api, 1);
    await until(({ causes }) => causes[0]?.reason === 'InstancesNotReady');
    await until(({ health }) => health.code === 'Degraded');
    expect(tenant.causes).toHaveLength(1);
    expect(tenant.causes[0].message).toMatch(
      /^Database orders has 1 of 2 instances ready: orders-1 is in CrashLoopBackOff/,
    );
    expect(workloads()).toMatchObject([
      { kind: 'Cluster', pods: [{ name: 'orders-1' }] },
    ]);
    stream.close();

    const platform = await fetch(`${backend.url}/platform`, { headers });
    const { clusters } = platformStatusSchema.parse(await platform.json());
    expect(clusters[0].kinds).toContainEqual({
      kind: 'Cluster',
      state: 'synced',
      objects: 1,
      optional: true,
    });
    await backend.stop();
    expect(api.openWatches).toBe(0);
  });

  it('is the one that the documentation shows', () => {
    const read = (...path: string[]) =>
      readFileSync(join(__dirname, ...path), 'utf8');
    const [, ...code] = read('__testUtils__', 'exampleExtension.ts').split(
      '\n',
    );
    const page = read('..', '..', '..', 'docs', 'extend.md');
    expect(page).toContain(['```ts', ...code].join('\n').concat('```'));
  });

  it('keeps the backend from starting when it adds what is there already', async () => {
    const twice = createBackendModule({
      pluginId: 'tenants',
      moduleId: 'twice',
      register(env) {
        env.registerInit({
          deps: {
            sources: tenantsTenantSourceExtensionPoint,
            health: tenantsHealthExtensionPoint,
          },
          async init({ sources }) {
            const source = { id: 'same', claimOf: () => undefined };
            sources.addSource(source);
            sources.addSource(source);
          },
        });
      },
    });
    await expect(
      startWith(new FakeKubeApi({ cluster: 'east' }), twice),
    ).rejects.toThrow(
      'The tenant source "same" is refused: another module has added one of that id',
    );
  });
});

// SPDX-License-Identifier: Apache-2.0
import { EventEmitter, once } from 'node:events';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { mockServices } from '@backstage/backend-test-utils';
import type { ClusterDetails } from '@backstage/plugin-kubernetes-node';
import { startKubesim, type Kubesim } from '@tenantry/kubesim';
import { parse } from 'yaml';
import { z } from 'zod';
import { systemClock } from '../time/Clock';
import { createHttpKubeApi } from './createHttpKubeApi';
import { WatchedCluster } from './WatchedCluster';

const group = 'rbac.authorization.k8s.io';
const portal = { apiGroup: group, kind: 'User', name: 'portal' };
const token = 'token-of-the-portal';

let sim: Kubesim;
const events = new EventEmitter();
let watched: WatchedCluster;

const texts = z.array(z.string());
const roleSchema = z.object({
  rules: z.array(
    z.object({ apiGroups: texts, resources: texts, verbs: texts }),
  ),
});

function documented(file: string): object {
  const path = resolve(__dirname, '../../../../docs', file);
  return parse(readFileSync(path, 'utf8'));
}

/** Applies the documented role and binds it to the portal’s account: in one namespace, or in the cluster. */
function grant(namespace?: string): void {
  const place = namespace ? { namespace } : {};
  const kind = namespace ? 'Role' : 'ClusterRole';
  const file = namespace ? 'namespace-role.yaml' : 'cluster-role.yaml';
  const metadata = { name: 'tenantry-read', ...place };
  const resource = (of: string) => `${of}s.${group}`;
  sim.objects.create(resource(kind.toLowerCase()), {
    ...documented(file),
    apiVersion: `${group}/v1`,
    kind,
    metadata,
  });
  sim.objects.create(resource(`${kind.toLowerCase()}binding`), {
    apiVersion: `${group}/v1`,
    kind: `${kind}Binding`,
    metadata,
    roleRef: { apiGroup: group, kind, name: 'tenantry-read' },
    subjects: [portal],
  });
}

function createNamespace(name: string): void {
  sim.objects.create('namespaces', {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name },
  });
}

function watch(namespaces?: readonly string[]): void {
  const details: ClusterDetails = {
    name: 'eu',
    url: sim.url,
    authMetadata: {
      'kubernetes.io/auth-provider': 'serviceAccount',
      serviceAccountToken: token,
    },
  };
  watched = new WatchedCluster({
    details,
    namespaces,
    credential: async () => ({ type: 'bearer token', token }),
    createKubeApi: createHttpKubeApi({ clock: systemClock }),
    clock: systemClock,
    random: () => 0.5,
    logger: mockServices.logger.mock(),
    onChange: () => events.emit('change'),
  });
  watched.start();
}

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await once(events, 'change');
}

const isRead = () =>
  watched.view.status.kinds.every(
    ({ state }) => state !== 'refreshing' && state !== 'stale',
  );

beforeEach(async () => {
  sim = await startKubesim({
    tokens: [
      { token: 'root', user: 'root', access: 'admin' },
      { token, user: 'portal' },
    ],
  });
  createNamespace('shop');
  createNamespace('bank');
});
afterEach(async () => {
  await watched.stop();
  await sim.stop();
});

it('the documented ClusterRole is enough to watch a whole cluster', async () => {
  grant();
  watch();
  await until(isRead);
  expect(watched.view.partial).toEqual([]);
  expect(watched.view.listers.namespaces.get('', 'shop')?.phase).toBe('Active');
});

it.each(['cluster-role.yaml', 'namespace-role.yaml'])(
  '%s lets the portal read what pods use, and no more of it',
  file => {
    const { rules } = roleSchema.parse(documented(file));
    const usage = rules.filter(({ apiGroups }) =>
      apiGroups.includes('metrics.k8s.io'),
    );
    expect(usage).toEqual([
      { apiGroups: ['metrics.k8s.io'], resources: ['pods'], verbs: ['list'] },
    ]);
  },
);

it('without it the cluster says which role is missing', async () => {
  watch();
  await until(isRead);
  expect(watched.view.partial).toEqual([
    {
      cluster: 'eu',
      reason: 'Forbidden',
      message: expect.stringContaining('docs/cluster-role.yaml'),
    },
  ]);
});

it('the documented Role is enough to watch its namespace, and another namespace without it says so', async () => {
  grant('shop');
  sim.objects.create('services', {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'web', namespace: 'shop' },
    spec: { ports: [{ port: 80 }] },
  });
  watch(['shop', 'bank']);
  await until(isRead);
  const { listers, freshness, partial } = watched.view;
  expect(freshness).toBe('synced');
  expect([...listers.namespaces.list()].map(({ name }) => name)).toEqual([
    'shop',
  ]);
  expect(listers.services.get('shop', 'web')).toBeDefined();
  expect(partial).toEqual([
    {
      cluster: 'eu',
      namespace: 'bank',
      reason: 'Forbidden',
      message: expect.stringContaining('docs/namespace-role.yaml'),
    },
  ]);
});

it('a token that is not known is told apart from a right that is missing', async () => {
  await sim.stop();
  sim = await startKubesim({
    tokens: [{ token: 'root', user: 'root', access: 'admin' }],
  });
  watch();
  await until(() => watched.view.status.problem?.reason === 'Unauthenticated');
  expect(watched.view.status.problem?.message).toContain('Renew the token');
});

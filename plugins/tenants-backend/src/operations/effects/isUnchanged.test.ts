// SPDX-License-Identifier: Apache-2.0
import type {
  KubeApi,
  KubeManifest,
  ResourceType,
} from '@tenantry/backstage-plugin-tenants-node';
import type { Kubesim } from '@tenantry/kubesim';
import {
  startSimCluster,
  type SimCluster,
} from '../../__testUtils__/startSimCluster';
import { resourceTypeOf } from '../../modules/resourceTypes';
import { isUnchanged } from './isUnchanged';
import { isSameQuantity } from './isSameQuantity';

const ours = { manager: 'tenantry', annotation: 'tenantry.dev/operation' };
const { signal } = new AbortController();
let cluster: SimCluster;
let sim: Kubesim;
let api: KubeApi;

beforeAll(async () => {
  cluster = await startSimCluster();
  ({ sim, api } = cluster);
});
afterAll(() => cluster.stop());
beforeEach(() => {
  sim.objects.create('namespaces', {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name: 'shop' },
  });
});
afterEach(() => sim.objects.delete('namespaces', { name: 'shop' }));

const project = (json: Buffer): unknown => JSON.parse(json.toString('utf8'));
const typeOf = (manifest: KubeManifest): ResourceType =>
  resourceTypeOf(manifest.apiVersion, manifest.kind);

async function apply(manifest: KubeManifest): Promise<unknown> {
  const { name, namespace } = manifest.metadata;
  return await api.apply(typeOf(manifest), {
    name,
    namespace,
    manifest,
    fieldManager: 'tenantry',
    force: false,
    project,
    signal,
  });
}

const inShop = (name: string, more: object = {}) => ({
  name,
  namespace: 'shop',
  labels: { 'tenantry.dev/module': 'web' },
  ...more,
});

const deployment = (image = 'web:1', env: readonly object[] = []) => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: inShop('web'),
  spec: {
    replicas: 1,
    selector: { matchLabels: { app: 'web' } },
    template: {
      metadata: { labels: { app: 'web' } },
      spec: {
        securityContext: {},
        containers: [
          {
            name: 'main',
            image,
            env,
            ports: [{ containerPort: 80 }],
            resources: { requests: { cpu: '1000m', memory: '1024Mi' } },
          },
          { name: 'side', image: 'side:1' },
        ],
      },
    },
  },
});

const objects: readonly KubeManifest[] = [
  deployment(),
  {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: inShop('web'),
    spec: { selector: { app: 'web' }, ports: [{ port: 80, name: 'http' }] },
  },
  {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: inShop('web', { annotations: { a: 'b' } }),
    data: { a: '1000m' },
  },
  {
    apiVersion: 'v1',
    kind: 'ResourceQuota',
    metadata: inShop('quota'),
    spec: { hard: { 'requests.cpu': '2000m', pods: '10' } },
  },
  {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: inShop('deny'),
    spec: {
      podSelector: {},
      policyTypes: ['Ingress', 'Egress'],
      egress: [{ ports: [{ port: 53, protocol: 'UDP' }, { port: 53 }] }],
    },
  },
  {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'RoleBinding',
    metadata: inShop('edit'),
    roleRef: {
      apiGroup: 'rbac.authorization.k8s.io',
      kind: 'ClusterRole',
      name: 'edit',
    },
    subjects: [
      { apiGroup: 'rbac.authorization.k8s.io', kind: 'User', name: 'ada' },
    ],
  },
  {
    apiVersion: 'batch/v1',
    kind: 'CronJob',
    metadata: inShop('nightly'),
    spec: {
      schedule: '0 3 * * *',
      suspend: false,
      jobTemplate: {
        spec: {
          template: {
            spec: {
              restartPolicy: 'Never',
              containers: [{ name: 'main', image: 'job:1' }],
            },
          },
        },
      },
    },
  },
];

it.each(objects.map(object => [object.kind, object] as const))(
  'a %s that was applied is unchanged, also with the annotation of the write',
  async (_, manifest) => {
    expect(isUnchanged(manifest, await apply(manifest), ours)).toBe(true);
    const annotations = {
      ...Object(manifest.metadata.annotations),
      'tenantry.dev/operation': 'op1',
    };
    const metadata = { ...manifest.metadata, annotations };
    const annotated = await apply({ ...manifest, metadata });
    expect(isUnchanged(manifest, annotated, ours)).toBe(true);
  },
);

it('is changed by another value, a new field and one that is gone', async () => {
  const live = await apply(deployment('web:1', [{ name: 'A', value: '1' }]));
  expect(
    isUnchanged(deployment('web:1', [{ name: 'A', value: '1' }]), live, ours),
  ).toBe(true);
  for (const wanted of [
    deployment('web:2', [{ name: 'A', value: '1' }]),
    deployment('web:1', [{ name: 'A', value: '2' }]),
    deployment('web:1', [
      { name: 'A', value: '1' },
      { name: 'B', value: '1' },
    ]),
    deployment('web:1'),
  ]) {
    expect(isUnchanged(wanted, live, ours)).toBe(false);
  }
});

it('is changed when somebody else has set one of our fields', async () => {
  await apply(deployment());
  const live = await api.mergePatch(typeOf(deployment()), {
    namespace: 'shop',
    name: 'web',
    patch: { spec: { replicas: 3 } },
    fieldManager: 'kubectl',
    project,
    signal,
  });
  expect(isUnchanged(deployment(), live, ours)).toBe(false);
});

it('stays unchanged when somebody else adds a field of their own', async () => {
  await apply(deployment());
  const live = await api.mergePatch(typeOf(deployment()), {
    namespace: 'shop',
    name: 'web',
    patch: { metadata: { annotations: { theirs: '1' } } },
    fieldManager: 'kubectl',
    project,
    signal,
  });
  expect(isUnchanged(deployment(), live, ours)).toBe(true);
});

it('does not believe managed fields that claim a value which is another', async () => {
  const live = Object(await apply(deployment()));
  const forged = { ...live, spec: { ...live.spec, replicas: 9 } };
  expect(isUnchanged(deployment(), forged, ours)).toBe(false);
});

it('is changed where nothing was ever applied', async () => {
  sim.objects.create('configmaps', {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: inShop('web'),
    data: { a: '1' },
  });
  const live = await api.get(typeOf(objects[2] ?? deployment()), {
    namespace: 'shop',
    name: 'web',
    project,
    signal,
  });
  const wanted = { ...(objects[2] ?? deployment()), data: { a: '1' } };
  expect(isUnchanged(wanted, live, ours)).toBe(false);
});

it.each([
  ['1000m', '1', true],
  ['1Gi', '1024Mi', true],
  ['1e3', '1k', true],
  ['500m', '0.5', true],
  ['1', '2', false],
  ['1x', '1x', false],
])('quantities %s and %s: %s', (a, b, same) => {
  expect(isSameQuantity(a, b)).toBe(same);
});

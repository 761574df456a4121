// SPDX-License-Identifier: Apache-2.0
import type { Kubesim } from '../Kubesim';
import { generateTenants, loadTenants } from '../scenario/generateTenants';
import { startKubesim } from '../startKubesim';
import { createVirtualClock } from '../time/createVirtualClock';
import type { KubeObject, NewObject } from './Objects';

const SIZE = { tenants: 2, podsPerTenant: 12, seed: 4 };
const NOW = Date.parse('2026-11-21T10:00:00Z');

let sim: Kubesim;
beforeEach(async () => {
  sim = await startKubesim({ seed: 1, clock: createVirtualClock(NOW) });
});
afterEach(() => sim.stop());

function namespace(name: string) {
  const metadata = { name, labels: { 'kubernetes.io/metadata.name': name } };
  const object: NewObject = { apiVersion: 'v1', kind: 'Namespace', metadata };
  return { resource: 'namespaces', object };
}

function configMap(name: string, namespaceName: string) {
  const metadata = { name, namespace: namespaceName };
  const object: NewObject = { apiVersion: 'v1', kind: 'ConfigMap', metadata };
  return { resource: 'configmaps', object };
}

/** Without what differs from cluster to cluster. */
function content({ metadata, ...rest }: KubeObject) {
  const { uid, resourceVersion, ownerReferences, ...own } = metadata;
  return JSON.stringify({ metadata: own, ...rest });
}

it('stores generated objects as they would be if each was created', async () => {
  const other = await startKubesim({ clock: createVirtualClock(NOW) });
  loadTenants(sim.objects, SIZE);
  for (const { resource, object } of generateTenants(SIZE)) {
    const created = other.objects.create(resource, object);
    const loaded = sim.objects.get(resource, created.metadata);
    expect(loaded && content(loaded)).toBe(content(created));
  }
  await other.stop();
});

it('tells every listener of each object, in order of versions', () => {
  const seen: number[] = [];
  sim.objects.onChange(({ type, object }) => {
    expect(type).toBe('ADDED');
    seen.push(Number(object.metadata.resourceVersion));
  });
  const count = loadTenants(sim.objects, SIZE);
  // Each namespace gets its default service account.
  expect(seen.length).toBe(count + SIZE.tenants);
  expect(seen).toEqual([...seen].sort((left, right) => left - right));
});

it('keeps the uids that owners are named by', () => {
  loadTenants(sim.objects, SIZE);
  const [set] = sim.objects.list('replicasets.apps');
  const { namespace: home } = set.metadata;
  sim.objects.delete('replicasets.apps', set.metadata);
  const names = sim.objects
    .list('pods', home)
    .map(({ metadata }) => metadata.ownerReferences?.[0].uid);
  expect(names).not.toContain(set.metadata.uid);
  expect(names.length).toBeLessThan(SIZE.podsPerTenant);
});

it('counts loaded objects in quotas', () => {
  sim.objects.load([namespace('tenant-00000-prod')]);
  sim.objects.create('resourcequotas', {
    apiVersion: 'v1',
    kind: 'ResourceQuota',
    metadata: { name: 'all', namespace: 'tenant-00000-prod' },
    spec: { hard: { pods: '12', 'requests.cpu': '2' } },
  });
  const objects = [...generateTenants({ ...SIZE, tenants: 1 })].slice(1);
  sim.objects.load(objects);
  const [quota] = sim.objects.list('resourcequotas');
  expect(quota.status?.used).toEqual({ pods: '12', 'requests.cpu': '1200m' });
  const [pod] = sim.objects.list('pods');
  const { uid, resourceVersion, ...metadata } = pod.metadata;
  const more = { ...pod, metadata: { ...metadata, name: 'more' } };
  expect(() => sim.objects.create('pods', more)).toThrow(
    'exceeded quota: all, requested: pods=1, used: pods=12, limited: pods=12',
  );
});

it('serves loaded objects to changes and deletions like any others', () => {
  loadTenants(sim.objects, SIZE);
  const [pod, other] = sim.objects.list('pods');
  const changed = sim.objects.modify('pods', pod.metadata, draft => {
    draft.metadata.labels = { changed: 'yes' };
  });
  expect(changed?.metadata.labels).toEqual({ changed: 'yes' });
  expect(other.metadata.labels).not.toEqual({ changed: 'yes' });
  expect(Object.isFrozen(pod.spec?.containers)).toBe(true);
  sim.objects.delete('namespaces', { name: 'tenant-00000-prod' });
  expect(sim.objects.list('pods', 'tenant-00000-prod')).toEqual([]);
});

it('refuses a namespace that is not there and a name that is taken', () => {
  const load = (...objects: ReturnType<typeof configMap>[]) =>
    sim.objects.load(objects);
  expect(() => load(configMap('a', 'nowhere'))).toThrow(
    'namespaces "nowhere" not found',
  );
  expect(() =>
    load(namespace('here'), configMap('a', 'here'), configMap('a', 'here')),
  ).toThrow('configmaps "a" already exists');
  expect(sim.objects.list('configmaps', 'here')).toHaveLength(1);
  const [{ metadata }] = sim.objects.list('configmaps', 'here');
  expect(metadata.uid).toMatch(/^[0-9a-f-]{36}$/);
  expect(metadata.creationTimestamp).toBe('2026-11-21T10:00:00Z');
});

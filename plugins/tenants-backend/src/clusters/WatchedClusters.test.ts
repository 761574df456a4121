// SPDX-License-Identifier: Apache-2.0
import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import type {
  ClusterDetails,
  KubernetesCredential,
} from '@backstage/plugin-kubernetes-node';
import {
  KubeError,
  type KubernetesAccess,
} from '@tenantry/backstage-plugin-tenants-node';
import { FakeKubeApi } from '@tenantry/backstage-plugin-tenants-node/testing';
import type { ClusterChange } from '../informers/Lister';
import { FakeClock } from '../time/testing/FakeClock';
import { WatchedClusters } from './WatchedClusters';

const provider = 'kubernetes.io/auth-provider';

function cluster(
  name: string,
  more: Partial<ClusterDetails> = {},
): ClusterDetails {
  return {
    name,
    url: `https://${name}.example`,
    authMetadata: { [provider]: 'serviceAccount', serviceAccountToken: 't' },
    ...more,
  };
}

async function settle(): Promise<void> {
  for (let i = 0; i < 10; i++) {
    await new Promise(resolve => setImmediate(resolve));
  }
}

class Rig {
  readonly clock = new FakeClock();
  readonly apis: FakeKubeApi[] = [];
  readonly credentials: (() => Promise<KubernetesCredential>)[] = [];
  readonly changes: ClusterChange[] = [];
  found: ClusterDetails[] | Error = [];
  prepare: (api: FakeKubeApi) => void = () => undefined;
  access: () => Promise<KubernetesAccess> = async () => ({
    clusterSupplier: {
      getClusters: async () => {
        if (this.found instanceof Error) throw this.found;
        return this.found;
      },
    },
    getCredential: async details => ({
      type: 'bearer token',
      token: `token of ${details.name}`,
    }),
  });
  private readonly stopping = new AbortController();
  private running?: Promise<void>;
  readonly clusters = new WatchedClusters({
    access: () => this.access(),
    credentials: async () => mockCredentials.service(),
    createKubeApi: (details, credential) => {
      const api = new FakeKubeApi({ cluster: details.name });
      this.prepare(api);
      this.apis.push(api);
      this.credentials.push(credential);
      return api;
    },
    clock: this.clock,
    random: () => 0.5,
    logger: mockServices.logger.mock({
      child: () => mockServices.logger.mock(),
    }),
  });

  async start(...found: ClusterDetails[]): Promise<void> {
    this.found = found;
    this.clusters.onChange(change => this.changes.push(change));
    this.running = this.clusters.start(this.stopping.signal);
    await settle();
  }

  async reread(): Promise<void> {
    await this.clock.advanceAsync(61_000, 10_000);
    await settle();
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    await this.running;
  }

  names(): readonly string[] {
    return this.clusters.list().map(({ name }) => name);
  }
}

let rig: Rig;
beforeEach(() => {
  rig = new Rig();
});
afterEach(async () => {
  await rig.stop();
  expectAllFreed();
});

function expectAllFreed(): void {
  expect(rig.apis.map(api => api.openWatches)).toEqual(rig.apis.map(() => 0));
  expect(rig.clock.waiting).toBe(0);
}

it('says that it waits for the Kubernetes plugin until that has handed over', async () => {
  const { access } = rig;
  let handOver: (given: KubernetesAccess) => void = () => undefined;
  rig.access = () => new Promise(resolve => (handOver = resolve));
  await rig.start(cluster('eu'));
  expect(rig.clusters.problems()).toEqual([
    expect.stringContaining('Waiting for the Kubernetes plugin'),
  ]);
  handOver(await access());
  await settle();
  expect(rig.clusters.problems()).toEqual([]);
  expect(rig.names()).toEqual(['eu']);
});

it('watches each cluster, tells the namespaces that change, and serves the objects', async () => {
  await rig.start(cluster('eu'));
  const [api] = rig.apis;
  const [view] = rig.clusters.list();
  expect(view?.freshness).toBe('synced');
  expect(view?.partial).toEqual([]);
  expect(view?.status.version).toBe('v1.32.0');
  rig.changes.length = 0;
  api?.write('namespaces', { metadata: { name: 'shop' } });
  api?.write('pods', { metadata: { name: 'web', namespace: 'shop' } });
  await settle();
  expect(rig.changes).toEqual([
    { cluster: 'eu', namespace: 'shop' },
    { cluster: 'eu', namespace: 'shop' },
  ]);
  expect(view?.listers.pods.get('shop', 'web')?.kind).toBe('Pod');
  expect(view?.listers.namespaces.get('', 'shop')?.phase).toBe('Active');
  expect(rig.clusters.kubeApi('eu')).toBe(api);
  expect(await rig.credentials[0]?.()).toEqual({
    type: 'bearer token',
    token: 'token of eu',
  });
});

it('starts a cluster that appears, and stops one that is gone twice', async () => {
  await rig.start(cluster('eu'));
  rig.found = [cluster('us')];
  await rig.reread();
  expect(rig.names()).toEqual(['eu', 'us']);
  await rig.reread();
  expect(rig.names()).toEqual(['us']);
  expect(rig.apis[0]?.openWatches).toBe(0);
});

it('watches a cluster anew when its address changes, and only then', async () => {
  await rig.start(cluster('eu'));
  await rig.reread();
  expect(rig.apis).toHaveLength(1);
  rig.found = [cluster('eu', { url: 'https://moved.example' })];
  await rig.reread();
  expect(rig.apis).toHaveLength(2);
  expect(rig.apis[0]?.openWatches).toBe(0);
});

describe('a cluster whose credentials change', () => {
  const renewed = {
    authMetadata: { [provider]: 'serviceAccount', serviceAccountToken: 'new' },
  };
  let next: FakeKubeApi | undefined;
  const view = () => rig.clusters.list()[0];
  const podsNow = () =>
    [...(view()?.listers.pods.list() ?? [])].map(({ name }) => name).sort();

  async function change(prepare: (api: FakeKubeApi) => void) {
    await rig.start(cluster('eu'));
    const [api] = rig.apis;
    api?.write('namespaces', { metadata: { name: 'shop' } });
    api?.write('pods', { metadata: { name: 'old', namespace: 'shop' } });
    await settle();
    rig.prepare = fake => {
      next = fake;
      fake.write('namespaces', { metadata: { name: 'shop' } });
      fake.write('pods', { metadata: { name: 'new', namespace: 'shop' } });
      prepare(fake);
    };
    rig.found = [cluster('eu', renewed)];
    await rig.reread();
  }
  const refusals = (count: number) => (fake: FakeKubeApi) => {
    const details = { cluster: 'eu', resource: 'x', reason: 'Unauthorized' };
    const error = new KubeError('failed', { ...details, status: 401 });
    for (let i = 0; i < count; i++) fake.failNext('watch', error);
  };

  it('shows what was known as stale, with the reason, until everything is read anew', async () => {
    await change(refusals(100));
    await rig.clock.advanceAsync(5_000);
    expect(podsNow()).toEqual(['old']);
    expect(view()?.freshness).toBe('stale');
    expect(view()?.partial).toEqual([
      expect.objectContaining({
        cluster: 'eu',
        reason: 'Unauthenticated',
        observedAt: expect.any(String),
      }),
    ]);
    expect(rig.clusters.kubeApi('eu')).toBe(next);
    rig.changes.length = 0;
    await rig.clock.advanceAsync(300_000, 5_000);
    await settle();
    expect(podsNow()).toEqual(['new']);
    expect(view()?.freshness).toBe('synced');
    expect(view()?.partial).toEqual([]);
    expect(rig.changes).toContainEqual({ cluster: 'eu', namespace: '' });
  });

  it('closes the old connections at once', async () => {
    await change(refusals(100));
    expect(rig.apis).toHaveLength(2);
    expect(rig.apis[0]?.openWatches).toBe(0);
  });

  it('says so when it can no longer be watched at all', async () => {
    await rig.start(cluster('eu'));
    rig.apis[0]?.write('namespaces', { metadata: { name: 'shop' } });
    await settle();
    rig.found = [cluster('eu', { authMetadata: { [provider]: 'oidc' } })];
    await rig.reread();
    expect(view()?.status.problem?.message).toContain('"oidc"');
    expect(view()?.listers.namespaces.size).toBe(0);
  });
});

it('keeps the last good clusters when the supplier fails, and says so', async () => {
  await rig.start(cluster('eu'));
  rig.found = new Error('no catalog');
  await rig.reread();
  expect(rig.names()).toEqual(['eu']);
  expect(rig.clusters.list()[0]?.freshness).toBe('synced');
  expect(rig.clusters.problems()).toEqual([
    expect.stringContaining('could not list its clusters'),
  ]);
});

it.each(['aks', 'google', 'oidc', 'pinniped'])(
  'refuses to watch with the credentials of users: %s',
  async authProvider => {
    await rig.start(
      cluster('eu', { authMetadata: { [provider]: authProvider } }),
      cluster('us'),
    );
    const [refused, watched] = rig.clusters.list();
    expect(rig.apis.map(api => api.cluster)).toEqual(['us']);
    expect(refused?.status.problem?.message).toContain('serviceAccount');
    expect(refused?.freshness).toBe('stale');
    expect(refused?.listers.pods.size).toBe(0);
    expect(watched?.freshness).toBe('synced');
  },
);

describe('a cluster’s problem', () => {
  function failure(details: Partial<KubeError>): KubeError {
    return new KubeError('failed', {
      cluster: 'eu',
      resource: 'x',
      reason: 'Unreachable',
      ...details,
    });
  }
  async function startFailing(error: KubeError) {
    await rig.start(cluster('eu'));
    const [api] = rig.apis;
    for (let i = 0; i < 400; i++) api?.failNext('watch', error);
    api?.send({ fail: error });
    await settle();
    return rig.clusters.list()[0];
  }

  it.each([
    [failure({ reason: 'Unreachable' }), 'Unreachable', 'can’t be reached'],
    [failure({ reason: 'TlsRefused' }), 'Unreachable', 'certificate'],
    [failure({ status: 503, reason: 'X' }), 'Unreachable', '503'],
    [
      failure({ status: 401, reason: 'Unauthorized' }),
      'Unauthenticated',
      'can’t be authenticated',
    ],
    [
      failure({ reason: 'CredentialRefused' }),
      'Unauthenticated',
      'can’t be authenticated',
    ],
  ])('is said once, of the whole cluster: %#', async (error, reason, words) => {
    const view = await startFailing(error);
    expect(view?.freshness).toBe('refreshing');
    await rig.clock.advanceAsync(10_000);
    expect(view?.freshness).toBe('stale');
    expect(view?.partial).toEqual([
      expect.objectContaining({
        reason,
        message: expect.stringContaining(words),
      }),
    ]);
    expect(view?.partial[0]).not.toHaveProperty('kind');
    expect(view?.status.nextTryAt).toBeDefined();
    expect(view?.status.observedAt).toBeDefined();
  });

  it('of one kind that is forbidden names the rule that is missing, and holds up nothing', async () => {
    await rig.start(cluster('eu'));
    const [api] = rig.apis;
    api?.allow('rolebindings.rbac.authorization.k8s.io', false);
    api?.send({ fail: failure({}) });
    await rig.clock.advanceAsync(3_000);
    const [view] = rig.clusters.list();
    expect(view?.freshness).toBe('synced');
    expect(view?.partial).toEqual([
      expect.objectContaining({
        kind: 'RoleBinding',
        reason: 'Forbidden',
        message: expect.stringContaining(
          '{apiGroups: ["rbac.authorization.k8s.io"], resources: ["rolebindings"], verbs: ["get", "list", "watch"]}',
        ),
      }),
    ]);
    const kind = view?.status.kinds.find(k => k.kind === 'RoleBinding');
    expect(kind?.state).toBe('forbidden');
  });

  it('of a cluster without Flux and Argo CD is none', async () => {
    await rig.start(cluster('eu'));
    const [api] = rig.apis;
    api?.serve('applications.argoproj.io', false);
    api?.send({ fail: failure({}) });
    await rig.clock.advanceAsync(3_000);
    const [view] = rig.clusters.list();
    expect(view?.freshness).toBe('synced');
    expect(view?.partial).toEqual([]);
    const kind = view?.status.kinds.find(k => k.kind === 'Application');
    expect(kind?.state).toBe('notServed');
  });
});

// SPDX-License-Identifier: Apache-2.0
import { generateKeyPairSync } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { authServiceFactory } from '@backstage/backend-defaults/auth';
import {
  coreServices,
  createBackendPlugin,
  createServiceFactory,
  type AuthService,
  type DiscoveryService,
} from '@backstage/backend-plugin-api';
import {
  mockServices,
  startTestBackend,
  type TestBackend,
} from '@backstage/backend-test-utils';
import { actionsRegistryServiceMock } from '@backstage/backend-test-utils/alpha';
import {
  isNotFound,
  isUnauthenticated,
  isUnreachable,
  type KubeApi,
} from '@tenantry/backstage-plugin-tenants-node';
import {
  createVirtualClock,
  parseScenario,
  startKubesim,
  type Kubesim,
} from '@tenantry/kubesim';
import type { ClusterView } from '../informers/Lister';
import { watchedType } from '../informers/watchedKinds';
import { systemClock } from '../time/Clock';
import { createHttpKubeApi } from './createHttpKubeApi';
import { createProxyAccess } from './createProxyAccess';
import { KubernetesBackendProcess } from './__testUtils__/KubernetesBackendProcess';
import { WatchedClusters } from './WatchedClusters';

jest.setTimeout(120_000);

const scene = `
clusterName: sim
startedAgo: 10m
namespaces:
  - name: shop
    workloads:
      - kind: Deployment
        name: web
        release: '1'
        image: r.example/web
        logs: { profile: http, perMinute: 60 }
`;
const clock = createVirtualClock(Date.parse('2026-11-21T10:00:00Z'));

let folder: string;
let sim: Kubesim;
let tenants: TestBackend;
let kubernetes: KubernetesBackendProcess;
let services: {
  readonly auth: AuthService;
  readonly discovery: DiscoveryService;
};
let kubernetesUrl = '';

async function writeKeys() {
  const { publicKey, privateKey } = generateKeyPairSync('ec', {
    namedCurve: 'P-256',
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
  const publicKeyFile = join(folder, 'public.pem');
  const privateKeyFile = join(folder, 'private.pem');
  await writeFile(publicKeyFile, publicKey);
  await writeFile(privateKeyFile, privateKey);
  const key = { publicKeyFile, privateKeyFile, keyId: 'test' };
  return { type: 'static', static: { keys: [key] } };
}

/** The tenants side: real tokens, and discovery that knows where the other backend is. */
async function startTenants(pluginKeyStore: object): Promise<TestBackend> {
  const probe = createBackendPlugin({
    pluginId: 'tenants',
    register(env) {
      env.registerInit({
        deps: {
          auth: coreServices.auth,
          discovery: coreServices.discovery,
          // Serves the public keys.
          router: coreServices.httpRouter,
        },
        async init({ auth, discovery }) {
          services = { auth, discovery };
        },
      });
    },
  });
  return await startTestBackend({
    features: [
      actionsRegistryServiceMock.factory(),
      probe,
      authServiceFactory,
      mockServices.rootConfig.factory({
        data: { backend: { auth: { pluginKeyStore } } },
      }),
      createServiceFactory({
        service: coreServices.discovery,
        deps: {},
        factory: (): DiscoveryService => {
          const getBaseUrl = async (plugin: string) =>
            plugin === 'kubernetes'
              ? kubernetesUrl
              : `http://127.0.0.1:${tenants.server.port()}/api/${plugin}`;
          return { getBaseUrl, getExternalBaseUrl: getBaseUrl };
        },
      }),
    ],
  });
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'two-backends-'));
  const pluginKeyStore = await writeKeys();
  const scenario = parseScenario(scene, 'two-backends.yaml');
  sim = await startKubesim({ clock, scenario });
  tenants = await startTenants(pluginKeyStore);
  kubernetes = await KubernetesBackendProcess.start({
    backend: {
      baseUrl: 'http://127.0.0.1:1',
      listen: { host: '127.0.0.1', port: 0 },
      database: { client: 'better-sqlite3', connection: ':memory:' },
      auth: { pluginKeyStore },
    },
    discovery: {
      endpoints: [
        {
          target: `http://127.0.0.1:${tenants.server.port()}/api/{{pluginId}}`,
          plugins: ['tenants'],
        },
      ],
    },
    kubernetes: {
      serviceLocatorMethod: { type: 'multiTenant' },
      clusterLocatorMethods: [
        {
          type: 'config',
          clusters: [
            {
              name: 'sim',
              url: sim.url,
              authProvider: 'serviceAccount',
              serviceAccountToken: sim.token,
            },
            { name: 'personal', url: sim.url, authProvider: 'google' },
          ],
        },
      ],
    },
  });
  kubernetesUrl = kubernetes.url;
});

afterAll(async () => {
  await kubernetes?.stop();
  await sim?.stop();
  await rm(folder, { recursive: true, force: true });
});

/** Watches through the proxy until told to stop. */
class Portal {
  private readonly stopping = new AbortController();
  private readonly listeners = new Set<() => void>();
  readonly clusters = new WatchedClusters({
    access: async () => createProxyAccess(services),
    credentials: () => services.auth.getOwnServiceCredentials(),
    createKubeApi: createHttpKubeApi({ clock: systemClock }),
    clock: systemClock,
    random: () => 0.5,
    logger: mockServices.logger.mock({
      child: () => mockServices.logger.mock(),
    }),
  });
  private readonly running: Promise<void>;

  constructor() {
    this.clusters.onChange(() => this.listeners.forEach(wake => wake()));
    this.running = this.clusters.start(this.stopping.signal);
  }

  get view(): ClusterView | undefined {
    return this.clusters.list().find(({ name }) => name === 'sim');
  }

  get api(): KubeApi {
    const api = this.clusters.kubeApi('sim');
    if (!api) throw new Error('The cluster is not watched.');
    return api;
  }

  /** Waits for the next change until what is wanted holds. */
  async until(holds: () => boolean): Promise<void> {
    while (!holds()) {
      await new Promise<void>(resolve => {
        const wake = () => {
          this.listeners.delete(wake);
          resolve();
        };
        this.listeners.add(wake);
      });
    }
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    await this.running;
  }
}

function podNames(view: ClusterView | undefined): readonly string[] {
  const pods = view?.listers.pods.byNamespace('shop') ?? [];
  return pods.map(({ name }) => name);
}

it('lists the clusters of the other backend, watches through its proxy, and hears each change', async () => {
  const portal = new Portal();
  await portal.until(() => portal.view?.freshness === 'synced');
  expect(portal.view?.partial).toEqual([]);
  await portal.until(() => portal.view?.status.version !== undefined);
  expect(podNames(portal.view)).toHaveLength(1);
  const labels = { 'tenantry.dev/tenant': 'late' };
  sim.objects.create('namespaces', {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name: 'late', labels },
  });
  const late = () => portal.view?.listers.namespaces.get('', 'late');
  await portal.until(() => late() !== undefined);
  expect(late()?.labels).toMatchObject(labels);
  sim.objects.modify('namespaces', { name: 'late' }, draft => {
    draft.metadata.labels = { changed: 'yes' };
  });
  await portal.until(() => late()?.labels.changed === 'yes');
  await portal.stop();
});

it('refuses a cluster whose credentials are those of users, as in one process', async () => {
  const portal = new Portal();
  await portal.until(() => portal.clusters.list().length === 2);
  const refused = portal.clusters.list().find(v => v.name === 'personal');
  expect(refused?.status.problem?.message).toContain('"google"');
  expect(portal.clusters.kubeApi('personal')).toBeUndefined();
  await portal.stop();
});

it('follows a log through the proxy, line by line', async () => {
  const portal = new Portal();
  await portal.until(() => portal.view?.freshness === 'synced');
  const [pod] = portal.view?.listers.pods.byNamespace('shop') ?? [];
  const stopping = new AbortController();
  const log = portal.api.readLog({
    namespace: 'shop',
    pod: pod?.name ?? '',
    container: pod?.containers[0]?.name ?? '',
    follow: true,
    previous: false,
    tailLines: 1,
    signal: stopping.signal,
  });
  const first = await log.next();
  expect(String(first.value)).toMatch(/^\d{4}-\d\d-\d\dT/);
  const next = log.next();
  clock.advance(60_000);
  const { value, done } = await next;
  expect(done).toBe(false);
  expect(String(value)).toMatch(/^\d{4}-\d\d-\d\dT/);
  stopping.abort();
  expect(await log.next()).toMatchObject({ done: true });
  await portal.stop();
});

describe('what the proxy itself refuses', () => {
  const { signal } = new AbortController();
  async function failureWith(details: { name: string; token: string }) {
    const url = `${kubernetesUrl}/proxy`;
    const create = createHttpKubeApi({ clock: systemClock });
    const api = create(
      { name: details.name, url, authMetadata: {} },
      async () => ({ type: 'bearer token', token: details.token }),
      { proxied: true },
    );
    const type = watchedType('pods');
    const project = () => undefined;
    const failure = await api
      .list(type, { limit: 1, project, signal })
      .catch(error => error);
    await api.close();
    return failure;
  }
  const ownToken = async () => {
    const onBehalfOf = await services.auth.getOwnServiceCredentials();
    const targetPluginId = 'kubernetes';
    const request = { onBehalfOf, targetPluginId };
    return (await services.auth.getPluginRequestToken(request)).token;
  };

  it('is not taken for a kind that is not served, when it does not know the cluster', async () => {
    const token = await ownToken();
    const error = await failureWith({ name: 'unknown', token });
    expect(error).toMatchObject({ reason: 'ProxyFailed' });
    expect([isNotFound(error), isUnreachable(error)]).toEqual([false, true]);
  });

  it('is told as a refused token, which the message does not hold', async () => {
    const token = 'not-a-token';
    const error = await failureWith({ name: 'sim', token });
    expect(error).toMatchObject({ reason: 'ProxyRefused' });
    expect(isUnauthenticated(error)).toBe(true);
    expect(`${error} ${JSON.stringify(error)}`).not.toContain(token);
  });
});

it('keeps what it knows, and says what is wrong, when the other backend stops', async () => {
  const portal = new Portal();
  await portal.until(() => portal.view?.freshness === 'synced');
  await kubernetes.stop();
  const problem = () => portal.view?.status.problem;
  await portal.until(() => problem()?.reason === 'Unreachable');
  expect(portal.view?.freshness).toBe('refreshing');
  expect(problem()?.message).toContain('can’t be reached');
  expect(podNames(portal.view)).toHaveLength(1);
  await portal.stop();
});

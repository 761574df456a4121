// SPDX-License-Identifier: Apache-2.0
import { randomBytes } from 'node:crypto';
import { Access, type TokenGrant } from './api/Access';
import { ApiServer } from './api/ApiServer';
import { ListReader } from './api/ListReader';
import { RequestCounter } from './api/RequestCounter';
import { WatchHub } from './api/WatchHub';
import { WriteHandler } from './api/WriteHandler';
import { admissionChain } from './admission/admissionChain';
import { ControlApi } from './control/ControlApi';
import { kubeconfig } from './control/kubeconfig';
import { withoutLife } from './control/withoutLife';
import { Faults } from './faults/Faults';
import { attachWatchFaults } from './faults/watchFaults';
import type { Kubesim } from './Kubesim';
import { KindRegistry } from './kinds/KindRegistry';
import { createLife } from './scenario/createLife';
import type { Life } from './scenario/Life';
import { readScenario } from './scenario/readScenario';
import type { Scenario } from './scenario/Scenario';
import { ClusterObjects } from './storage/ClusterObjects';
import { ObjectStore } from './storage/ObjectStore';
import type { Clock } from './time/Clock';
import { createRandom } from './time/createRandom';
import { createRealClock } from './time/createRealClock';

/** @public */
export type KubesimOptions = {
  /** 0, the default, lets the system choose. */
  readonly port?: number;
  readonly host?: string;
  /** What the cluster holds and what happens in it, or the path of a YAML file that says so. Without one it holds what it is given. */
  readonly scenario?: string | Scenario;
  readonly seed?: number;
  /** How much faster than real time the simulated clock runs; ignored when a clock is given. */
  readonly speed?: number;
  readonly clock?: Clock;
  readonly tokens?: readonly TokenGrant[];
  /** Changes kept per kind for watches to resume from. */
  readonly historyLimit?: number;
  /** Real time between bookmarks. */
  readonly bookmarkSeconds?: number;
};

const DEFAULTS = {
  port: 0,
  host: '127.0.0.1',
  seed: 1,
  historyLimit: 10_000,
  bookmarkSeconds: 60,
};
const SYSTEM_NAMESPACES = [
  'default',
  'kube-node-lease',
  'kube-public',
  'kube-system',
];
const CONTROL_TOKEN_BYTES = 24;

type Core = {
  readonly clock: Clock;
  readonly store: ObjectStore;
  readonly kinds: KindRegistry;
  readonly objects: ClusterObjects;
  readonly life: Life;
};

/**
 * Starts a simulated cluster that answers the Kubernetes API over HTTP.
 *
 * @throws Error when the port is taken, or the scenario cannot be read
 * @public
 */
export async function startKubesim(
  options: KubesimOptions = {},
): Promise<Kubesim> {
  const settings = { ...DEFAULTS, ...options };
  const core = createCore(settings, await scenarioOf(options));
  const lists = new ListReader(core.store);
  const watches = new WatchHub(core.store, settings.bookmarkSeconds * 1000);
  const faults = new Faults();
  const requests = new RequestCounter();
  const grants = withAdmin(settings.tokens ?? []);
  const compact = () => {
    core.store.compact();
    lists.forget();
  };
  const bookmark = () => watches.sendBookmarks();
  const stopWatches = watches.start();
  attachWatchFaults(watches, faults);
  const server = new ApiServer({
    ...core,
    lists,
    watches,
    faults,
    requests,
    access: new Access(grants.all),
    writes: new WriteHandler(core),
    control: new ControlApi({
      requests,
      faults,
      life: core.life,
      compact,
      bookmark,
      resourceNamed: plural => resourceNamed(core.kinds, plural),
    }),
    logs: () => core.life.logs,
  });
  const port = await listen(server, settings);
  faults.connect({
    refuse: () => server.close(),
    accept: async () => void (await server.listen(port, settings.host)),
  });
  core.life.start();
  const url = `http://${settings.host}:${port}`;
  return {
    url,
    token: grants.admin,
    kubeconfig: kubeconfig(url, grants.admin),
    objects: core.objects,
    requests,
    faults,
    life: core.life,
    compact,
    bookmark,
    stop: async () => {
      core.life.stop();
      stopWatches();
      await server.close();
    },
  };
}

async function scenarioOf({
  scenario,
}: KubesimOptions): Promise<Scenario | undefined> {
  return typeof scenario === 'string' ? readScenario(scenario) : scenario;
}

function createCore(
  settings: KubesimOptions & typeof DEFAULTS,
  scenario: Scenario | undefined,
): Core {
  const clock = settings.clock ?? createRealClock({ speed: settings.speed });
  const random = createRandom(settings.seed);
  const store = new ObjectStore(settings.historyLimit);
  const kinds = new KindRegistry();
  const admission = admissionChain({ store, kinds });
  const objects = new ClusterObjects({
    store,
    kinds,
    clock,
    random,
    admission,
  });
  objects.start();
  for (const name of SYSTEM_NAMESPACES) {
    objects.create('namespaces', {
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name },
    });
  }
  if (!scenario) {
    return { clock, store, kinds, objects, life: withoutLife() };
  }
  // Pods end gracefully only where something plays the kubelet.
  objects.deletion.kubeletPresent = true;
  const life = createLife(scenario, { objects, clock, random });
  return { clock, store, kinds, objects, life };
}

async function listen(
  server: ApiServer,
  { port, host }: { port: number; host: string },
): Promise<number> {
  try {
    return await server.listen(port, host);
  } catch (error) {
    const code =
      error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'EADDRINUSE')
      throw new Error(
        `Port ${port} on ${host} is in use: choose another port.`,
      );
    if (code === 'EACCES')
      throw new Error(
        `Port ${port} on ${host} may not be used: choose a port above 1023.`,
      );
    throw error;
  }
}

function withAdmin(tokens: readonly TokenGrant[]): {
  admin: string;
  all: readonly TokenGrant[];
} {
  const present = tokens.find(grant => grant.access === 'admin');
  if (present) return { admin: present.token, all: tokens };
  const token = randomBytes(CONTROL_TOKEN_BYTES).toString('hex');
  const grant: TokenGrant = {
    token,
    user: 'kubernetes-admin',
    groups: ['system:masters'],
    access: 'admin',
  };
  return { admin: token, all: [...tokens, grant] };
}

function resourceNamed(
  kinds: KindRegistry,
  plural: string,
): string | undefined {
  if (kinds.get(plural)) return plural;
  return kinds.all().find(kind => kind.plural === plural)?.resource;
}

// SPDX-License-Identifier: Apache-2.0
import { bootstrapCluster } from './access/bootstrap/bootstrapCluster';
import { Authorizer } from './access/Authorizer';
import type { TokenGrant } from './access/Authenticator';
import { CertificateAuthority } from './access/CertificateAuthority';
import {
  createClusterAccess,
  type ClusterAccess,
} from './access/ClusterAccess';
import { EscalationGuard } from './access/EscalationGuard';
import { RoleRules } from './access/RoleRules';
import { tlsMaterial } from './access/TlsMaterial';
import { Access } from './api/Access';
import { ApiServer } from './api/ApiServer';
import { ListReader } from './api/ListReader';
import { RequestCounter } from './api/RequestCounter';
import { WatchHub } from './api/WatchHub';
import { WriteHandler } from './api/WriteHandler';
import { admissionChain } from './admission/admissionChain';
import { ControlApi } from './control/ControlApi';
import { credentialsFor } from './control/credentialsFor';
import { withoutLife } from './control/withoutLife';
import { Faults } from './faults/Faults';
import { attachWatchFaults } from './faults/watchFaults';
import type { Kubesim } from './Kubesim';
import { ExtraSubresources } from './proxy/ExtraSubresources';
import { METRICS_KINDS } from './metrics/metricsKinds';
import { KindRegistry } from './kinds/KindRegistry';
import { createLife } from './scenario/createLife';
import type { Life } from './scenario/Life';
import { readScenario } from './scenario/readScenario';
import { withoutNodes } from './scenario/withoutNodes';
import type { Scenario } from './scenario/Scenario';
import { ClusterObjects } from './storage/ClusterObjects';
import type { OwnerReference } from './storage/Objects';
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
  /** Runs the controllers though there is no scenario. There are no nodes then: no pod ever starts. */
  readonly controllers?: boolean;
  /** How much faster than real time the simulated clock runs; ignored when a clock is given. */
  readonly speed?: number;
  readonly clock?: Clock;
  readonly tokens?: readonly TokenGrant[];
  /** Whether requests without credentials count as `system:anonymous`, as on the real server; else they get 401. */
  readonly anonymous?: boolean;
  /** Serves HTTPS with a certificate of its own authority, and takes client certificates of that authority. */
  readonly tls?: boolean;
  /** Changes kept per kind for watches to resume from. */
  readonly historyLimit?: number;
  /** Real time between bookmarks. */
  readonly bookmarkSeconds?: number;
};

const DEFAULTS = {
  port: 0,
  host: '127.0.0.1',
  seed: 1,
  anonymous: true,
  tls: false,
  historyLimit: 10_000,
  bookmarkSeconds: 60,
};

type Core = {
  readonly clock: Clock;
  readonly store: ObjectStore;
  readonly kinds: KindRegistry;
  readonly objects: ClusterObjects;
  readonly authority: CertificateAuthority;
  readonly authorizer: Authorizer;
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
  const watches = new WatchHub(
    core.store,
    settings.bookmarkSeconds * 1000,
    core.clock,
  );
  const faults = new Faults();
  const requests = new RequestCounter();
  const access = createClusterAccess(core, settings);
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
    ...accessPorts(core, access, settings),
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
    metrics: core.life.metrics,
    extras: new ExtraSubresources(core),
  });
  const url = await open(server, settings, faults);
  core.life.start();
  return {
    url,
    ...credentialsFor(url, access),
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

function accessPorts(
  { authority }: Core,
  access: ClusterAccess,
  { tls, host }: typeof DEFAULTS,
) {
  return {
    access: new Access(access),
    accounts: access.accounts,
    tls: tls ? tlsMaterial(authority, host) : undefined,
  };
}

async function scenarioOf({
  scenario,
  controllers,
}: KubesimOptions): Promise<Scenario | undefined> {
  if (scenario === undefined && controllers) return withoutNodes();
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
  const authority = new CertificateAuthority(() => Date.now());
  const roles = new RoleRules({ store, kinds });
  roles.start();
  const authorizer = new Authorizer(roles);
  const admission = admissionChain({
    store,
    kinds,
    random,
    guards: [new EscalationGuard({ roles, authorizer })],
  });
  const objects = new ClusterObjects({
    store,
    kinds,
    clock,
    random,
    admission,
  });
  objects.start();
  bootstrapCluster(objects, scenario && authority.certificate);
  const core = { clock, store, kinds, objects, authority, authorizer };
  if (!scenario) {
    return { ...core, life: withoutLife() };
  }
  // Pods end gracefully only where something plays the kubelet.
  objects.deletion.kubeletPresent = true;
  if (scenario.nodes.length > 0)
    for (const kind of METRICS_KINDS) kinds.add(kind);
  const resourceOf = ({ apiVersion, kind }: OwnerReference) =>
    kinds
      .all()
      .find(each => each.kind === kind && each.apiVersion === apiVersion)
      ?.resource;
  const life = createLife(scenario, { objects, clock, random, resourceOf });
  return { ...core, life };
}

/** Resolves with the address once the server listens. */
async function open(
  server: ApiServer,
  settings: typeof DEFAULTS,
  faults: Faults,
): Promise<string> {
  const { host, tls } = settings;
  const port = await listen(server, settings);
  faults.connect({
    refuse: () => server.close(),
    accept: async () => void (await server.listen(port, host)),
  });
  return `${tls ? 'https' : 'http'}://${host}:${port}`;
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

function resourceNamed(
  kinds: KindRegistry,
  plural: string,
): string | undefined {
  if (kinds.get(plural)) return plural;
  return kinds.all().find(kind => kind.plural === plural)?.resource;
}

// SPDX-License-Identifier: Apache-2.0
import { setTimeout as delay } from 'node:timers/promises';
import type {
  ClusterDetails,
  KubernetesCredential,
} from '@backstage/plugin-kubernetes-node';
import { createRandom, type Kubesim, type TokenGrant } from '@tenantry/kubesim';
import { ClusterInformers } from '../../../plugins/tenants-backend/src/informers/ClusterInformers';
import type { ClusterView } from '../../../plugins/tenants-backend/src/informers/Lister';
import type { WatchedKind } from '../../../plugins/tenants-backend/src/informers/objects';
import { watchedType } from '../../../plugins/tenants-backend/src/informers/watchedKinds';
import type { Clock } from '../../../plugins/tenants-backend/src/time/Clock';
import { cacheDivergences } from './bench/cacheDivergences';
import { scaledClock } from './bench/scaledClock';
import type { BenchCluster } from './bench/BenchCluster';
import { SimulatedCluster } from './bench/SimulatedCluster';
import { startPortal, type Portal } from './bench/startPortal';
import { TENANTS } from './bench/tenantObjects';
import { Viewer } from './bench/Viewer';
import type { FaultCounts } from './FaultCase';

/** How the portal of a bench runs. */
export type PortalBenchOptions = {
  readonly seed: number;
  /** How much faster than real time the product’s clock and the server’s bookmarks run. Default 1. */
  readonly speed?: number;
  /** How far the product’s clock is off. Default 0. */
  readonly offsetMs?: number;
  /** How the portal reaches a cluster, beside its default. */
  readonly reach?: (cluster: BenchCluster) => Promise<Partial<ClusterDetails>>;
  /** Default: the cluster’s admin token. */
  readonly credential?: () => KubernetesCredential;
};

/** The same with clusters in this process. */
export type BenchOptions = PortalBenchOptions & {
  /** Default 1. */
  readonly clusters?: number;
  readonly tokens?: readonly TokenGrant[];
  /** Acts on each cluster before the portal connects. */
  readonly prepare?: (sim: Kubesim) => void;
};

const convergeWithinMs = 60_000;
const lookEveryMs = 25;
/** Longer than the product gathers changes before it derives: agreement on what was before does not last so long. */
const agreedForMs = 150;
/** The API server’s own time between bookmarks. */
const bookmarkSeconds = 60;

/** The whole product between simulated clusters and two viewers who own a tenant each. */
export class FaultBench<C extends BenchCluster = SimulatedCluster> {
  private readonly stopping = new AbortController();
  private readonly running: Promise<void>[] = [];

  private constructor(
    readonly clusters: readonly C[],
    readonly portal: Portal,
    readonly viewers: readonly Viewer[],
    readonly clock: Clock,
  ) {}

  /** Starts everything and waits until cache and viewers have what the clusters have. */
  static async start(options: BenchOptions): Promise<FaultBench> {
    return await FaultBench.around(await startClusters(options), options);
  }

  /** The same around clusters that run; they are stopped with the bench. */
  static async around<C extends BenchCluster>(
    clusters: readonly C[],
    options: PortalBenchOptions,
  ): Promise<FaultBench<C>> {
    const { speed, offsetMs, seed } = options;
    const clock = scaledClock({ speed, offsetMs });
    const portal = await startPortal({
      clusters: await Promise.all(clusters.map(c => detailsOf(c, options))),
      credential: async name => credentialFor(clusters, name, options),
      clock,
      random: createRandom(seed),
    });
    const { url } = portal;
    const viewers = [TENANTS, [...TENANTS].reverse()].map(
      ([own = '', foreign = '']) => new Viewer({ url, own, foreign }),
    );
    const bench = new FaultBench(clusters, portal, viewers, clock);
    await bench.begin();
    return bench;
  }

  /** The first cluster. */
  get cluster(): C {
    return at(this.clusters, 0);
  }

  /** The product’s cache of a cluster. */
  view(index = 0): ClusterInformers {
    const { name } = at(this.clusters, index);
    const view = this.portal.clusters.list().find(v => v.name === name);
    if (view instanceof ClusterInformers) return view;
    throw new Error(`The cluster ${name} is not watched.`);
  }

  /** How often the whole state of a kind was taken in. */
  lists(kind: WatchedKind): number {
    return this.view().counts(kind)?.lists ?? NaN;
  }

  /** How many changes of a kind its watch has told. */
  eventsOf(kind: WatchedKind): number {
    const { kind: name } = watchedType(kind);
    const measures = this.view().measures();
    return measures.find(m => m.kind === name)?.events ?? NaN;
  }

  /** Waits until a condition holds. @throws Error that says what did not come, after 60 s */
  async until(what: string, holds: () => boolean): Promise<void> {
    const deadline = Date.now() + convergeWithinMs;
    while (!holds()) {
      if (Date.now() > deadline) throw new Error(`It never came: ${what}.`);
      await delay(lookEveryMs);
    }
  }

  /** Waits until caches, clusters and viewers agree; returns what still differs after 60 s. */
  async settle(except: readonly WatchedKind[] = []): Promise<string[]> {
    const deadline = Date.now() + convergeWithinMs;
    let agreedSince = Infinity;
    for (;;) {
      const found = await this.divergences(except).catch((error: Error) => [
        `the check failed: ${error.message}`,
      ]);
      const now = Date.now();
      agreedSince = found.length === 0 ? Math.min(agreedSince, now) : Infinity;
      if (now - agreedSince >= agreedForMs || now > deadline) return found;
      await delay(lookEveryMs);
    }
  }

  /** What every fault is held to, whatever else it is. */
  counts(): FaultCounts {
    const sum = (key: 'crossTenantReads' | 'pushGaps' | 'serverErrors') =>
      this.viewers.reduce((total, { counts }) => total + counts[key], 0);
    return {
      'cross-tenant reads': { is: sum('crossTenantReads'), atMost: 0 },
      'push gaps': { is: sum('pushGaps'), atMost: 0 },
      '5xx to users': { is: sum('serverErrors'), atMost: 0 },
    };
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    await Promise.all(this.running);
    await this.portal.stop();
    await Promise.all(this.clusters.map(cluster => cluster.stop()));
  }

  private async begin(): Promise<void> {
    const { signal } = this.stopping;
    this.running.push(...this.viewers.map(viewer => viewer.run(signal)));
    const found = await this.settle();
    if (found.length === 0) return;
    await this.stop();
    throw new Error(`The portal never had what the clusters have: ${found[0]}`);
  }

  private async divergences(except: readonly WatchedKind[]): Promise<string[]> {
    const views = this.portal.clusters.list();
    if (views.length < this.clusters.length) return ['clusters are missing'];
    const found: string[] = [];
    for (const [index, cluster] of this.clusters.entries()) {
      const view = this.view(index);
      found.push(...unsynced(view));
      found.push(...(await cacheDivergences(view, cluster, except)));
    }
    if (found.length > 0) return found;
    const pushed = this.viewers.map(viewer => viewer.divergences());
    return (await Promise.all(pushed)).flat();
  }
}

function unsynced({ name, freshness }: ClusterView): string[] {
  return freshness === 'synced' ? [] : [`cluster ${name} is ${freshness}`];
}

function startClusters(options: BenchOptions): Promise<SimulatedCluster[]> {
  const { seed, clusters = 1, speed = 1, tokens, prepare } = options;
  const names = Array.from({ length: clusters }, (_, i) => `cluster-${i}`);
  return Promise.all(
    names.map(async (name, i) => {
      const cluster = await SimulatedCluster.start(name, {
        seed: seed + i,
        bookmarkSeconds: bookmarkSeconds / speed,
        tokens,
      });
      prepare?.(cluster.sim);
      return cluster;
    }),
  );
}

async function detailsOf(
  cluster: BenchCluster,
  { reach }: PortalBenchOptions,
): Promise<ClusterDetails> {
  return {
    name: cluster.name,
    url: cluster.url,
    authMetadata: {
      'kubernetes.io/auth-provider': 'serviceAccount',
      serviceAccountToken: 'kept by the bench',
    },
    ...(await reach?.(cluster)),
  };
}

function credentialFor(
  clusters: readonly BenchCluster[],
  name: string,
  { credential }: PortalBenchOptions,
): KubernetesCredential {
  if (credential) return credential();
  const cluster = clusters.find(c => c.name === name);
  return { type: 'bearer token', token: cluster?.token ?? '' };
}

function at<T>(items: readonly T[], index: number): T {
  const item = items[index];
  if (item === undefined) throw new Error(`There is no cluster ${index}.`);
  return item;
}

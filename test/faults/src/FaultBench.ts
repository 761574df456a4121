// SPDX-License-Identifier: Apache-2.0
import { startKubesim, type Kubesim, type NewObject } from '@tenantry/kubesim';
import { ClusterInformers } from '../../../plugins/tenants-backend/src/informers/ClusterInformers';
import { Interner } from '../../../plugins/tenants-backend/src/informers/Interner';
import type { WatchedKind } from '../../../plugins/tenants-backend/src/informers/objects';
import { projectionOf } from '../../../plugins/tenants-backend/src/informers/projections/projectionOf';
import { HttpKubeApi } from '../../../plugins/tenants-backend/src/kube/HttpKubeApi';
import { systemClock } from '../../../plugins/tenants-backend/src/time/Clock';
import { findDivergences, type ObjectsByKey } from './findDivergences';

const KINDS = ['namespaces', 'pods'] as const satisfies readonly WatchedKind[];
const CONVERGE_WITHIN_MS = 60_000;
const LOOK_EVERY_MS = 50;

const quiet = {
  error() {},
  warn() {},
  info() {},
  debug() {},
  child: () => quiet,
};

/** A pod that nothing brings to life. */
export function podNamed(
  namespace: string,
  name: string,
  round = 0,
): NewObject {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { namespace, name, labels: { round: String(round) } },
    spec: { containers: [{ name: 'main', image: 'registry.example/app:1' }] },
  };
}

/** The product’s cache beside a simulated cluster, for faults between the two. */
export class FaultBench {
  private readonly stopping = new AbortController();
  private running: Promise<void> = Promise.resolve();

  private constructor(
    readonly sim: Kubesim,
    readonly cache: ClusterInformers,
    private readonly api: HttpKubeApi,
  ) {}

  /** Starts both with 20 pods in two namespaces and waits until the cache has them. */
  static async start(seed: number): Promise<FaultBench> {
    const sim = await startKubesim({ seed, bookmarkSeconds: 5 });
    for (const namespace of ['a', 'b']) {
      sim.objects.create('namespaces', {
        apiVersion: 'v1',
        kind: 'Namespace',
        metadata: { name: namespace },
      });
      for (let i = 0; i < 10; i++)
        sim.objects.create('pods', podNamed(namespace, `pod-${i}`));
    }
    const api = new HttpKubeApi({
      cluster: 'bench',
      server: { url: sim.url },
      credential: async () => ({ type: 'bearer token', token: sim.token }),
      clock: systemClock,
    });
    const cache = new ClusterInformers({
      api,
      clock: systemClock,
      random: Math.random,
      logger: quiet,
      onChange: () => {},
      kinds: KINDS,
    });
    const bench = new FaultBench(sim, cache, api);
    bench.running = cache.run(bench.stopping.signal);
    const found = await bench.settle();
    if (found.length > 0)
      throw new Error(`The cache never had what the cluster has: ${found[0]}`);
    return bench;
  }

  /** Creates, changes and deletes pods, a few of each. */
  churn(round: number): void {
    const { objects } = this.sim;
    for (let i = 0; i < 5; i++) {
      objects.create('pods', podNamed('a', `new-${round}-${i}`, round));
      objects.modify('pods', { namespace: 'b', name: `pod-${i}` }, draft => {
        draft.metadata.labels = { round: String(round) };
      });
    }
    objects.delete(
      'pods',
      { namespace: 'a', name: `pod-${round}` },
      { gracePeriodSeconds: 0 },
    );
  }

  /** Waits until cache and cluster agree and the cache calls itself synced; returns what still differs at the end. */
  async settle(): Promise<readonly string[]> {
    const deadline = Date.now() + CONVERGE_WITHIN_MS;
    let found = this.divergences();
    while (
      (found.length > 0 || this.cache.freshness !== 'synced') &&
      Date.now() < deadline
    ) {
      await new Promise(resolve => setTimeout(resolve, LOOK_EVERY_MS));
      found = this.divergences();
    }
    return this.cache.freshness === 'synced'
      ? found
      : [...found, `the cache is ${this.cache.freshness}`];
  }

  /** What differs now. */
  divergences(): string[] {
    return KINDS.flatMap(kind =>
      findDivergences(kind, this.cached(kind), this.served(kind)),
    );
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    await this.running;
    await this.api.close();
    await this.sim.stop();
  }

  private cached(kind: (typeof KINDS)[number]): ObjectsByKey {
    return new Map(
      [...this.cache.listers[kind].list()].map(object => [
        `${object.namespace}/${object.name}`,
        object,
      ]),
    );
  }

  private served(kind: (typeof KINDS)[number]): ObjectsByKey {
    const project = projectionOf(kind, new Interner());
    return new Map(
      this.sim.objects.list(kind).map(object => {
        const projected = project(Buffer.from(JSON.stringify(object)));
        return [`${projected.namespace}/${projected.name}`, projected];
      }),
    );
  }
}

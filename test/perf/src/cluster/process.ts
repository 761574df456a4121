// SPDX-License-Identifier: Apache-2.0
import {
  setImmediate as turn,
  setTimeout as sleep,
} from 'node:timers/promises';
import {
  createRandom,
  loadTenants,
  startKubesim,
  type Kubesim,
} from '@tenantry/kubesim';
import { answerParent } from '../answerParent';
import { OpenLists } from './OpenLists';
import { Podset } from './Podset';
import { putNeighbours } from './putNeighbours';
import { setReady } from './setReady';
import { startTlsFront, type TlsAddress } from './tlsFront';

const SEED = 1;
const PODS_PER_TENANT = 20;
/** Changes between two turns of the event loop, in which the watches are written to. */
const CHANGES_A_TURN = 20;

export type ClusterSize = {
  readonly pods: number;
  /** With the kinds beside pods and their owners. */
  readonly neighbours?: boolean;
};

export type ClusterAddress = {
  readonly url: string;
  readonly token: string;
  readonly tls: TlsAddress;
  readonly tenants: number;
};

const lists = new OpenLists();
let sim: Kubesim;
let pods: Podset;
let pacing: AbortController | undefined;

async function paced(perSecond: number, realEvery: number): Promise<void> {
  pacing = new AbortController();
  const { signal } = pacing;
  const startedAt = performance.now();
  for (let done = 0; !signal.aborted; ) {
    const due = ((performance.now() - startedAt) / 1000) * perSecond;
    for (; done < due; done++) pods.change(done % realEvery === 0);
    await sleep(5);
  }
}

/** A simulated cluster full of tenants, and what benchmarks do to it. */
const handlers = {
  start: async ({ pods: count, neighbours }: ClusterSize) => {
    // Another seed than that of what is loaded: the same uids would be given again, and what has an owner of that uid goes with it.
    sim = await startKubesim({ seed: SEED + 1, historyLimit: 50_000 });
    const tenants = count / PODS_PER_TENANT;
    loadTenants(sim.objects, {
      tenants,
      podsPerTenant: PODS_PER_TENANT,
      seed: SEED,
    });
    if (neighbours) putNeighbours(sim.objects);
    pods = new Podset(sim.objects, createRandom(SEED));
    const tls = await startTlsFront(sim.url);
    const { url, token } = sim;
    return { url, token, tls, tenants } satisfies ClusterAddress;
  },
  requests: () => sim.requests.total,
  requestsByKind: () => sim.requests.counts(),
  mostListsOfAKind: () => lists.takeMost(),
  /** Changes pods; one in `realEvery` in what the product shows. */
  churn: async (work: { events: number; realEvery: number }) => {
    for (let i = 0; i < work.events; i++) {
      pods.change(i % work.realEvery === 0);
      if (i % CHANGES_A_TURN === 0) await turn();
    }
  },
  startChurn: (work: { perSecond: number; realEvery: number }) => {
    paced(work.perSecond, work.realEvery).catch(() => process.exit(1));
  },
  stopChurn: () => pacing?.abort(),
  cycle: async ({ times }: { times: number }) => {
    for (let i = 0; i < times; i++) {
      pods.cycle();
      if (i % CHANGES_A_TURN === 0) await turn();
    }
  },
  /** One visible change of a tenant; answers when it was made, in milliseconds since the epoch. */
  touch: ({ tenant }: { tenant: string }) => {
    const at = performance.timeOrigin + performance.now();
    pods.restartIn(`${tenant}-prod`);
    return at;
  },
  /** A tenant gets another health, by which lists are ordered. */
  setReady: ({ tenant, isReady }: { tenant: string; isReady: boolean }) => {
    setReady(sim.objects, `${tenant}-prod`, isReady);
  },
  /** Every pod as `namespace/name version`, sorted. */
  podVersions: () =>
    sim.objects
      .list('pods')
      .map(
        ({ metadata: { namespace, name, resourceVersion } }) =>
          `${namespace}/${name} ${resourceVersion}`,
      )
      .sort(),
  /** Every watch gets 410 Gone, at once, and has to list anew. */
  expireWatches: () => {
    sim.compact();
    // Hits the watches that are open when it is armed; those that open later are served.
    void sim.faults.arm({ kind: 'watchExpired', times: 1_000 }).clear();
  },
};

/** What the cluster’s process answers. */
export type ClusterHandlers = typeof handlers;

answerParent(handlers);

// SPDX-License-Identifier: Apache-2.0
import { join } from 'node:path';
import { loadTenants, startKubesim } from '@tenantry/kubesim';
import { runContest } from '../../contest';
import { runIsolated } from '../../isolated';
import type { BenchmarkResult } from '../../result';

const TENANTS = 500;
const PODS_PER_TENANT = 20;
const ROUNDS = 4;

/** What each side is given, and gives back. */
export type CacheInput = {
  readonly url: string;
  readonly token: string;
  readonly pods: number;
};
export type CacheOutput = { readonly bytesPerPod: number };

/** Memory of one cached pod: our cache beside the informer of the Kubernetes client as it is. */
export async function run(): Promise<BenchmarkResult> {
  const sim = await startKubesim({ seed: 1 });
  try {
    loadTenants(sim.objects, {
      tenants: TENANTS,
      podsPerTenant: PODS_PER_TENANT,
      seed: 1,
    });
    const input: CacheInput = {
      url: sim.url,
      token: sim.token,
      pods: TENANTS * PODS_PER_TENANT,
    };
    const measure = (side: string) => async () =>
      (await runIsolated<CacheOutput>(join(__dirname, `${side}.ts`), input))
        .bytesPerPod;
    const rounds = await runContest({
      ours: measure('ours'),
      peer: measure('peer'),
      rounds: ROUNDS,
    });
    const worst = Math.max(...rounds.map(({ ours }) => ours));
    return {
      id: 'B3',
      title: 'Cache memory',
      peer: '@kubernetes/client-node makeInformer',
      peerVersion: '1.4.0',
      unit: 'bytes per pod',
      higherIsBetter: false,
      rounds,
      counts: { bytesPerPod: Math.ceil(worst) },
      note: `${input.pods} pods, heap and external memory after a collection, above a process that has loaded its code. Not measured here: 150,000 pods, growth after a million create and delete cycles.`,
    };
  } finally {
    await sim.stop();
  }
}

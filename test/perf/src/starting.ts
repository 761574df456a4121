// SPDX-License-Identifier: Apache-2.0
import { join } from 'node:path';
import type { resourceUse } from './resourceUse';
import type { CacheHandlers } from './cache/CacheHandlers';
import { Child } from './Child';
import type { ClusterHandlers, ClusterSize } from './cluster/process';
import type { FollowHandlers } from './load/followers';
import type { ReadHandlers } from './load/readers';
import type { TurnoverHandlers } from './load/turnover';
import type { PortalHandlers } from './portal/process';

type Measured<H> = H & typeof resourceUse;

const BIG_HEAP_MB = 12_000;

/** The simulated cluster, filled. */
export async function startCluster(size: ClusterSize) {
  const file = join(__dirname, 'cluster', 'process.ts');
  const cluster = Child.start<Measured<ClusterHandlers>>(file, {
    heapMb: BIG_HEAP_MB,
  });
  return { cluster, address: await cluster.call('start', size) };
}

/** A cache of pods: ours, or the Kubernetes client’s. */
export function startCache(side: 'ours' | 'peer') {
  return Child.start<Measured<CacheHandlers>>(
    join(__dirname, 'cache', `${side}.ts`),
    { heapMb: BIG_HEAP_MB },
  );
}

/** A portal with our plugin, or with the Kubernetes plugin alone. */
export function startPortal() {
  return Child.start<Measured<PortalHandlers>>(
    join(__dirname, 'portal', 'process.ts'),
    { heapMb: BIG_HEAP_MB },
  );
}

/** A process that reads over and over. */
export function startReaders() {
  return Child.start<Measured<ReadHandlers>>(
    join(__dirname, 'load', 'readers.ts'),
  );
}

/** A process that follows streams, and polls. */
export function startFollowers() {
  return Child.start<Measured<FollowHandlers>>(
    join(__dirname, 'load', 'followers.ts'),
  );
}

/** What lets pods come and go faster than a simulated cluster does. */
export function startTurnover() {
  return Child.start<Measured<TurnoverHandlers>>(
    join(__dirname, 'load', 'turnover.ts'),
  );
}

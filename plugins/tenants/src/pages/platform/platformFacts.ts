// SPDX-License-Identifier: Apache-2.0
import {
  isFinalState,
  type ClusterStatus,
  type Operation,
} from '@tenantry/backstage-plugin-tenants-common';
import { podsOf } from './clusterLoad';
import { sortKinds } from './watchedKinds';

const DAY_MS = 24 * 3_600_000;

/** What is under way and what became of what was asked for in a day. */
export type OperationFacts = {
  readonly running: number;
  /** Queued, or waiting for its next try. */
  readonly waiting: number;
  /** Of the last 24 hours. */
  readonly failed: number;
  readonly recent: number;
};

/** Counts operations at a moment. Pure. */
export function operationFacts(
  operations: readonly Operation[],
  now: number,
): OperationFacts {
  const going = operations.filter(({ state }) => !isFinalState(state));
  const waiting = going.filter(
    ({ state }) => state === 'queued' || state === 'retrying',
  );
  const recent = operations.filter(
    ({ createdAt, endedAt }) => now - Date.parse(endedAt ?? createdAt) < DAY_MS,
  );
  return {
    running: going.length - waiting.length,
    waiting: waiting.length,
    failed: recent.filter(({ state }) => state === 'failed').length,
    recent: recent.length,
  };
}

/** What is read of all clusters together. */
export type WatchFacts = {
  readonly clusters: number;
  /** Pods that are known; `undefined` when those of no cluster are. */
  readonly pods: number | undefined;
  /** Clusters whose pods are known. */
  readonly withPods: number;
  /** Kinds that are read, over all clusters. */
  readonly watches: number;
  readonly behind: number;
  readonly refused: number;
};

/** Sums what is read of the clusters. Pure. */
export function watchFacts(clusters: readonly ClusterStatus[]): WatchFacts {
  const pods = clusters.flatMap(cluster => podsOf(cluster) ?? []);
  const kinds = clusters.map(cluster => sortKinds(cluster.kinds));
  const watched = kinds.flatMap(sorted => sorted.watched);
  const wrong = kinds.flatMap(sorted => sorted.wrong);
  const refused = wrong.filter(({ state }) => state === 'forbidden').length;
  return {
    clusters: clusters.length,
    pods: pods.length > 0 ? pods.reduce((sum, n) => sum + n, 0) : undefined,
    withPods: pods.length,
    watches: watched.length,
    behind: wrong.length - refused,
    refused,
  };
}

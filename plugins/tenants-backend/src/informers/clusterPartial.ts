// SPDX-License-Identifier: Apache-2.0
import type { PartialData } from '@tenantry/backstage-plugin-tenants-common';
import { describeProblem } from './clusterProblems';
import type { KindFreshness } from './KindState';
import type { WatchedType } from './watchedKinds';

/** What one informer says about itself. */
export type KindReport = {
  readonly type: WatchedType;
  readonly state: KindFreshness;
  readonly objects: number;
  readonly error?: unknown;
  readonly heardAt?: number;
  readonly hasSynced: boolean;
};

function isMissing({ state, type, error, hasSynced }: KindReport): boolean {
  switch (state) {
    case 'notServed':
      return !type.optional;
    case 'forbidden':
      return !type.optional;
    case 'stale':
      return true;
    case 'refreshing':
      return !hasSynced || error !== undefined;
    case 'synced':
      return false;
    default:
      throw new Error(`Unknown state ${String(state satisfies never)}`);
  }
}

function toPartial(cluster: string, report: KindReport): PartialData {
  const { type, error, heardAt } = report;
  return {
    cluster,
    kind: type.kind,
    ...describeProblem(cluster, error, type),
    ...(heardAt === undefined
      ? {}
      : { observedAt: new Date(heardAt).toISOString() }),
  };
}

/** What all kinds lack for the same reason is said once, of the cluster. */
function isWholeCluster(
  missing: readonly PartialData[],
  reports: readonly KindReport[],
): boolean {
  const reason = missing[0]?.reason;
  const ofCluster = reason === 'Unreachable' || reason === 'Unauthenticated';
  const served = reports.filter(
    ({ state }) => state !== 'forbidden' && state !== 'notServed',
  );
  return (
    ofCluster &&
    missing.length >= served.length &&
    missing.every(part => part.reason === reason)
  );
}

/** The parts of a cluster’s data that are missing or old. Empty when all is well. */
export function clusterPartial(
  cluster: string,
  reports: readonly KindReport[],
): readonly PartialData[] {
  const missing = reports
    .filter(isMissing)
    .map(report => toPartial(cluster, report));
  const [first] = missing;
  if (!first || !isWholeCluster(missing, reports)) return missing;
  const { kind, ...ofCluster } = first;
  const observed = missing.flatMap(({ observedAt }) => observedAt ?? []).sort();
  return [{ ...ofCluster, ...(kind ? { observedAt: observed.at(-1) } : {}) }];
}

// SPDX-License-Identifier: Apache-2.0
import type { PartialData } from '@tenantry/backstage-plugin-tenants-common';
import type { ClusterInformers } from '../informers/ClusterInformers';
import type { ClusterView } from '../informers/Lister';

function problemOf(
  name: string,
  observedAt: string | undefined,
  next: ClusterInformers,
): PartialData {
  const { problem } = next.status;
  const words =
    problem && problem.reason !== 'NotSynced'
      ? { reason: problem.reason, message: problem.message }
      : {
          reason: 'NotSynced' as const,
          message: `The address or the credentials of cluster "${name}" have changed. What is shown is the last that was known, until everything is read anew.`,
        };
  return { cluster: name, ...words, ...(observedAt ? { observedAt } : {}) };
}

/** What was known of a cluster before its connection was changed, marked stale, with the problem of the new connection. */
export function retainedView(
  previous: ClusterView,
  next: ClusterInformers,
): ClusterView {
  const { name, listers } = previous;
  const { observedAt, kinds, version } = previous.status;
  return {
    name,
    listers,
    freshness: 'stale',
    observedAt: () => observedAt,
    get serverLeadMs() {
      return next.serverLeadMs ?? previous.serverLeadMs;
    },
    get partial() {
      return [problemOf(name, observedAt, next)];
    },
    get status() {
      const { nextTryAt } = next.status;
      return {
        name,
        freshness: 'stale' as const,
        observedAt,
        version,
        problem: problemOf(name, observedAt, next),
        kinds: kinds.map(kind => ({ ...kind, state: 'stale' as const })),
        nextTryAt,
      };
    },
    measures: () => next.measures(),
  };
}

// SPDX-License-Identifier: Apache-2.0
import type { PartialData } from '@tenantry/backstage-plugin-tenants-common';
import type { ClusterView, Listers } from '../informers/Lister';
import { Store } from '../informers/Store';
import { watchedKindNames } from '../informers/watchedKinds';

function emptyListers(): Listers {
  const nothing = () => undefined;
  const entries = watchedKindNames.map(kind => [kind, new Store(nothing)]);
  return Object.fromEntries(entries) as Listers;
}

/** A cluster that is known but can’t be watched: nothing in it, and the reason. */
export function refusedCluster(name: string, message: string): ClusterView {
  const problem: PartialData = {
    cluster: name,
    reason: 'Unauthenticated',
    message,
  };
  return {
    name,
    listers: emptyListers(),
    freshness: 'stale',
    partial: [problem],
    status: { name, freshness: 'stale', problem, kinds: [] },
  };
}

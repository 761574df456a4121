// SPDX-License-Identifier: Apache-2.0
import { Interner } from '../../../../plugins/tenants-backend/src/informers/Interner';
import type { ClusterView } from '../../../../plugins/tenants-backend/src/informers/Lister';
import type { WatchedKind } from '../../../../plugins/tenants-backend/src/informers/objects';
import { projectionOf } from '../../../../plugins/tenants-backend/src/informers/projections/projectionOf';
import {
  watchedKindNames,
  watchedType,
} from '../../../../plugins/tenants-backend/src/informers/watchedKinds';
import { findDivergences } from '../findDivergences';
import type { BenchCluster } from './BenchCluster';

/** `deployments.apps`, `pods`. */
export function resourceOf(kind: WatchedKind): string {
  const { group } = watchedType(kind);
  return group ? `${kind}.${group}` : kind;
}

/** Every watched kind: the cache against what the server would list now, both projected. */
export async function cacheDivergences(
  view: ClusterView,
  cluster: BenchCluster,
  except: readonly WatchedKind[] = [],
): Promise<string[]> {
  const found: string[] = [];
  for (const kind of watchedKindNames) {
    if (except.includes(kind)) continue;
    const objects = await cluster.served(resourceOf(kind));
    const project = projectionOf(kind, new Interner());
    const server = new Map(
      objects.map(object => {
        const projected = project(Buffer.from(JSON.stringify(object)));
        return [`${projected.namespace}/${projected.name}`, projected];
      }),
    );
    const cached = [...view.listers[kind].list()];
    const cache = new Map(
      cached.map(object => [`${object.namespace}/${object.name}`, object]),
    );
    found.push(...findDivergences(`${view.name} ${kind}`, cache, server));
  }
  return found;
}

// SPDX-License-Identifier: Apache-2.0
import { createHealthContext, deriveHealth, healthOf } from '../../health';
import type { ClusterView, KindListers, Lister } from '../../informers/Lister';
import type { ObjectMeta } from '../../informers/objects';
import { collectPods } from '../../tenancy/collectPods';
import type { Clock } from '../../time/Clock';
import type { LiveAddress, LiveState, LiveWorkload } from './EffectPorts';

export type WatchedLiveStateOptions = {
  readonly cluster: (name: string) => ClusterView | undefined;
  readonly clock: Clock;
};

const kinds = {
  Deployment: 'deployments',
  StatefulSet: 'statefulsets',
  DaemonSet: 'daemonsets',
  Job: 'jobs',
  CronJob: 'cronjobs',
  HelmRelease: 'helmreleases',
  Application: 'applications',
} as const;

type JudgedKind = (typeof kinds)[keyof typeof kinds];

function isJudged(kind: string): kind is keyof typeof kinds {
  return Object.hasOwn(kinds, kind);
}

/**
 * The live state as the watch has it: nothing is asked of a cluster. Judged from the very object whose generation is told, not
 * from a snapshot, which may still be of before the change.
 */
export class WatchedLiveState implements LiveState {
  constructor(private readonly options: WatchedLiveStateOptions) {}

  workload(address: LiveAddress): LiveWorkload | undefined {
    const { kind, name, namespace } = address;
    const view = this.options.cluster(address.cluster);
    if (!view || !isJudged(kind)) return undefined;
    const lister: Lister<ObjectMeta> = view.listers[kinds[kind]];
    const found = lister.get(namespace, name);
    if (!found) return undefined;
    const { generation } = found;
    const health = this.judge(view, kinds[kind], address);
    return health && { health, ...(generation ? { generation } : {}) };
  }

  isCurrent(cluster: string): boolean {
    return this.options.cluster(cluster)?.freshness === 'synced';
  }

  private judge<K extends JudgedKind>(
    view: ClusterView,
    kind: K,
    { namespace, name }: LiveAddress,
  ): LiveWorkload['health'] | undefined {
    const listers: KindListers = view.listers;
    const object = listers[kind].get(namespace, name);
    if (!object) return undefined;
    const now = new Date(this.options.clock.now());
    const { podsByOwner } = collectPods(view.listers, [namespace]);
    const where = {
      listers: view.listers,
      namespaces: [namespace],
      podsByOwner,
    };
    const context = createHealthContext(where, now);
    return healthOf(deriveHealth({ kind, object }, context, now));
  }
}

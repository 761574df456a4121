// SPDX-License-Identifier: Apache-2.0
import type { Tenant } from '@tenantry/backstage-plugin-tenants-common';
import type { ClusterView } from '../../informers/Lister';
import type { LiveAddress, LiveState, LiveWorkload } from './EffectPorts';

export type SnapshotLiveStateOptions = {
  /** The newest snapshot of a tenant. */
  readonly tenant: (name: string) => Tenant | undefined;
  readonly cluster: (name: string) => ClusterView | undefined;
};

const listers = {
  Deployment: 'deployments',
  StatefulSet: 'statefulsets',
  DaemonSet: 'daemonsets',
  Job: 'jobs',
  HelmRelease: 'helmreleases',
  Application: 'applications',
} as const;

function isListed(kind: string): kind is keyof typeof listers {
  return Object.hasOwn(listers, kind);
}

/** The live state as the snapshots and the watch have it: nothing is asked of a cluster. */
export class SnapshotLiveState implements LiveState {
  constructor(private readonly options: SnapshotLiveStateOptions) {}

  workload(address: LiveAddress): LiveWorkload | undefined {
    const { tenant, environment, cluster, kind, name } = address;
    const workload = this.options
      .tenant(tenant)
      ?.environments.find(
        each => each.name === environment && each.cluster === cluster,
      )
      ?.modules.flatMap(({ workloads }) => workloads)
      .find(each => each.kind === kind && each.name === name);
    if (!workload) return undefined;
    const { namespace, health } = workload;
    const listed = isListed(kind)
      ? this.options
          .cluster(cluster)
          ?.listers[listers[kind]].get(namespace, name)
      : undefined;
    const generation = listed?.generation;
    return { namespace, health, ...(generation ? { generation } : {}) };
  }

  isCurrent(cluster: string): boolean {
    return this.options.cluster(cluster)?.freshness === 'synced';
  }
}

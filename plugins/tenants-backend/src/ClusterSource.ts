// SPDX-License-Identifier: Apache-2.0
import type { KubeApi } from '@tenantry/backstage-plugin-tenants-node';
import type { Clusters } from './informers/Lister';

/** Clusters that are watched, and the way to them. */
export interface ClusterSource extends Clusters {
  /** Watches until the signal aborts; resolves when everything has stopped. Never throws. */
  start(signal: AbortSignal): Promise<void>;
  /** `undefined` when the cluster is not watched. */
  kubeApi(cluster: string): KubeApi | undefined;
  /** What keeps clusters from being watched at all, in sentences. */
  problems(): readonly string[];
}

// SPDX-License-Identifier: Apache-2.0
import type {
  ClusterDetails,
  KubernetesCredential,
} from '@backstage/plugin-kubernetes-node';
import type { KubeApi } from '@tenantry/backstage-plugin-tenants-node';
import { HttpKubeApi } from '../kube/HttpKubeApi';
import type { KubeServer } from '../kube/KubeServer';
import type { Clock } from '../time/Clock';
import { inClusterServer } from './inClusterServer';
import { authProviderOf } from './watchability';

export type KubeApiFactoryOptions = {
  /** How many watches will be open at once: each takes a connection of its own. */
  readonly watches?: number;
  /** The cluster’s url is that of the Kubernetes plugin’s proxy. */
  readonly proxied?: boolean;
};

/** Makes the way to one cluster. The credential is asked for again for each connection. */
export type KubeApiFactory = (
  cluster: ClusterDetails,
  credential: () => Promise<KubernetesCredential>,
  options?: KubeApiFactoryOptions,
) => KubeApi;

/** Connections of one cluster’s pool. */
export const CONNECTION_LIMITS = {
  /** At least so many. */
  least: 256,
  /** Beside the watches, for lists and logs. */
  beside: 64,
};

function maxConnections({ watches = 0 }: KubeApiFactoryOptions): number {
  return Math.max(CONNECTION_LIMITS.least, watches + CONNECTION_LIMITS.beside);
}

function usesOwnServiceAccount(cluster: ClusterDetails): boolean {
  return (
    authProviderOf(cluster) === 'serviceAccount' &&
    !cluster.authMetadata.serviceAccountToken
  );
}

function serverOf(
  cluster: ClusterDetails,
  inCluster: () => KubeServer | undefined,
): KubeServer {
  const own = usesOwnServiceAccount(cluster) ? inCluster() : undefined;
  if (own) return own;
  const { url, caData, caFile, skipTLSVerify } = cluster;
  return { url, caData, caFile, skipTlsVerify: skipTLSVerify };
}

/** A factory of HTTP connections to the clusters of the Kubernetes plugin. */
export function createHttpKubeApi(options: {
  readonly clock: Clock;
  /** Default: from the service account files of the pod, if there are any. */
  readonly inCluster?: () => KubeServer | undefined;
}): KubeApiFactory {
  const { clock, inCluster = inClusterServer } = options;
  return (cluster, credential, needs = {}) =>
    new HttpKubeApi({
      cluster: cluster.name,
      server: needs.proxied
        ? { url: cluster.url, proxiedCluster: cluster.name }
        : serverOf(cluster, inCluster),
      credential,
      clock,
      maxConnections: maxConnections(needs),
    });
}

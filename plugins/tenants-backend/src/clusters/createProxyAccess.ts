// SPDX-License-Identifier: Apache-2.0
import type {
  AuthService,
  DiscoveryService,
} from '@backstage/backend-plugin-api';
import { ANNOTATION_KUBERNETES_AUTH_PROVIDER } from '@backstage/plugin-kubernetes-common';
import type { ClusterDetails } from '@backstage/plugin-kubernetes-node';
import type { KubernetesAccess } from '@tenantry/backstage-plugin-tenants-node';
import { z } from 'zod';
import { KubernetesAccessError } from './KubernetesAccessError';

export type ProxyAccessOptions = {
  readonly discovery: DiscoveryService;
  readonly auth: AuthService;
};

const targetPluginId = 'kubernetes';
const listTimeoutMs = 30_000;
/** Clusters beyond this are left out. */
const maxClusters = 1_000;

const clusterListSchema = z.object({
  items: z.array(
    z.object({ name: z.string(), authProvider: z.string().optional() }),
  ),
});

const advice: Readonly<Record<number, string>> = {
  401: 'It refused the tenants plugin’s own token: let the backend that runs it reach the tenants plugin under the address that discovery.endpoints gives.',
  403: 'It does not let the tenants plugin list clusters: allow the permission kubernetes.clusters.read to services.',
  404: 'It is not there: install @backstage/plugin-kubernetes-backend and configure kubernetes.clusterLocatorMethods; when it runs in another backend, point discovery.endpoints to that.',
};

function refusal(status: number): KubernetesAccessError {
  const known =
    advice[status] ?? 'Look into the log of the backend that runs it.';
  return new KubernetesAccessError(
    `The Kubernetes plugin could not be asked for its clusters (${status}). ${known}`,
  );
}

function unreachable(error: unknown): KubernetesAccessError {
  return new KubernetesAccessError(
    'The Kubernetes plugin can’t be reached. Check that the backend that runs it is up and that discovery.endpoints points to it.',
    error,
  );
}

async function fetchClusters(url: string, token: string): Promise<unknown> {
  const response = await fetch(url, {
    headers: { authorization: `Bearer ${token}` },
    redirect: 'error',
    signal: AbortSignal.timeout(listTimeoutMs),
  }).catch(error => {
    throw unreachable(error);
  });
  if (!response.ok) {
    await response.body?.cancel();
    throw refusal(response.status);
  }
  return await response.json();
}

/**
 * Clusters of a Kubernetes plugin in another process: listed by its own route, and reached through its proxy, which adds the
 * credentials. A new token is made for each connection, so that none is near its end.
 *
 * @see https://backstage.io/docs/features/kubernetes/proxy
 */
export function createProxyAccess(
  options: ProxyAccessOptions,
): KubernetesAccess {
  const { discovery, auth } = options;
  const newToken = async () => {
    const onBehalfOf = await auth.getOwnServiceCredentials();
    const request = { onBehalfOf, targetPluginId };
    return (await auth.getPluginRequestToken(request)).token;
  };
  return {
    proxied: true,
    clusterSupplier: {
      async getClusters() {
        const base = await discovery.getBaseUrl(targetPluginId);
        const token = await newToken();
        const found = await fetchClusters(`${base}/clusters`, token);
        const { items } = clusterListSchema.parse(found);
        return items.slice(0, maxClusters).map(
          ({ name, authProvider = '' }): ClusterDetails => ({
            name,
            url: `${base}/proxy`,
            authMetadata: {
              [ANNOTATION_KUBERNETES_AUTH_PROVIDER]: authProvider,
            },
          }),
        );
      },
    },
    getCredential: async () => ({
      type: 'bearer token',
      token: await newToken(),
    }),
  };
}

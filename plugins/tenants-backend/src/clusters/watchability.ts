// SPDX-License-Identifier: Apache-2.0
import { ANNOTATION_KUBERNETES_AUTH_PROVIDER } from '@backstage/plugin-kubernetes-common';
import type { ClusterDetails } from '@backstage/plugin-kubernetes-node';

/** Providers whose credentials are the signed-in user’s own, which work in the background does not have. */
const clientSideProviders = new Set(['aks', 'google', 'oidc', 'pinniped']);

/** The auth provider that the portal’s configuration names for a cluster. */
export function authProviderOf(cluster: ClusterDetails): string {
  return cluster.authMetadata[ANNOTATION_KUBERNETES_AUTH_PROVIDER] ?? '';
}

function hasUsableUrl(cluster: ClusterDetails): boolean {
  const url = URL.canParse(cluster.url) ? new URL(cluster.url) : undefined;
  return url?.protocol === 'https:' || url?.protocol === 'http:';
}

/** Why a cluster can’t be watched, and what to do; `undefined` when it can. */
export function whyNotWatchable(cluster: ClusterDetails): string | undefined {
  const provider = authProviderOf(cluster);
  if (clientSideProviders.has(provider)) {
    return `Cluster "${cluster.name}" can’t be watched: its authProvider "${provider}" needs the token of a signed-in user. Give it a server-side authProvider in the Kubernetes plugin’s configuration, for example serviceAccount with a serviceAccountToken that may get, list and watch.`;
  }
  if (!hasUsableUrl(cluster)) {
    return `Cluster "${cluster.name}" can’t be watched: its url is no http or https address. Correct it in the Kubernetes plugin’s configuration.`;
  }
  return undefined;
}

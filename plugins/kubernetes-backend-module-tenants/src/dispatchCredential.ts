// SPDX-License-Identifier: Apache-2.0
import type { AuthenticationStrategy } from '@backstage/plugin-kubernetes-node';

/** The annotation under which the Kubernetes plugin keeps a cluster’s authProvider. */
const authProviderKey = 'kubernetes.io/auth-provider';

/** Asks the strategy that a cluster’s configuration names. The returned function throws when there is none. */
export function dispatchCredential(
  strategies: Readonly<Record<string, AuthenticationStrategy>>,
): AuthenticationStrategy['getCredential'] {
  return async (cluster, auth) => {
    const provider = cluster.authMetadata[authProviderKey] ?? '';
    const strategy = Object.hasOwn(strategies, provider)
      ? strategies[provider]
      : undefined;
    if (!strategy) {
      throw new Error(
        `Cluster "${cluster.name}" names the authProvider "${provider}", for which the Kubernetes plugin has no strategy.`,
      );
    }
    return await strategy.getCredential(cluster, auth);
  };
}

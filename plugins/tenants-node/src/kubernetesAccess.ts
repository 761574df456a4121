// SPDX-License-Identifier: Apache-2.0
import {
  createServiceFactory,
  createServiceRef,
} from '@backstage/backend-plugin-api';
import type {
  AuthenticationStrategy,
  KubernetesClustersSupplier,
} from '@backstage/plugin-kubernetes-node';

/**
 * What the portal’s Kubernetes plugin knows: its clusters, and how to get a credential for each.
 *
 * @public
 */
export type KubernetesAccess = {
  readonly clusterSupplier: KubernetesClustersSupplier;
  /** A credential for one cluster of the supplier, without a user. @throws when the strategy needs a user’s own token */
  readonly getCredential: AuthenticationStrategy['getCredential'];
  /** Set when the clusters’ urls are those of the Kubernetes plugin’s proxy in another process, and the credentials are for that. */
  readonly proxied?: boolean;
};

/**
 * The place where the Kubernetes plugin’s backend module leaves its access for the Tenantry backend, in one process.
 *
 * @public
 */
export interface KubernetesAccessRegistry {
  /** The last call wins. */
  provide(access: KubernetesAccess): void;
  /** `undefined` until the Kubernetes plugin has started, or when it is not installed or not configured. */
  get(): KubernetesAccess | undefined;
  /** Resolves with the first access provided; never, if there is none. */
  whenProvided(): Promise<KubernetesAccess>;
}

/**
 * The process’s one {@link KubernetesAccessRegistry}, shared by all plugins; empty until the Kubernetes plugin’s module provides
 * something.
 *
 * @public
 */
export const kubernetesAccessRegistryRef =
  createServiceRef<KubernetesAccessRegistry>({
    id: 'tenants.kubernetes-access-registry',
    scope: 'root',
    defaultFactory: async service =>
      createServiceFactory({
        service,
        deps: {},
        factory: createKubernetesAccessRegistry,
      }),
  });

/** Makes an empty registry. @public */
export function createKubernetesAccessRegistry(): KubernetesAccessRegistry {
  let current: KubernetesAccess | undefined;
  let resolveProvided: (access: KubernetesAccess) => void;
  const provided = new Promise<KubernetesAccess>(resolve => {
    resolveProvided = resolve;
  });
  return {
    provide(access) {
      current = access;
      resolveProvided(access);
    },
    get: () => current,
    whenProvided: () => provided,
  };
}

// SPDX-License-Identifier: Apache-2.0
import type { ClusterView } from '../informers/Lister';
import type { NamespaceObject } from '../informers/objects';

/** Whether a cluster’s word on owners and members counts, or it only adds environments. */
export type ClusterTrust = 'authoritative' | 'member';

export type TrustedCluster = {
  readonly view: ClusterView;
  readonly trust: ClusterTrust;
};

/** The namespaces of one tenant on one cluster. */
export type TenantCluster = TrustedCluster & {
  readonly namespaces: readonly NamespaceObject[];
};

/** All that belongs to one tenant, before anything is judged. */
export type TenantGroup = {
  readonly name: string;
  readonly clusters: readonly TenantCluster[];
};

/** A namespace that names a tenant by a name no tenant can have. */
export type RefusedNamespace = {
  readonly cluster: string;
  readonly namespace: string;
  readonly message: string;
};

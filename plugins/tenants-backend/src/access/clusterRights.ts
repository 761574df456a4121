// SPDX-License-Identifier: Apache-2.0
import type { AccessReview } from '@tenantry/backstage-plugin-tenants-node';

/** What somebody must be allowed in a namespace of the cluster. */
export type ClusterRight = Pick<
  AccessReview,
  'verb' | 'group' | 'resource' | 'subresource'
>;

const seePods: ClusterRight = { verb: 'list', group: '', resource: 'pods' };
const changeDeployments: ClusterRight = {
  verb: 'patch',
  group: 'apps',
  resource: 'deployments',
};
const removeDeployments: ClusterRight = {
  ...changeDeployments,
  verb: 'delete',
};
const readLogs: ClusterRight = {
  verb: 'get',
  group: '',
  resource: 'pods',
  subresource: 'log',
};

/** One right that stands for each permission where a cluster’s own RBAC decides too. */
const rightByPermission: Readonly<Record<string, ClusterRight>> = {
  'tenants.tenant.update': changeDeployments,
  'tenants.tenant.operate': changeDeployments,
  'tenants.tenant.adopt': changeDeployments,
  'tenants.tenant.delete': removeDeployments,
  'tenants.tenant.purge': removeDeployments,
  'tenants.logs.read': readLogs,
  'tenants.logs.read-unmasked': readLogs,
  'tenants.member.manage': {
    verb: 'create',
    group: 'rbac.authorization.k8s.io',
    resource: 'rolebindings',
  },
  'tenants.secret.write': { verb: 'create', group: '', resource: 'secrets' },
};

/** The right that a permission on a tenant needs in its namespaces; seeing pods for all that only reads. */
export function clusterRightFor(permission: string): ClusterRight {
  return rightByPermission[permission] ?? seePods;
}

// SPDX-License-Identifier: Apache-2.0
import { AUTHENTICATED, MASTERS, UNAUTHENTICATED } from '../Caller';
import type { BindingRow, RoleRow } from './roleRow';

const HEALTH = '/healthz /livez /readyz /version /version/';
const WORKLOADS =
  'daemonsets deployments deployments/scale replicasets replicasets/scale statefulsets statefulsets/scale';
const WORKLOAD_STATES =
  'daemonsets/status deployments/status replicasets/status statefulsets/status';

/** The roles every cluster starts with that speak of users; those of single controllers are left out. */
export const DEFAULT_ROLES: readonly RoleRow[] = [
  { name: 'admin', from: 'admin' },
  { name: 'cluster-admin', rules: ['* | * | *', '* | *'] },
  { name: 'edit', from: 'edit', into: 'admin' },
  {
    name: 'system:aggregate-to-admin',
    into: 'admin',
    rules: [
      'create | authorization.k8s.io | localsubjectaccessreviews',
      'ALL | rbac.authorization.k8s.io | rolebindings roles',
    ],
  },
  {
    name: 'system:aggregate-to-edit',
    into: 'edit',
    rules: [
      'READ | core | pods/attach pods/exec pods/portforward pods/proxy secrets services/proxy',
      'impersonate | core | serviceaccounts',
      'WRITE | core | pods pods/attach pods/exec pods/portforward pods/proxy',
      'create | core | pods/eviction',
      'WRITE | core | configmaps persistentvolumeclaims replicationcontrollers replicationcontrollers/scale secrets serviceaccounts services services/proxy',
      'create | core | serviceaccounts/token',
      'WRITE | core events.k8s.io | events',
      `WRITE | apps | ${WORKLOADS} deployments/rollback`,
      'WRITE | autoscaling | horizontalpodautoscalers',
      'WRITE | batch | cronjobs jobs',
      'WRITE | policy | poddisruptionbudgets',
      'WRITE | networking.k8s.io | ingresses networkpolicies',
      'ALL | coordination.k8s.io | leases',
    ],
  },
  {
    name: 'system:aggregate-to-view',
    into: 'view',
    rules: [
      'READ | core | configmaps endpoints persistentvolumeclaims persistentvolumeclaims/status pods replicationcontrollers replicationcontrollers/scale serviceaccounts services services/status',
      'READ | core | bindings limitranges namespaces/status pods/log pods/status replicationcontrollers/status resourcequotas resourcequotas/status',
      'READ | core | namespaces',
      'READ | core events.k8s.io | events',
      'READ | discovery.k8s.io | endpointslices',
      `READ | apps | controllerrevisions ${WORKLOADS} ${WORKLOAD_STATES}`,
      'READ | autoscaling | horizontalpodautoscalers horizontalpodautoscalers/status',
      'READ | batch | cronjobs cronjobs/status jobs jobs/status',
      'READ | policy | poddisruptionbudgets poddisruptionbudgets/status',
      'READ | networking.k8s.io | ingresses ingresses/status networkpolicies',
    ],
  },
  {
    name: 'system:auth-delegator',
    rules: [
      'create | authentication.k8s.io | tokenreviews',
      'create | authorization.k8s.io | subjectaccessreviews',
    ],
  },
  {
    name: 'system:basic-user',
    rules: [
      'create | authorization.k8s.io | selfsubjectaccessreviews selfsubjectrulesreviews',
      'create | authentication.k8s.io | selfsubjectreviews',
    ],
  },
  {
    name: 'system:discovery',
    rules: [
      'get | /api /api/* /apis /apis/* /healthz /livez /openapi /openapi/* /readyz /version /version/',
    ],
  },
  {
    name: 'system:monitoring',
    rules: [
      'get | /healthz /healthz/* /livez /livez/* /metrics /metrics/slis /readyz /readyz/*',
    ],
  },
  { name: 'system:public-info-viewer', rules: [`get | ${HEALTH}`] },
  {
    name: 'system:service-account-issuer-discovery',
    rules: ['get | /.well-known/openid-configuration /openid/v1/jwks'],
  },
  { name: 'view', from: 'view', into: 'edit' },
];

/** Which groups have which of them in the whole cluster. */
export const DEFAULT_BINDINGS: readonly BindingRow[] = [
  { role: 'cluster-admin', groups: [MASTERS] },
  { role: 'system:basic-user', groups: [AUTHENTICATED] },
  { role: 'system:discovery', groups: [AUTHENTICATED] },
  { role: 'system:monitoring', groups: ['system:monitoring'] },
  {
    role: 'system:public-info-viewer',
    groups: [AUTHENTICATED, UNAUTHENTICATED],
  },
  {
    role: 'system:service-account-issuer-discovery',
    groups: ['system:serviceaccounts'],
  },
];

// SPDX-License-Identifier: Apache-2.0
/**
 * Objects that a module of a tenant’s environment may consist of, as `apiVersion/Kind`. All are namespaced. Secrets are missing on
 * purpose: a release names them, and their values never stand in a definition. So are Roles: RoleBindings name allowed ones.
 *
 * @public
 */
export const TENANT_KINDS: ReadonlySet<string> = new Set([
  'v1/ConfigMap',
  'v1/PersistentVolumeClaim',
  'v1/Service',
  'v1/ServiceAccount',
  'apps/v1/DaemonSet',
  'apps/v1/Deployment',
  'apps/v1/StatefulSet',
  'autoscaling/v2/HorizontalPodAutoscaler',
  'batch/v1/CronJob',
  'batch/v1/Job',
  'gateway.networking.k8s.io/v1/HTTPRoute',
  'monitoring.coreos.com/v1/PodMonitor',
  'monitoring.coreos.com/v1/ServiceMonitor',
  'networking.k8s.io/v1/Ingress',
  'networking.k8s.io/v1/NetworkPolicy',
  'policy/v1/PodDisruptionBudget',
  'rbac.authorization.k8s.io/v1/RoleBinding',
]);

/** Whether an object of a tenant’s module may be of this kind. @public */
export function isTenantKind(apiVersion: string, kind: string): boolean {
  return TENANT_KINDS.has(`${apiVersion}/${kind}`);
}

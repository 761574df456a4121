// SPDX-License-Identifier: Apache-2.0
import type { ResourceType } from '@tenantry/backstage-plugin-tenants-node';

/** Plural names of what an environment is made of, by `apiVersion/Kind`. Namespaces are the only kind without namespaces. */
const PLURALS: Readonly<Record<string, string>> = {
  'v1/Namespace': 'namespaces',
  'v1/ConfigMap': 'configmaps',
  'v1/LimitRange': 'limitranges',
  'v1/PersistentVolumeClaim': 'persistentvolumeclaims',
  'v1/ResourceQuota': 'resourcequotas',
  'v1/Secret': 'secrets',
  'v1/Service': 'services',
  'v1/ServiceAccount': 'serviceaccounts',
  'apps/v1/DaemonSet': 'daemonsets',
  'apps/v1/Deployment': 'deployments',
  'apps/v1/StatefulSet': 'statefulsets',
  'autoscaling/v2/HorizontalPodAutoscaler': 'horizontalpodautoscalers',
  'batch/v1/CronJob': 'cronjobs',
  'batch/v1/Job': 'jobs',
  'networking.k8s.io/v1/Ingress': 'ingresses',
  'networking.k8s.io/v1/NetworkPolicy': 'networkpolicies',
  'policy/v1/PodDisruptionBudget': 'poddisruptionbudgets',
  'rbac.authorization.k8s.io/v1/Role': 'roles',
  'rbac.authorization.k8s.io/v1/RoleBinding': 'rolebindings',
  'source.toolkit.fluxcd.io/v1/HelmRepository': 'helmrepositories',
  'source.toolkit.fluxcd.io/v1/OCIRepository': 'ocirepositories',
  'helm.toolkit.fluxcd.io/v2/HelmRelease': 'helmreleases',
  'argoproj.io/v1alpha1/Application': 'applications',
  'gateway.networking.k8s.io/v1/HTTPRoute': 'httproutes',
  'monitoring.coreos.com/v1/PodMonitor': 'podmonitors',
  'monitoring.coreos.com/v1/ServiceMonitor': 'servicemonitors',
};

/** Kinds whose objects are kept when nothing renders them any more: they hold data, or everything else. */
export const KEPT_KINDS: ReadonlySet<string> = new Set([
  'Namespace',
  'PersistentVolumeClaim',
  'Secret',
]);

/** Kinds that may hold objects we applied, as the API server names them. Those of charts, gateways and monitors are not served by every cluster. */
export function appliedTypes(): readonly ResourceType[] {
  return Object.keys(PLURALS)
    .filter(key => key !== 'v1/Secret')
    .map(typeOfKey);
}

/** The same for a kind written as `apps/v1/Deployment`. */
export function typeOfKey(key: string): ResourceType {
  const at = key.lastIndexOf('/');
  return resourceTypeOf(key.slice(0, at), key.slice(at + 1));
}

/** How the API server names a kind. Plurals of kinds that are not known are made as the Kubernetes client makes them. */
export function resourceTypeOf(apiVersion: string, kind: string): ResourceType {
  const [version = '', group = ''] = apiVersion.split('/').reverse();
  const key = `${apiVersion}/${kind}`;
  const resource = Object.hasOwn(PLURALS, key) ? PLURALS[key] : guess(kind);
  const namespaced = key !== 'v1/Namespace';
  return { group, version, resource, kind, namespaced };
}

/** @see https://pkg.go.dev/k8s.io/apimachinery/pkg/api/meta#UnsafeGuessKindToResource */
function guess(kind: string): string {
  const name = kind.toLowerCase();
  if (name.endsWith('s')) return `${name}es`;
  return name.endsWith('y') ? `${name.slice(0, -1)}ies` : `${name}s`;
}

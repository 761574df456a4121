// SPDX-License-Identifier: Apache-2.0
import type { ResourceType } from '@tenantry/backstage-plugin-tenants-node';
import type { WatchedKind } from './objects';

/** Path parts of a kind: group/version, kind, and whether only some clusters serve it. */
type KindEntry = {
  readonly api: string;
  readonly kind: string;
  readonly clusterScoped?: true;
  readonly optional?: true;
};

const entries: { readonly [K in WatchedKind]: KindEntry } = {
  namespaces: { api: 'v1', kind: 'Namespace', clusterScoped: true },
  pods: { api: 'v1', kind: 'Pod' },
  deployments: { api: 'apps/v1', kind: 'Deployment' },
  statefulsets: { api: 'apps/v1', kind: 'StatefulSet' },
  daemonsets: { api: 'apps/v1', kind: 'DaemonSet' },
  replicasets: { api: 'apps/v1', kind: 'ReplicaSet' },
  jobs: { api: 'batch/v1', kind: 'Job' },
  cronjobs: { api: 'batch/v1', kind: 'CronJob' },
  services: { api: 'v1', kind: 'Service' },
  ingresses: { api: 'networking.k8s.io/v1', kind: 'Ingress' },
  horizontalpodautoscalers: {
    api: 'autoscaling/v2',
    kind: 'HorizontalPodAutoscaler',
  },
  persistentvolumeclaims: { api: 'v1', kind: 'PersistentVolumeClaim' },
  resourcequotas: { api: 'v1', kind: 'ResourceQuota' },
  limitranges: { api: 'v1', kind: 'LimitRange' },
  networkpolicies: { api: 'networking.k8s.io/v1', kind: 'NetworkPolicy' },
  rolebindings: { api: 'rbac.authorization.k8s.io/v1', kind: 'RoleBinding' },
  events: { api: 'v1', kind: 'Event' },
  helmreleases: {
    api: 'helm.toolkit.fluxcd.io/v2',
    kind: 'HelmRelease',
    optional: true,
  },
  kustomizations: {
    api: 'kustomize.toolkit.fluxcd.io/v1',
    kind: 'Kustomization',
    optional: true,
  },
  applications: {
    api: 'argoproj.io/v1alpha1',
    kind: 'Application',
    optional: true,
  },
};

/** A kind we watch. An optional one that a cluster does not serve is no gap in its data. */
export type WatchedType = ResourceType & { readonly optional: boolean };

/** Every kind, in the order in which watches are opened: namespaces first, for they decide the tenants. */
export const watchedKindNames = Object.keys(entries) as readonly WatchedKind[];

/** How the API server names a watched kind. */
export function watchedType(name: WatchedKind): WatchedType {
  const { api, kind, clusterScoped, optional } = entries[name];
  const [version = '', group = ''] = api.split('/').reverse();
  return {
    group,
    version,
    resource: name,
    kind,
    namespaced: !clusterScoped,
    optional: optional === true,
  };
}

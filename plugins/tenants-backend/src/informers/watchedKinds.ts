// SPDX-License-Identifier: Apache-2.0
import type { ResourceType } from '@tenantry/backstage-plugin-tenants-node';
import type { WatchedKind } from './objects';

/** Path parts of a kind: group/version, kind, and whether only some clusters serve it. */
type KindEntry = {
  readonly api: string;
  readonly kind: string;
  readonly clusterScoped?: true;
  /** Versions of the same form, newest first, for clusters that do not serve the one in `api`. */
  readonly older?: readonly string[];
  /** Left out where namespaces are watched one by one. */
  readonly wholeOnly?: true;
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
  cronjobs: { api: 'batch/v1', kind: 'CronJob', older: ['v1beta1'] },
  services: { api: 'v1', kind: 'Service' },
  ingresses: { api: 'networking.k8s.io/v1', kind: 'Ingress', wholeOnly: true },
  horizontalpodautoscalers: {
    api: 'autoscaling/v2',
    kind: 'HorizontalPodAutoscaler',
    older: ['v2beta2'],
  },
  persistentvolumeclaims: { api: 'v1', kind: 'PersistentVolumeClaim' },
  resourcequotas: { api: 'v1', kind: 'ResourceQuota' },
  limitranges: { api: 'v1', kind: 'LimitRange', wholeOnly: true },
  networkpolicies: {
    api: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    wholeOnly: true,
  },
  rolebindings: { api: 'rbac.authorization.k8s.io/v1', kind: 'RoleBinding' },
  events: { api: 'v1', kind: 'Event' },
  helmreleases: {
    api: 'helm.toolkit.fluxcd.io/v2',
    kind: 'HelmRelease',
    optional: true,
    wholeOnly: true,
  },
  kustomizations: {
    api: 'kustomize.toolkit.fluxcd.io/v1',
    kind: 'Kustomization',
    optional: true,
    wholeOnly: true,
  },
  applications: {
    api: 'argoproj.io/v1alpha1',
    kind: 'Application',
    optional: true,
    wholeOnly: true,
  },
  httproutes: {
    api: 'gateway.networking.k8s.io/v1',
    kind: 'HTTPRoute',
    optional: true,
    wholeOnly: true,
  },
};

/** A kind we watch. An optional one that a cluster does not serve is no gap in its data. */
export type WatchedType = ResourceType & {
  readonly optional: boolean;
  /** Tried in turn where `version` is not served. */
  readonly olderVersions?: readonly string[];
};

/** Every kind. */
export const watchedKindNames = Object.keys(entries) as readonly WatchedKind[];

/** The kinds watched where namespaces are watched one by one: what health, quota and members are derived from. */
export const reducedKindNames = watchedKindNames.filter(
  name => !entries[name].wholeOnly,
);

/** How many watches a cluster needs. */
export function watchCount(
  namespaces: readonly string[] | undefined,
  customKinds = 0,
): number {
  return namespaces
    ? (reducedKindNames.length + customKinds) * namespaces.length
    : watchedKindNames.length + customKinds;
}

/** How the API server names a watched kind. */
export function watchedType(name: WatchedKind): WatchedType {
  const { api, kind, clusterScoped, optional, older } = entries[name];
  const [version = '', group = ''] = api.split('/').reverse();
  return {
    group,
    version,
    resource: name,
    kind,
    namespaced: !clusterScoped,
    optional: optional === true,
    ...(older ? { olderVersions: older } : {}),
  };
}

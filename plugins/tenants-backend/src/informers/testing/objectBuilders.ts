// SPDX-License-Identifier: Apache-2.0
import type {
  ContainerObject,
  CronJobObject,
  EventObject,
  GenericObject,
  HorizontalPodAutoscalerObject,
  HttpRouteObject,
  IngressObject,
  JobObject,
  NamespaceObject,
  NetworkPolicyObject,
  ObjectMeta,
  PersistentVolumeClaimObject,
  PodObject,
  ReplicatedObject,
  ResourceQuotaObject,
  RoleBindingObject,
  ServiceObject,
} from '../objects';

const defaultMeta = {
  namespace: 'shop',
  resourceVersion: '1',
  generation: 1,
  createdAt: '2026-01-01T00:00:00Z',
  labels: {},
  annotations: {},
  finalizers: [],
};

/** The uid that builders give an object, for `controller` of its children. */
export function uidOf(kind: string, name: string, namespace = 'shop'): string {
  return `uid-${kind}-${namespace}-${name}`.toLowerCase();
}

function meta(
  kind: string,
  overrides: Partial<ObjectMeta> & { readonly kind?: string },
): ObjectMeta {
  const name = overrides.name ?? kind.toLowerCase();
  const namespace = overrides.namespace ?? defaultMeta.namespace;
  const uid = uidOf(kind, name, namespace);
  return {
    ...defaultMeta,
    ...overrides,
    kind,
    name,
    namespace,
    uid: overrides.uid ?? uid,
  };
}

/** A controller reference to an object made by a builder here. */
export function controlledBy(owner: ObjectMeta): ObjectMeta['controller'] {
  return { kind: owner.kind, name: owner.name, uid: owner.uid };
}

export function namespaceObject(
  overrides: Partial<NamespaceObject> = {},
): NamespaceObject {
  const name = overrides.name ?? 'shop';
  return {
    phase: 'Active',
    conditions: [],
    ...overrides,
    ...meta('Namespace', { ...overrides, name, namespace: '' }),
  };
}

/** A container that runs and is ready. */
export function containerObject(
  overrides: Partial<ContainerObject> = {},
): ContainerObject {
  return {
    name: 'main',
    role: 'main',
    image: 'registry.example/web:1.0.0',
    requests: { cpu: 0.1, memory: 128 * 1024 ** 2 },
    limits: { cpu: 0.5, memory: 256 * 1024 ** 2 },
    ready: true,
    restarts: 0,
    state: 'running',
    ...overrides,
  };
}

/** A pod that runs and is ready. */
export function podObject(overrides: Partial<PodObject> = {}): PodObject {
  return {
    phase: 'Running',
    node: 'node-1',
    startedAt: '2026-01-01T00:00:01Z',
    conditions: [
      { type: 'PodScheduled', status: 'True', reason: '', message: '' },
      { type: 'Ready', status: 'True', reason: '', message: '' },
    ],
    containers: [containerObject()],
    ...overrides,
    ...meta('Pod', overrides),
  };
}

/** A workload with one replica, rolled out and available. */
function replicatedObject(
  kind: string,
  overrides: Partial<ReplicatedObject>,
): ReplicatedObject {
  const replicas = overrides.replicas ?? 1;
  return {
    replicas,
    observedGeneration: overrides.generation ?? 1,
    readyReplicas: replicas,
    updatedReplicas: replicas,
    availableReplicas: replicas,
    currentReplicas: replicas,
    paused: false,
    updateStrategy: 'RollingUpdate',
    partition: 0,
    selector: { app: overrides.name ?? kind.toLowerCase() },
    images: ['registry.example/web:1.0.0'],
    conditions: [],
    ...overrides,
    ...meta(kind, overrides),
  };
}

export function deploymentObject(
  overrides: Partial<ReplicatedObject> = {},
): ReplicatedObject {
  const conditions = ['Available', 'Progressing'].map(type => ({
    type,
    status: 'True',
    reason:
      type === 'Available'
        ? 'MinimumReplicasAvailable'
        : 'NewReplicaSetAvailable',
    message: '',
  }));
  return replicatedObject('Deployment', { conditions, ...overrides });
}

export function statefulSetObject(
  overrides: Partial<ReplicatedObject> = {},
): ReplicatedObject {
  return replicatedObject('StatefulSet', overrides);
}

export function daemonSetObject(
  overrides: Partial<ReplicatedObject> = {},
): ReplicatedObject {
  return replicatedObject('DaemonSet', overrides);
}

export function replicaSetObject(
  overrides: Partial<ReplicatedObject> = {},
): ReplicatedObject {
  return replicatedObject('ReplicaSet', { updateStrategy: '', ...overrides });
}

/** A job that runs. */
export function jobObject(overrides: Partial<JobObject> = {}): JobObject {
  return {
    suspended: false,
    active: 1,
    succeeded: 0,
    failed: 0,
    completions: 1,
    backoffLimit: 6,
    startedAt: '2026-01-01T00:00:01Z',
    images: ['registry.example/job:1.0.0'],
    conditions: [],
    ...overrides,
    ...meta('Job', overrides),
  };
}

export function cronJobObject(
  overrides: Partial<CronJobObject> = {},
): CronJobObject {
  return {
    suspended: false,
    schedule: '*/5 * * * *',
    active: 0,
    images: ['registry.example/job:1.0.0'],
    ...overrides,
    ...meta('CronJob', overrides),
  };
}

export function serviceObject(
  overrides: Partial<ServiceObject> = {},
): ServiceObject {
  return {
    type: 'ClusterIP',
    selector: { app: 'web' },
    ports: [{ name: 'http', port: 80 }],
    loadBalancerReady: false,
    ...overrides,
    ...meta('Service', overrides),
  };
}

export function persistentVolumeClaimObject(
  overrides: Partial<PersistentVolumeClaimObject> = {},
): PersistentVolumeClaimObject {
  return {
    phase: 'Bound',
    requested: 1024 ** 3,
    storageClass: 'standard',
    ...overrides,
    ...meta('PersistentVolumeClaim', overrides),
  };
}

export function resourceQuotaObject(
  overrides: Partial<ResourceQuotaObject> = {},
): ResourceQuotaObject {
  return {
    hard: { 'requests.cpu': '4', pods: '20' },
    used: { 'requests.cpu': '100m', pods: '1' },
    ...overrides,
    ...meta('ResourceQuota', overrides),
  };
}

export function horizontalPodAutoscalerObject(
  overrides: Partial<HorizontalPodAutoscalerObject> = {},
): HorizontalPodAutoscalerObject {
  return {
    target: { kind: 'Deployment', name: 'web' },
    minReplicas: 1,
    maxReplicas: 3,
    currentReplicas: 1,
    desiredReplicas: 1,
    conditions: [],
    ...overrides,
    ...meta('HorizontalPodAutoscaler', overrides),
  };
}

export function roleBindingObject(
  overrides: Partial<RoleBindingObject> = {},
): RoleBindingObject {
  return {
    role: { kind: 'ClusterRole', name: 'edit' },
    subjects: [{ kind: 'Group', name: 'team-shop' }],
    ...overrides,
    ...meta('RoleBinding', overrides),
  };
}

export function eventObject(overrides: Partial<EventObject> = {}): EventObject {
  return {
    type: 'Warning',
    reason: 'BackOff',
    message: 'Back-off restarting failed container',
    regarding: {
      kind: 'Pod',
      name: 'pod',
      namespace: overrides.namespace ?? 'shop',
      uid: uidOf('Pod', 'pod', overrides.namespace),
    },
    count: 1,
    firstSeen: '2026-01-01T00:00:00Z',
    lastSeen: '2026-01-01T00:00:00Z',
    ...overrides,
    ...meta('Event', overrides),
  };
}

/** Selects every pod and lets nothing in. */
export function networkPolicyObject(
  overrides: Partial<NetworkPolicyObject> = {},
): NetworkPolicyObject {
  return {
    conditions: [],
    podSelector: { matchLabels: {}, matchExpressions: [] },
    policyTypes: ['Ingress'],
    ingress: [],
    egress: [],
    ...overrides,
    ...meta('NetworkPolicy', overrides),
  };
}

/** Sends everything for one host to the Service `web`. */
export function ingressObject(
  overrides: Partial<IngressObject> = {},
): IngressObject {
  const route = { host: 'shop.example', path: '/', tls: true, service: 'web' };
  return {
    conditions: [],
    routes: [route],
    ...overrides,
    ...meta('Ingress', overrides),
  };
}

/** As {@link ingressObject}, by a gateway that accepts it. */
export function httpRouteObject(
  overrides: Partial<HttpRouteObject> = {},
): HttpRouteObject {
  const route = { host: 'shop.example', path: '/', tls: true, service: 'web' };
  return {
    conditions: [{ type: 'Accepted', status: 'True', reason: '', message: '' }],
    routes: [route],
    ...overrides,
    ...meta('HTTPRoute', overrides),
  };
}

/** LimitRange or a custom kind. */
export function genericObject(
  kind: string,
  overrides: Partial<GenericObject> = {},
): GenericObject {
  return { conditions: [], ...overrides, ...meta(kind, overrides) };
}

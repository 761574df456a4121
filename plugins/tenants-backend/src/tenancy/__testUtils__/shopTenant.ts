// SPDX-License-Identifier: Apache-2.0
import type { ClusterView } from '../../informers/Lister';
import {
  containerObject,
  controlledBy,
  createFakeClusterView,
  deploymentObject,
  eventObject,
  namespaceObject,
  podObject,
  replicaSetObject,
  resourceQuotaObject,
  roleBindingObject,
  serviceObject,
  type FakeObjects,
} from '../../informers/testing';
import { tenancyPreset } from '../presets';
import type { ClusterTrust } from '../TenantGroup';

/** How namespaces say whose they are. */
export const labels = tenancyPreset('tenantry');
/** When these tests take place. */
export const now = new Date('2026-01-01T12:00:00Z');

/** A namespace of the tenant `shop`. */
export const tenantNamespace = (
  name: string,
  more: Record<string, string> = {},
) =>
  namespaceObject({
    name,
    labels: {
      'tenantry.dev/tenant': 'shop',
      'tenantry.dev/environment': 'prod',
      'tenantry.dev/tier': 'bronze',
      ...more,
    },
    annotations: { 'tenantry.dev/owner': 'group:default/team-shop' },
  });

/** The one in which everything runs. */
export const namespace = tenantNamespace('shop');
/** What runs: two of three pods are ready. */
export const web = deploymentObject({
  name: 'web',
  replicas: 3,
  readyReplicas: 2,
  availableReplicas: 2,
  labels: { 'tenantry.dev/module': 'web', 'tenantry.dev/release': '1.2.0' },
});
/** Its present revision. */
export const webSet = replicaSetObject({
  name: 'web-1',
  replicas: 3,
  controller: controlledBy(web),
});
/** A pod of it. */
export const webPod = (name: string, more = {}) =>
  podObject({
    name,
    controller: controlledBy(webSet),
    labels: { app: 'web' },
    ...more,
  });
/** The third pod. */
export const crashing = webPod('web-1-c', {
  conditions: [
    { type: 'PodScheduled', status: 'True', reason: '', message: '' },
    {
      type: 'Ready',
      status: 'False',
      reason: 'ContainersNotReady',
      message: '',
      since: '2026-01-01T11:40:00Z',
    },
  ],
  containers: [
    containerObject({
      ready: false,
      state: 'waiting',
      reason: 'CrashLoopBackOff',
      restarts: 6,
      lastExit: { code: 137, reason: 'OOMKilled', at: '2026-01-01T11:58:00Z' },
    }),
  ],
});

/** All objects of the tenant. */
export const objects = {
  namespaces: [namespace],
  deployments: [web],
  replicasets: [webSet],
  pods: [webPod('web-1-b'), crashing, webPod('web-1-a')],
  services: [
    serviceObject({ name: 'web', labels: { 'tenantry.dev/module': 'web' } }),
  ],
  resourcequotas: [
    resourceQuotaObject({
      name: 'compute',
      hard: { 'requests.cpu': '4', 'requests.memory': '8Gi', pods: '20' },
      used: { 'requests.cpu': '300m', 'requests.memory': '384Mi', pods: '3' },
    }),
  ],
  rolebindings: [
    roleBindingObject({
      subjects: [
        { kind: 'User', name: 'guest' },
        { kind: 'Group', name: 'team-shop' },
        { kind: 'Group', name: 'system:masters' },
        { kind: 'ServiceAccount', name: 'robot' },
      ],
    }),
  ],
  events: [
    eventObject({
      name: 'e1',
      count: 3,
      lastSeen: '2026-01-01T11:50:00Z',
      firstSeen: '2026-01-01T11:40:00Z',
    }),
    eventObject({
      name: 'e2',
      count: 2,
      lastSeen: '2026-01-01T11:59:00Z',
      firstSeen: '2026-01-01T11:45:00Z',
    }),
    eventObject({
      name: 'e3',
      type: 'Normal',
      reason: 'Pulled',
      message: 'pulled',
      lastSeen: '2026-01-01T11:39:00Z',
      firstSeen: '2026-01-01T11:39:00Z',
    }),
  ],
} satisfies FakeObjects;

/** A cluster as the derivation sees it. */
export const cluster = (
  view: ClusterView,
  trust: ClusterTrust = 'authoritative',
) => ({
  view,
  trust,
  namespaces: [...view.listers.namespaces.list()],
});
/** What the derivation is given of these objects. */
export const inputOf = (
  given: FakeObjects,
  more: Parameters<typeof createFakeClusterView>[0] = {},
) => ({
  name: 'shop',
  labels,
  clusters: [
    cluster(createFakeClusterView({ name: 'eu', objects: given, ...more })),
  ],
});

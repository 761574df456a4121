// SPDX-License-Identifier: Apache-2.0
import {
  tenantRowSchema,
  tenantSchema,
  type Tenant,
} from '@tenantry/backstage-plugin-tenants-common';
import fc from 'fast-check';
import type { PodObject } from '../informers/objects';
import {
  containerObject,
  controlledBy,
  createFakeClusterView,
  cronJobObject,
  daemonSetObject,
  deploymentObject,
  eventObject,
  genericObject,
  horizontalPodAutoscalerObject,
  httpRouteObject,
  ingressObject,
  jobObject,
  namespaceObject,
  persistentVolumeClaimObject,
  podObject,
  replicaSetObject,
  serviceObject,
  statefulSetObject,
  type FakeObjects,
} from '../informers/testing';
import { deriveTenant, deriveTenantState } from './deriveTenant';
import { tenancyPreset } from './presets';
import { toTenantRow } from './toTenantRow';

// Many whole tenants are derived per rule.
jest.setTimeout(30_000);

const labels = tenancyPreset('tenantry');
const now = new Date('2026-01-01T12:00:00Z');
const shop = namespaceObject({
  name: 'shop',
  labels: { 'tenantry.dev/tenant': 'shop' },
});

const name = fc.constantFrom('a', 'b', 'c', 'd');
const small = fc.integer({ min: 0, max: 4 });
const time = fc.constantFrom(
  '2026-01-01T08:00:00Z',
  '2026-01-01T11:50:00Z',
  '2026-01-01T11:59:30Z',
  '2026-01-01T12:00:30Z',
);
const maybe = <T>(value: fc.Arbitrary<T>) =>
  fc.option(value, { nil: undefined });
const word = fc.constantFrom(
  '',
  'CrashLoopBackOff',
  'ImagePullBackOff',
  'OOMKilled',
  'ContainerCreating',
  'Unhealthy',
  'FailedCreate',
  'FailedMount',
);
const text = fc.constantFrom(
  '',
  'it broke',
  'exceeded quota: q, requested: cpu=1',
  'x'.repeat(2_000),
);
const condition = fc.record({
  type: fc.constantFrom(
    'Ready',
    'PodScheduled',
    'Available',
    'Progressing',
    'ReplicaFailure',
    'Failed',
    'Complete',
    'Stalled',
    'ScalingActive',
  ),
  status: fc.constantFrom('True', 'False', 'Unknown'),
  reason: word,
  message: text,
  since: maybe(time),
});
const conditions = fc.array(condition, { maxLength: 4 });
const deletedAt = fc.option(time, { nil: undefined, freq: 8 });
const container = fc
  .record({
    name,
    role: fc.constantFrom('main', 'init', 'sidecar', 'ephemeral'),
    state: fc.constantFrom('running', 'waiting', 'terminated'),
    ready: fc.boolean(),
    restarts: small,
    reason: maybe(word),
    message: maybe(text),
    exitCode: maybe(small),
    since: maybe(time),
    lastExit: maybe(fc.record({ code: small, reason: word, at: time })),
  })
  .map(containerObject);

const webSet = replicaSetObject({
  name: 'a-1',
  controller: controlledBy(deploymentObject({ name: 'a' })),
});
const controller = fc.constantFrom<PodObject['controller']>(
  undefined,
  controlledBy(webSet),
  controlledBy(statefulSetObject({ name: 'b' })),
  controlledBy(jobObject({ name: 'c' })),
  { kind: 'Rollout', name: 'r', uid: 'r' },
);
const pod = fc
  .record({
    name,
    phase: fc.constantFrom(
      'Pending',
      'Running',
      'Succeeded',
      'Failed',
      'Unknown',
    ),
    node: maybe(fc.constant('node-1')),
    deletedAt,
    controller,
    conditions,
    containers: fc.array(container, { maxLength: 3 }),
    labels: fc.constantFrom<Record<string, string>>(
      {},
      { app: 'web' },
      { 'tenantry.dev/module': 'm' },
    ),
  })
  .map(podObject);
const replicated = fc.record({
  name,
  deletedAt,
  replicas: small,
  readyReplicas: small,
  updatedReplicas: small,
  availableReplicas: small,
  currentReplicas: small,
  observedGeneration: fc.constantFrom(0, 1),
  paused: fc.boolean(),
  conditions,
});
const job = fc
  .record({
    name,
    suspended: fc.boolean(),
    active: small,
    failed: small,
    conditions,
    deletedAt,
  })
  .map(jobObject);
const event = fc
  .record({
    name: fc.uuid(),
    reason: word,
    message: text,
    lastSeen: time,
    firstSeen: time,
    count: small,
    type: fc.constantFrom('Normal', 'Warning'),
    kind: fc.constantFrom('Pod', 'Deployment', 'StatefulSet', 'Service'),
    about: name,
  })
  .map(({ kind, about, ...rest }) =>
    eventObject({
      ...rest,
      regarding: { kind, name: about, namespace: 'shop', uid: '' },
    }),
  );
/** No two objects of a kind have one name. */
const some = <T extends { readonly name: string }>(item: fc.Arbitrary<T>) =>
  fc.uniqueArray(item, { maxLength: 4, selector: o => o.name });

const objectsOf = fc.record({
  pods: some(pod),
  deployments: some(replicated.map(deploymentObject)),
  statefulsets: some(replicated.map(statefulSetObject)),
  daemonsets: some(replicated.map(daemonSetObject)),
  replicasets: fc.constantFrom([], [webSet]),
  jobs: some(job),
  cronjobs: some(
    fc.record({ name, suspended: fc.boolean() }).map(cronJobObject),
  ),
  services: some(
    fc
      .record({
        name,
        createdAt: time,
        type: fc.constantFrom('ClusterIP', 'LoadBalancer'),
      })
      .map(serviceObject),
  ),
  ingresses: some(
    fc
      .record({
        name,
        deletedAt,
        labels: fc.constantFrom<Record<string, string>>(
          {},
          { 'tenantry.dev/module': 'm' },
        ),
        address: fc.constantFrom(undefined, '10.0.0.1', 'lb.example'),
        routes: fc.array(
          fc.record({
            host: fc.constantFrom(undefined, 'a.example', 'b.example', '*.c'),
            path: fc.constantFrom('/', '/a', '/b(.*)'),
            tls: fc.boolean(),
            service: maybe(name),
          }),
          { maxLength: 4 },
        ),
      })
      .map(ingressObject),
  ),
  persistentvolumeclaims: some(
    fc
      .record({
        name,
        phase: fc.constantFrom('Bound', 'Pending', 'Lost'),
        deletedAt,
      })
      .map(persistentVolumeClaimObject),
  ),
  horizontalpodautoscalers: some(
    fc.record({ name, conditions }).map(horizontalPodAutoscalerObject),
  ),
  helmreleases: some(
    fc
      .record({ name, conditions, deletedAt })
      .map(o => genericObject('HelmRelease', o)),
  ),
  applications: some(
    fc
      .record({ name, conditions, phase: maybe(word) })
      .map(o => genericObject('Application', o)),
  ),
  httproutes: some(
    fc.record({ name, conditions, deletedAt }).map(httpRouteObject),
  ),
  events: fc.array(event, { maxLength: 8 }),
});

const inputOf = (objects: FakeObjects) => ({
  name: 'shop',
  labels,
  clusters: [
    {
      view: createFakeClusterView({
        name: 'eu',
        objects: { ...objects, namespaces: [shop] },
      }),
      trust: 'authoritative' as const,
      namespaces: [shop],
    },
  ],
});
const workloadsOf = (tenant: Pick<Tenant, 'environments'>) =>
  tenant.environments.flatMap(e => e.modules).flatMap(m => m.workloads);

describe('deriveTenant, for any state a cluster can be in', () => {
  it('fits the wire contract', () => {
    fc.assert(
      fc.property(objectsOf, objects => {
        const tenant = { ...deriveTenant(inputOf(objects), now), version: '' };
        expect(tenantSchema.strict().parse(tenant)).toEqual(tenant);
        expect(
          tenantRowSchema.strict().safeParse(toTenantRow(tenant)).success,
        ).toBe(true);
      }),
    );
  });

  it('gives equal bytes whatever the order of every kind', () => {
    fc.assert(
      fc.property(objectsOf, objects => {
        const reversed = Object.fromEntries(
          Object.entries(objects).map(([kind, list]) => [
            kind,
            [...list].reverse(),
          ]),
        );
        expect(JSON.stringify(deriveTenant(inputOf(reversed), now))).toBe(
          JSON.stringify(deriveTenant(inputOf(objects), now)),
        );
      }),
    );
  });

  it('shows every pod exactly once', () => {
    fc.assert(
      fc.property(objectsOf, objects => {
        const shown = workloadsOf(deriveTenant(inputOf(objects), now)).flatMap(
          w => w.pods.map(p => p.name),
        );
        expect(shown.sort()).toEqual(objects.pods.map(p => p.name).sort());
      }),
    );
  });

  it('writes whole sentences and never a missing value', () => {
    fc.assert(
      fc.property(objectsOf, objects => {
        const tenant = deriveTenant(inputOf(objects), now);
        const states = [
          ...tenant.causes,
          ...workloadsOf(tenant).map(w => w.health),
          ...workloadsOf(tenant).flatMap(w => w.pods.map(p => p.health)),
        ];
        for (const { code, reason, message } of states) {
          expect(reason).toMatch(/^[A-Z]\w*$/);
          expect(message).not.toMatch(/undefined|null|NaN|\[object| {2}|: \./);
          expect(message.endsWith('.') || code === 'Healthy').toBe(true);
        }
      }),
    );
  });

  it('explains every Degraded tenant, with each cause once and the worst first', () => {
    fc.assert(
      fc.property(objectsOf, objects => {
        const { causes, health } = deriveTenant(inputOf(objects), now);
        const places = causes.map(c =>
          JSON.stringify([c.object, c.namespace, c.cluster]),
        );
        expect(new Set(places).size).toBe(places.length);
        const isExplained =
          health.code === 'Healthy' ||
          health.code === 'Suspended' ||
          causes[0]?.code === health.code;
        expect(isExplained).toBe(true);
      }),
    );
  });

  it('does not change before the time it says to look again', () => {
    fc.assert(
      fc.property(objectsOf, objects => {
        const { tenant, rederiveAt } = deriveTenantState(inputOf(objects), now);
        const end = rederiveAt ?? new Date('2030-01-01T00:00:00Z');
        expect(end.getTime()).toBeGreaterThan(now.getTime());
        expect(
          deriveTenant(inputOf(objects), new Date(end.getTime() - 1)),
        ).toEqual(tenant);
      }),
    );
  });
});

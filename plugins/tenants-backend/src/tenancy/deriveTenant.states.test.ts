// SPDX-License-Identifier: Apache-2.0
import {
  createFakeClusterView,
  deploymentObject,
  namespaceObject,
  persistentVolumeClaimObject,
  type FakeObjects,
} from '../informers/testing';
import {
  labels,
  now,
  tenantNamespace,
  namespace,
  objects,
  cluster,
  inputOf,
} from './__testUtils__/shopTenant';
import { deriveTenant } from './deriveTenant';
import { toTenantRow } from './toTenantRow';

describe('the state of an environment', () => {
  it('calls an environment empty without workloads, and retained when we made it and volumes are left', () => {
    const stateOf = (given: FakeObjects) =>
      deriveTenant(inputOf(given), now).environments[0]?.state;
    const managed = tenantNamespace('shop', {
      'app.kubernetes.io/managed-by': 'tenantry',
    });
    const persistentvolumeclaims = [
      persistentVolumeClaimObject({ name: 'data' }),
    ];
    expect(stateOf({ namespaces: [namespace], persistentvolumeclaims })).toBe(
      'Empty',
    );
    expect(stateOf({ namespaces: [managed], persistentvolumeclaims })).toBe(
      'Retained',
    );
    expect(stateOf(objects)).toBe('Active');
  });

  it('does not count an environment in which nothing runs as healthy, and says so where nothing runs at all', () => {
    const idle = {
      ...namespaceObject({ name: 'shop-idle' }),
      labels: {
        ...namespace.labels,
        'tenantry.dev/environment': 'idle',
      },
    };
    const only = deriveTenant(inputOf({ namespaces: [idle] }), now);
    expect(only.environments[0]).toMatchObject({
      state: 'Empty',
      health: { code: 'Healthy', reason: 'Empty', counts: {} },
    });
    expect(only.health).toMatchObject({ reason: 'Empty', counts: {} });
    const asleep = deploymentObject({ name: 'web', replicas: 0 });
    const both = deriveTenant(
      inputOf({ namespaces: [idle, namespace], deployments: [asleep] }),
      now,
    );
    expect(both.environments).toHaveLength(2);
    expect(both.health).toMatchObject({
      code: 'Suspended',
      counts: { Suspended: 1 },
    });
  });

  it('explains a namespace that goes away by what holds it and by nothing in it', () => {
    const leaving = {
      ...namespace,
      phase: 'Terminating',
      deletedAt: '2026-01-01T11:00:00Z',
    };
    const persistentvolumeclaims = [
      persistentVolumeClaimObject({
        name: 'data-0',
        finalizers: ['kubernetes.io/pvc-protection'],
      }),
    ];
    const tenant = deriveTenant(
      inputOf({ ...objects, namespaces: [leaving], persistentvolumeclaims }),
      now,
    );
    expect(tenant.environments[0]).toMatchObject({
      state: 'Terminating',
      health: { code: 'Degraded', reason: 'StuckTerminating' },
    });
    expect(tenant.causes).toMatchObject([
      {
        object: { kind: 'Namespace', name: 'shop' },
        message:
          'Namespace shop cannot finish deleting; it waits for PersistentVolumeClaim data-0 (finalizer kubernetes.io/pvc-protection).',
      },
    ]);
  });

  it('does not blame an environment for what goes away with one of its namespaces', () => {
    const leaving = {
      ...tenantNamespace('shop-old'),
      phase: 'Terminating',
      deletedAt: '2026-01-01T11:59:00Z',
    };
    const dying = deploymentObject({
      name: 'old',
      namespace: 'shop-old',
      replicas: 2,
      readyReplicas: 0,
      createdAt: '2025-01-01T00:00:00Z',
    });
    const tenant = deriveTenant(
      inputOf({
        namespaces: [namespace, leaving],
        deployments: [dying, deploymentObject({ name: 'web' })],
      }),
      now,
    );
    expect(tenant.environments).toMatchObject([
      {
        state: 'Active',
        namespaces: ['shop', 'shop-old'],
        health: { code: 'Progressing', reason: 'Terminating' },
      },
    ]);
    expect(tenant.causes.map(cause => cause.object)).toEqual([
      { kind: 'Namespace', name: 'shop-old' },
    ]);
  });

  it('does not call an environment empty while what runs was never read', () => {
    const partial = [
      {
        cluster: 'eu',
        kind: 'Pod',
        reason: 'NotSynced' as const,
        message: 'Still reading.',
      },
    ];
    const [environment] = deriveTenant(
      inputOf(
        { namespaces: [namespace], services: objects.services },
        { partial },
      ),
      now,
    ).environments;
    expect(environment).toMatchObject({
      state: 'Active',
      health: { code: 'Unknown', counts: { Unknown: 1 } },
    });
  });

  it('says Unknown where what runs was never read, but never in place of a known fault', () => {
    const partial = [
      {
        cluster: 'eu',
        kind: 'Deployment',
        reason: 'Forbidden' as const,
        message: 'May not list deployments; apply the ClusterRole.',
      },
    ];
    const blind = deriveTenant(
      inputOf({ namespaces: [namespace] }, { partial }),
      now,
    );
    expect(blind.health).toMatchObject({
      code: 'Unknown',
      reason: 'Forbidden',
      message: partial[0]?.message,
    });
    expect(blind.partial).toEqual(partial);
    expect(deriveTenant(inputOf(objects, { partial }), now).health.code).toBe(
      'Degraded',
    );
  });

  it('keeps the last known verdict of a cluster that has gone silent and says that it is old', () => {
    const partial = [
      {
        cluster: 'eu',
        reason: 'Unreachable' as const,
        message: 'No answer.',
        observedAt: '2026-01-01T11:59:00Z',
      },
    ];
    const tenant = deriveTenant(
      inputOf(
        {
          namespaces: [namespace],
          deployments: [deploymentObject({ name: 'web' })],
        },
        { partial, freshness: 'stale' },
      ),
      now,
    );
    expect(tenant).toMatchObject({
      health: { code: 'Healthy' },
      environments: [{ freshness: 'stale' }],
      partial,
    });
  });

  it('keeps environments of one name on two clusters apart and sums them in the row', () => {
    const clusters = ['us', 'eu'].map(name =>
      cluster(createFakeClusterView({ name, objects })),
    );
    const tenant = {
      ...deriveTenant({ name: 'shop', labels, clusters }, now),
      version: '',
    };
    expect(tenant.environments.map(e => e.cluster)).toEqual(['eu', 'us']);
    expect(toTenantRow(tenant)).toMatchObject({
      cpu: { used: 0.6, hard: 8 },
      pods: { ready: 4, total: 6 },
    });
  });
});

// SPDX-License-Identifier: Apache-2.0
import {
  tenantRowSchema,
  tenantSchema,
} from '@tenantry/backstage-plugin-tenants-common';
import fc from 'fast-check';
import { healthChecks, type HealthChecks } from '../health';
import {
  controlledBy,
  cronJobObject,
  jobObject,
  persistentVolumeClaimObject,
  podObject,
  replicaSetObject,
} from '../informers/testing';
import {
  now,
  namespace,
  webPod,
  objects,
  inputOf,
} from './__testUtils__/shopTenant';
import {
  deriveTenant,
  deriveTenantState,
  nextRederiveAt,
} from './deriveTenant';
import { toTenantRow } from './toTenantRow';

describe('deriveTenant', () => {
  it('answers a tenant and a row as the wire contract wants them', () => {
    const tenant = { ...deriveTenant(inputOf(objects), now), version: 'v1' };
    expect(tenantSchema.strict().parse(tenant)).toEqual(tenant);
    const row = toTenantRow(tenant);
    expect(tenantRowSchema.strict().parse(row)).toEqual(row);
    expect(row).toMatchObject({
      modules: ['web'],
      pods: { ready: 2, total: 3 },
      restarts: 6,
      cpu: { used: 0.3, hard: 4 },
      memory: { used: 384 * 1024 ** 2, hard: 8 * 1024 ** 3 },
    });
  });

  it('gives one cause for a broken workload and the service behind it, naming the pod', () => {
    const { causes, health } = deriveTenant(inputOf(objects), now);
    expect(causes).toEqual([
      {
        environment: 'prod',
        cluster: 'eu',
        namespace: 'shop',
        module: 'web',
        object: { kind: 'Deployment', name: 'web' },
        pod: 'web-1-c',
        container: 'main',
        code: 'Degraded',
        reason: 'CrashLoopBackOff',
        message:
          '2 of 3 pods ready: web-1-c is in CrashLoopBackOff, last exit 137 OOMKilled, 6 restarts in 12 h.',
        since: '2026-01-01T11:40:00Z',
        previousLog: true,
      },
    ]);
    expect(health).toMatchObject({
      code: 'Degraded',
      reason: 'CrashLoopBackOff',
      counts: { Degraded: 1 },
    });
  });

  it('knows owner, tier, shared labels and the members the catalogue can know', () => {
    expect(deriveTenant(inputOf(objects), now)).toMatchObject({
      owner: 'group:default/team-shop',
      tier: 'bronze',
      labels: { 'tenantry.dev/tenant': 'shop' },
      members: ['group:default/team-shop', 'user:default/guest'],
    });
  });

  it('names the release its workloads name', () => {
    const [environment] = deriveTenant(inputOf(objects), now).environments;
    expect(environment?.modules).toMatchObject([
      { name: 'web', release: '1.2.0' },
    ]);
  });

  it('gives equal bytes in whatever order the cache hands its objects out', () => {
    const expected = JSON.stringify(deriveTenant(inputOf(objects), now));
    const shuffled = fc.record({
      pods: fc.shuffledSubarray([...objects.pods], { minLength: 3 }),
      events: fc.shuffledSubarray([...objects.events], { minLength: 3 }),
    });
    fc.assert(
      fc.property(shuffled, order => {
        expect(
          JSON.stringify(deriveTenant(inputOf({ ...objects, ...order }), now)),
        ).toBe(expected);
      }),
    );
  });

  it('does not change while only time passes and no limit ends', () => {
    const later = new Date('2026-01-02T12:00:00Z');
    expect(deriveTenant(inputOf(objects), later)).toEqual(
      deriveTenant(inputOf(objects), now),
    );
  });

  it('says when to derive again because a limit ends, and derives something else then', () => {
    const pod = webPod('web-1-d', {
      createdAt: '2026-01-01T11:59:30Z',
      node: undefined,
      phase: 'Pending',
      conditions: [
        {
          type: 'PodScheduled',
          status: 'False',
          reason: 'Unschedulable',
          message: '0/3 nodes are available: 3 Insufficient cpu.',
          since: '2026-01-01T11:59:30Z',
        },
      ],
      containers: [],
    });
    const input = inputOf({
      ...objects,
      pods: [webPod('web-1-a'), webPod('web-1-b'), pod],
    });
    const { tenant, rederiveAt } = deriveTenantState(input, now);
    expect(tenant.health.code).toBe('Progressing');
    expect(rederiveAt).toEqual(new Date('2026-01-01T12:01:30Z'));
    const then = deriveTenantState(input, new Date('2026-01-01T12:01:30Z'));
    expect(then.tenant.health).toMatchObject({
      code: 'Degraded',
      reason: 'Unschedulable',
      message: expect.stringContaining('3 Insufficient cpu'),
    });
    expect(then.rederiveAt).toBeUndefined();
    expect(nextRederiveAt(inputOf(objects), now)).toBeUndefined();
  });

  it('shows the runs of a schedule inside it and not as workloads of their own', () => {
    const schedule = cronJobObject({ name: 'tick' });
    const run = jobObject({
      name: 'tick-1',
      controller: controlledBy(schedule),
      conditions: [
        { type: 'Complete', status: 'True', reason: '', message: '' },
      ],
    });
    const pod = podObject({
      name: 'tick-1-x',
      phase: 'Succeeded',
      controller: controlledBy(run),
    });
    const tenant = deriveTenant(
      inputOf({
        namespaces: [namespace],
        cronjobs: [schedule],
        jobs: [run],
        pods: [pod],
      }),
      now,
    );
    const workloads = tenant.environments[0]?.modules.flatMap(m => m.workloads);
    expect(workloads).toMatchObject([
      { kind: 'CronJob', name: 'tick', pods: [{ name: 'tick-1-x' }] },
    ]);
  });

  it('shows pods of a controller it does not know under that controller', () => {
    const controller = { kind: 'Rollout', name: 'web', uid: 'r1' };
    const set = replicaSetObject({ name: 'web-x', controller });
    const pod = podObject({
      name: 'web-x-1',
      controller: controlledBy(set),
      labels: { 'app.kubernetes.io/part-of': 'shopfront' },
    });
    const tenant = deriveTenant(
      inputOf({ namespaces: [namespace], replicasets: [set], pods: [pod] }),
      now,
    );
    expect(tenant.environments[0]?.modules).toMatchObject([
      {
        name: 'shopfront',
        workloads: [
          { kind: 'Rollout', name: 'web', pods: [{ name: 'web-x-1' }] },
        ],
      },
    ]);
  });

  it('says in its headline what its first cause says', () => {
    const claim = persistentVolumeClaimObject({
      name: 'data',
      phase: 'Lost',
      labels: { 'tenantry.dev/module': 'a' },
    });
    const tenant = deriveTenant(
      inputOf({ ...objects, persistentvolumeclaims: [claim] }),
      now,
    );
    const [first] = tenant.causes;
    expect(tenant.causes).toHaveLength(2);
    for (const { health } of [tenant, ...tenant.environments]) {
      expect(health).toMatchObject({
        code: first?.code,
        reason: first?.reason,
        message: first?.message,
        since: first?.since,
      });
    }
  });

  it('judges a kind by another check where one is given', () => {
    const deployments: HealthChecks['deployments'] = ({ name }) => ({
      code: 'Missing',
      reason: 'NotApproved',
      message: `${name} was not approved.`,
    });
    const checks = { ...healthChecks, deployments };
    const tenant = deriveTenant({ ...inputOf(objects), checks }, now);
    expect(tenant.causes[0]).toMatchObject({
      object: { kind: 'Deployment', name: 'web' },
      reason: 'NotApproved',
    });
  });
});

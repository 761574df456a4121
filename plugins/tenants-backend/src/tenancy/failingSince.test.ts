// SPDX-License-Identifier: Apache-2.0
import { carryEnds } from '../informers/containerEnds';
import type { PodObject } from '../informers/objects';
import { containerLife } from '../informers/testing';
import { inputOf, objects, web, webPod } from './__testUtils__/shopTenant';
import { deriveTenant } from './deriveTenant';
import { toTenantRow } from './toTenantRow';

const BEGIN = Date.parse('2026-01-01T11:00:00Z');
const MINUTE = 60_000;

/** A tenant of which one container keeps running out of memory, each time it shows something else. */
function tenantsOf(times: number) {
  const run = { ranMs: MINUTE, waitsMs: MINUTE };
  const life = containerLife(Array(times).fill(run), BEGIN);
  let previous: PodObject | undefined;
  return life.map(({ container, ends }) => {
    const { ready } = container;
    const at = ends.at(-1) ?? BEGIN;
    const since =
      container.since ?? new Date(at).toISOString().replace('.000Z', 'Z');
    const status = ready ? 'True' : 'False';
    const rest = { reason: '', message: '' };
    const told = webPod('web-1-c', {
      conditions: [{ type: 'Ready', status, since, ...rest }],
      containers: [container],
    });
    const pod = previous ? carryEnds(told, previous) : told;
    previous = pod;
    const pods = [webPod('web-1-a'), webPod('web-1-b'), pod];
    const deployments = [{ ...web, readyReplicas: ready ? 3 : 2 }];
    const given = { ...objects, deployments, pods, events: [] };
    return deriveTenant(inputOf(given), new Date(at + 1_000));
  });
}

it('is told alike of the tenant, its row in the list, the cause, and all that lies between, each time it fails', () => {
  const began = '2026-01-01T11:01:00Z';
  const failing = tenantsOf(9).filter(
    ({ health }) => health.code === 'Degraded',
  );
  expect(failing.length).toBeGreaterThan(17);
  for (const tenant of failing) {
    const [environment] = tenant.environments;
    const [module] = environment.modules;
    const [workload] = module.workloads;
    const [cause] = tenant.causes;
    const states = [
      tenant.health,
      toTenantRow({ ...tenant, version: 'v1' }).health,
      environment.health,
      module.health,
      workload.health,
      workload.pods[2].health,
      cause,
    ];
    expect(states.map(({ since }) => since)).toEqual(states.map(() => began));
  }
});

it('is counted in the cause, and each end is told of the container', () => {
  const last = tenantsOf(9).at(-2);
  const [cause] = last?.causes ?? [];
  expect(cause.ended).toEqual({ times: 9, reason: 'OOMKilled' });
  const [workload] = last?.environments[0].modules[0].workloads ?? [];
  const ends = Array.from({ length: 9 }, (_, n) =>
    new Date(BEGIN + (2 * n + 1) * MINUTE).toISOString(),
  );
  expect(workload.pods.map(({ containers: [{ exits }] }) => exits)).toEqual([
    undefined,
    undefined,
    ends,
  ]);
});

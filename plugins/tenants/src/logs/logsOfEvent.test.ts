// SPDX-License-Identifier: Apache-2.0
import type { TenantEvent } from '@tenantry/backstage-plugin-tenants-common';
import { createScenario } from '../testing/Scenario';
import { logsOfEvent } from './logsOfEvent';

const tenant = createScenario('many').tenant;
const [environment] = tenant.environments;
const [part] = environment.modules;
const [workload] = part.workloads;
const [pod] = workload.pods;

function eventOf(kind: string, name: string, cluster = environment.cluster) {
  const event: TenantEvent = {
    environment: environment.name,
    cluster,
    namespace: pod.namespace,
    type: 'Warning',
    reason: 'BackOff',
    message: 'Back-off restarting failed container',
    object: { kind, name },
    count: 1,
    firstSeen: '2026-11-21T14:31:00Z',
    lastSeen: '2026-11-21T14:31:00Z',
  };
  return event;
}

const ofWorkload = {
  env: environment.name,
  module: part.name,
  workload: workload.name,
};

describe('logsOfEvent', () => {
  it('selects the pod an event is about', () => {
    expect(logsOfEvent(tenant, eventOf('Pod', pod.name))).toEqual({
      ...ofWorkload,
      pod: pod.name,
    });
  });

  it('selects the workload whose ReplicaSet an event is about', () => {
    const event = eventOf('ReplicaSet', `${workload.name}-5f7d9c`);
    expect(logsOfEvent(tenant, event)).toEqual(ofWorkload);
  });

  it.each([
    ['a pod that is gone', eventOf('Pod', 'gone-1')],
    ['an object that writes nothing', eventOf('Service', workload.name)],
    ['another cluster', eventOf('Pod', pod.name, 'elsewhere')],
  ])('leads nowhere for %s', (_what, event) => {
    expect(logsOfEvent(tenant, event)).toBeUndefined();
  });
});

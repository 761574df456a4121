// SPDX-License-Identifier: Apache-2.0
import { createFakeClusterView } from '../informers/testing';
import {
  namespaceObject,
  podObject,
} from '../informers/testing/objectBuilders';
import { deriveTenantState } from './deriveTenant';
import { tenancyPreset } from './presets';

const hourMs = 3_600_000;
const limitMs = 120_000;
const now = new Date('2026-01-01T12:00:00Z');
const after = (ms: number) => new Date(now.getTime() + ms);

/** A cluster whose clock is so far ahead, with a pod that by that clock has waited so long for a node. */
function waitingOn(name: string, serverLeadMs: number, waitedMs: number) {
  const since = after(serverLeadMs - waitedMs).toISOString();
  const namespace = namespaceObject({
    name: 'shop',
    labels: { 'tenantry.dev/tenant': 'shop' },
  });
  const pod = podObject({
    name: 'web',
    namespace: 'shop',
    createdAt: since,
    node: undefined,
    phase: 'Pending',
    conditions: [
      {
        type: 'PodScheduled',
        status: 'False',
        reason: 'Unschedulable',
        message: '',
        since,
      },
    ],
    containers: [],
  });
  const objects = { namespaces: [namespace], pods: [pod] };
  return {
    view: createFakeClusterView({ name, serverLeadMs, objects }),
    trust: 'authoritative' as const,
    namespaces: [namespace],
  };
}

function derive(clusters: readonly ReturnType<typeof waitingOn>[], at = now) {
  const labels = tenancyPreset('tenantry');
  const input = { name: 'shop', labels, clusters };
  const { tenant, rederiveAt } = deriveTenantState(input, at);
  const codes = tenant.environments.map(({ health }) => health.code);
  return { codes, rederiveAt };
}

describe('a cluster whose clock is not ours', () => {
  it.each([0, hourMs, -hourMs])(
    'has its ages told by its own clock: %d ms ahead',
    leadMs => {
      const fresh = waitingOn('eu', leadMs, 10_000);
      const old = waitingOn('eu', leadMs, 600_000);
      expect(derive([fresh]).codes).toEqual(['Progressing']);
      expect(derive([old]).codes).toEqual(['Degraded']);
    },
  );

  it.each([0, hourMs, -hourMs])(
    'is looked at again when a limit ends by our clock: %d ms ahead',
    leadMs => {
      const clusters = [waitingOn('eu', leadMs, 10_000)];
      const { rederiveAt } = derive(clusters);
      expect(rederiveAt).toEqual(after(limitMs - 10_000));
      expect(derive(clusters, rederiveAt)).toEqual({
        codes: ['Degraded'],
        rederiveAt: undefined,
      });
    },
  );

  it('does not change how another cluster of the same tenant is judged', () => {
    const clusters = [
      waitingOn('eu', hourMs, 10_000),
      waitingOn('us', -hourMs, 600_000),
      waitingOn('zz', 0, 20_000),
    ];
    const { codes, rederiveAt } = derive(clusters);
    expect(codes).toEqual(['Progressing', 'Degraded', 'Progressing']);
    expect(rederiveAt).toEqual(after(limitMs - 20_000));
  });
});

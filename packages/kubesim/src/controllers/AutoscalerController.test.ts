// SPDX-License-Identifier: Apache-2.0
import type { MetricSpec } from './autoscaling/Autoscaler';
import { oneWorkload, simulate } from './testing/simulate';

const WEB = { namespace: 'shop', name: 'web' };
const DEPLOYMENTS = 'deployments.apps';
const SCALERS = 'horizontalpodautoscalers.autoscaling';

function begin(more: string) {
  const sim = simulate(oneWorkload(`hpa: { min: 2, max: 6 }, ${more}`));
  const replicas = () =>
    Number(sim.objects.get(DEPLOYMENTS, WEB)?.spec?.replicas);
  const setLoad = (cpu: string) => sim.life.setLoad(DEPLOYMENTS, WEB, { cpu });
  const condition = (type: string) => sim.condition(SCALERS, 'web', type);
  const metrics = (list: MetricSpec[]) =>
    sim.objects.modify(SCALERS, WEB, draft => {
      draft.spec = { ...draft.spec, metrics: list };
    });
  const behavior = (value: unknown) =>
    sim.objects.modify(SCALERS, WEB, draft => {
      draft.spec = { ...draft.spec, behavior: value };
    });
  return { ...sim, replicas, setLoad, condition, metrics, behavior };
}

describe('the autoscaler', () => {
  it('leaves a workload alone that uses what it is meant to', () => {
    const sim = begin('replicas: 3');
    expect(sim.replicas()).toBe(3);
    expect(sim.condition('AbleToScale')?.reason).toBe('ReadyForNewScale');
    expect(sim.condition('ScalingActive')).toMatchObject({
      status: 'True',
      reason: 'ValidMetricFound',
    });
    expect(sim.condition('ScalingLimited')?.reason).toBe('DesiredWithinRange');
    expect(sim.status(SCALERS, 'web')).toMatchObject({
      currentReplicas: 3,
      desiredReplicas: 3,
      currentMetrics: [{ type: 'Resource', resource: { name: 'cpu' } }],
    });
  });

  it('grows until a common load is parted as wanted, and says so', () => {
    const sim = begin('replicas: 2, load: { cpu: 140m }');
    expect(sim.replicas()).toBe(2);
    sim.setLoad('280m');
    sim.clock.advance(120_000);
    expect(sim.replicas()).toBe(4);
    const event = sim
      .events()
      .find(({ reason }) => reason === 'SuccessfulRescale');
    expect(event?.message).toBe(
      'New size: 4; reason: cpu resource utilization (percentage of request) above target',
    );
    expect(sim.status(SCALERS, 'web')?.lastScaleTime).toBeDefined();
  });

  it('stops at its maximum', () => {
    const sim = begin('replicas: 2, load: { cpu: 95% }');
    sim.clock.advance(600_000);
    expect(sim.replicas()).toBe(6);
    expect(sim.condition('ScalingLimited')).toMatchObject({
      status: 'True',
      reason: 'TooManyReplicas',
    });
  });

  it('shrinks only after five quiet minutes, down to its minimum', () => {
    const sim = begin('replicas: 5, load: { cpu: 350m }');
    sim.setLoad('20m');
    sim.clock.advance(120_000);
    expect(sim.replicas()).toBe(5);
    expect(sim.condition('AbleToScale')?.reason).toBe('ScaleDownStabilized');
    sim.clock.advance(300_000);
    expect(sim.replicas()).toBe(2);
    expect(sim.condition('ScalingLimited')?.reason).toBe('TooFewReplicas');
  });

  it('obeys the policies of its behaviour', () => {
    const sim = begin('replicas: 5, load: { cpu: 350m }');
    sim.behavior({
      scaleDown: {
        stabilizationWindowSeconds: 0,
        policies: [{ type: 'Pods', value: 1, periodSeconds: 60 }],
      },
    });
    sim.setLoad('20m');
    sim.clock.advance(31_000);
    expect(sim.replicas()).toBe(4);
    expect(sim.condition('ScalingLimited')?.reason).toBe('ScaleDownLimit');
    sim.clock.advance(60_000);
    expect(sim.replicas()).toBe(3);
    sim.behavior({ scaleUp: { selectPolicy: 'Disabled' } });
    sim.setLoad('600m');
    sim.clock.advance(120_000);
    expect(sim.replicas()).toBe(3);
  });

  it('scales on memory, by utilization and by average value', () => {
    const sim = begin('replicas: 2');
    sim.life.setLoad(DEPLOYMENTS, WEB, { memory: '1Gi' });
    const target = { type: 'AverageValue', averageValue: '256Mi' };
    sim.metrics([{ type: 'Resource', resource: { name: 'memory', target } }]);
    sim.clock.advance(60_000);
    expect(sim.replicas()).toBe(4);
  });

  it('brings a workload within its bounds, and rests while there are none', () => {
    const sim = begin('replicas: 3');
    sim.objects.modify(DEPLOYMENTS, WEB, draft => {
      draft.spec = { ...draft.spec, replicas: 9 };
    });
    sim.clock.advance(16_000);
    expect(sim.replicas()).toBe(6);
    sim.objects.modify(DEPLOYMENTS, WEB, draft => {
      draft.spec = { ...draft.spec, replicas: 0 };
    });
    sim.clock.advance(60_000);
    expect(sim.replicas()).toBe(0);
    expect(sim.condition('ScalingActive')).toMatchObject({
      status: 'False',
      reason: 'ScalingDisabled',
    });
  });

  it('says what it misses: a request, a metric, a target', () => {
    const sim = begin('replicas: 2, resources: { limits: {} }');
    sim.clock.advance(20_000);
    expect(sim.condition('ScalingActive')).toMatchObject({
      status: 'False',
      reason: 'FailedGetResourceMetric',
      message: expect.stringContaining(
        'missing request for cpu in container main of Pod web-',
      ),
    });
    sim.metrics([{ type: 'External' }]);
    sim.clock.advance(20_000);
    expect(sim.condition('ScalingActive')?.reason).toBe(
      'FailedGetExternalMetric',
    );
    sim.objects.delete(DEPLOYMENTS, WEB);
    sim.clock.advance(60_000);
    expect(sim.condition('AbleToScale')).toMatchObject({
      status: 'False',
      reason: 'FailedGetScale',
    });
  });
});

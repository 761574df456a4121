// SPDX-License-Identifier: Apache-2.0
import { createVirtualClock } from '../time/createVirtualClock';
import { ControllerErrors } from './ControllerErrors';
import { oneWorkload, simulate } from './testing/simulate';
import { WorkQueue } from './WorkQueue';

describe('errors of controllers', () => {
  it('are counted, and the same one is kept once', () => {
    const clock = createVirtualClock(5);
    const errors = new ControllerErrors(clock);
    errors.record('pods', 'a/b', new Error('no'));
    clock.advance(10);
    errors.record('pods', 'a/b', new Error('no'));
    errors.record('services', 'a/c', 'why');
    expect(errors.list()).toEqual([
      { controller: 'pods', key: 'a/b', message: 'no', at: 15, count: 2 },
      { controller: 'services', key: 'a/c', message: 'why', at: 15, count: 1 },
    ]);
    expect(errors.byController()).toEqual({ pods: 2, services: 1 });
    errors.reset();
    expect([errors.total, errors.list()]).toEqual([0, []]);
  });

  it('keep no more than their bound, but go on counting', () => {
    const errors = new ControllerErrors({ now: () => 0 });
    for (let at = 0; at < 500; at += 1) errors.record('pods', `a/${at}`, 'no');
    expect(errors.list()).toHaveLength(200);
    expect(errors.total).toBe(500);
  });

  it('come from a queue at each failed step, with growing delay', () => {
    const clock = createVirtualClock(0);
    const seen: number[] = [];
    const queue = new WorkQueue({
      clock,
      reconcile: () => {
        throw new Error('broken');
      },
      failed: () => seen.push(clock.now()),
    });
    queue.add('a/b');
    clock.advance(1_500);
    queue.stop();
    expect(seen).toEqual([20, 220, 620, 1420]);
  });

  it('are none in a cluster that works', () => {
    const { life, clock } = simulate(
      oneWorkload(
        'replicas: 3, service: { port: 80 }, hpa: { min: 1, max: 4 }',
      ),
    );
    clock.advance(600_000);
    expect(life.errors.list()).toEqual([]);
  });
});

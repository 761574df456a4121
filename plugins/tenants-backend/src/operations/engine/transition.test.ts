// SPDX-License-Identifier: Apache-2.0
import {
  isFinalState,
  type OperationError,
} from '@tenantry/backstage-plugin-tenants-common';
import fc from 'fast-check';
import { retryDelay, RETRY_LIMITS } from './retryDelay';
import {
  transition,
  type Lifecycle,
  type LifecycleEvent,
  type Transition,
} from './transition';

const NOW = 1_000_000;
const MAX_ATTEMPTS = 4;
const queued: Lifecycle = {
  state: 'queued',
  attempt: 0,
  maxAttempts: MAX_ATTEMPTS,
  leased: false,
};
const flaky: OperationError = {
  reason: 'Unreachable',
  message: 'The cluster east did not answer.',
  retryable: true,
};
const wrong: OperationError = { ...flaky, retryable: false };

function after(...events: LifecycleEvent[]): Lifecycle {
  return events.reduce((operation, event) => {
    const moved = transition(operation, event, operation.dueAt ?? NOW);
    if (!moved.ok) throw new Error(`${event.type}: ${moved.reason}`);
    return moved.next;
  }, queued);
}

const claimed: LifecycleEvent = { type: 'claimed' };
const failed = (error: OperationError): LifecycleEvent => ({
  type: 'failed',
  error,
  retryAfterMs: 60_000,
});

describe('the life of an operation', () => {
  it('goes from queued over running to succeeded', () => {
    expect(after(claimed, { type: 'completed' })).toMatchObject({
      state: 'succeeded',
      attempt: 1,
      leased: false,
    });
  });

  it('fails at its end when a part of it failed', () => {
    const end = after(claimed, { type: 'completed', error: wrong });
    expect(end).toMatchObject({ state: 'failed', error: wrong });
  });

  it('is tried again only for what may pass, and only so often', () => {
    expect(after(claimed, failed(wrong)).state).toBe('failed');
    const retrying = after(claimed, failed(flaky));
    expect(retrying).toMatchObject({
      state: 'retrying',
      dueAt: NOW + 60_000,
      error: flaky,
    });
    const tries = Array.from({ length: MAX_ATTEMPTS }, () => [
      claimed,
      failed(flaky),
    ]).flat();
    expect(after(...tries)).toMatchObject({
      state: 'failed',
      attempt: MAX_ATTEMPTS,
    });
  });

  it('counts no try for waiting or for a worker that gives back', () => {
    const waited = after(claimed, { type: 'waiting', forMs: 5 });
    expect(waited).toMatchObject({ state: 'running', leased: false });
    expect(transition(waited, claimed, NOW)).toMatchObject({ ok: false });
    expect(
      after(claimed, { type: 'waiting', forMs: 5 }, claimed, {
        type: 'released',
      }).attempt,
    ).toBe(1);
  });

  it('is tried again at once when its worker was lost, until it is given up', () => {
    const lost = after(claimed, { type: 'leaseExpired' });
    expect(lost).toMatchObject({ state: 'retrying', dueAt: NOW });
    const tries = Array.from({ length: MAX_ATTEMPTS }, (): LifecycleEvent[] => [
      claimed,
      { type: 'leaseExpired' },
    ]).flat();
    expect(after(...tries)).toMatchObject({
      state: 'failed',
      error: { reason: 'Lost' },
    });
  });

  it('is cancelled at once before it began, and by its worker afterwards', () => {
    const cancel: LifecycleEvent = { type: 'cancelRequested' };
    expect(after(cancel).state).toBe('cancelled');
    expect(after(claimed, cancel, { type: 'stopped' }).state).toBe('cancelled');
    expect(after(claimed, cancel, failed(flaky)).state).toBe('cancelled');
    expect(after(claimed, cancel, { type: 'completed' }).state).toBe(
      'succeeded',
    );
    expect(after(claimed, failed(flaky), cancel)).toMatchObject({
      state: 'cancelling',
      leased: false,
    });
  });
});

const anyEvent: fc.Arbitrary<LifecycleEvent> = fc.oneof(
  fc.constant(claimed),
  fc.constant<LifecycleEvent>({ type: 'released' }),
  fc.constant<LifecycleEvent>({ type: 'cancelRequested' }),
  fc.constant<LifecycleEvent>({ type: 'stopped' }),
  fc.constant<LifecycleEvent>({ type: 'leaseExpired' }),
  fc.nat(100_000).map((forMs): LifecycleEvent => ({ type: 'waiting', forMs })),
  fc
    .constantFrom(undefined, flaky, wrong)
    .map((error): LifecycleEvent => ({ type: 'completed', error })),
  fc.constantFrom(flaky, wrong).map(failed),
);

/** A model that knows only which states may follow which. */
const FOLLOWS: Readonly<Record<string, readonly string[]>> = {
  queued: ['running', 'cancelled'],
  running: [
    'running',
    'retrying',
    'cancelling',
    'succeeded',
    'failed',
    'cancelled',
  ],
  retrying: ['running', 'cancelling'],
  cancelling: ['cancelling', 'succeeded', 'failed', 'cancelled'],
};

function checkStep(before: Lifecycle, moved: Transition): void {
  if (!moved.ok) {
    expect(moved.reason).not.toBe('');
    return;
  }
  const { next } = moved;
  expect(isFinalState(before.state)).toBe(false);
  expect(FOLLOWS[before.state]).toContain(next.state);
  expect(next.attempt).toBeLessThanOrEqual(next.maxAttempts);
  expect(next.attempt - before.attempt).toBeGreaterThanOrEqual(0);
  expect(next.attempt - before.attempt).toBeLessThanOrEqual(1);
  if (next.leased) expect(['running', 'cancelling']).toContain(next.state);
  // Nothing active stays without a worker and without a time at which one takes it.
  const active = ['running', 'retrying', 'cancelling'].includes(next.state);
  expect(next.dueAt !== undefined).toBe(active && !next.leased);
  if (next.state === 'failed') expect(next.error).toBeDefined();
}

it('keeps its invariants whatever happens in whatever order', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(anyEvent, fc.nat(200_000)), { maxLength: 60 }),
      steps => {
        let operation = queued;
        let now = NOW;
        for (const [event, passed] of steps) {
          now += passed;
          const moved = transition(operation, event, now);
          checkStep(operation, moved);
          if (moved.ok) operation = moved.next;
        }
        // From wherever it is, workers that do not fail bring it to its end.
        for (let left = 3; left > 0 && !isFinalState(operation.state); left--) {
          const type = operation.leased ? 'completed' : 'claimed';
          const moved = transition(operation, { type }, operation.dueAt ?? now);
          if (moved.ok) operation = moved.next;
        }
        expect(isFinalState(operation.state)).toBe(true);
      },
    ),
    { numRuns: 500, seed: 7 },
  );
});

describe('the delay before another try', () => {
  it('doubles from 60 s to 15 min', () => {
    const delays = [1, 2, 3, 4, 5, 9].map(n => retryDelay(n, 0.5) / 1_000);
    expect(delays).toEqual([60, 120, 240, 480, 900, 900]);
  });

  it('differs by at most a fifth, and never exceeds 15 min', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 20 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (attempt, random) => {
          const plain = retryDelay(attempt, 0.5);
          const delay = retryDelay(attempt, random);
          expect(delay).toBeLessThanOrEqual(RETRY_LIMITS.capMs);
          expect(Math.abs(delay - plain)).toBeLessThanOrEqual(plain * 0.2 + 1);
        },
      ),
    );
  });
});

// SPDX-License-Identifier: Apache-2.0
import fc from 'fast-check';
import { carryEnds } from '../informers/containerEnds';
import type {
  ContainerObject,
  EventObject,
  PodObject,
} from '../informers/objects';
import {
  containerLife,
  containerObject,
  createFakeClusterView,
  eventObject,
  podObject,
  type Run,
} from '../informers/testing';
import { createHealthContext } from './createHealthContext';
import { deriveHealth } from './deriveHealth';
import type { Verdict } from './Verdict';

const MINUTE = 60_000;
const iso = (ms: number) => new Date(ms).toISOString().replace('.000Z', 'Z');

function judge(pod: PodObject, at: number, event?: EventObject): Verdict {
  const objects = { pods: [pod], events: event ? [event] : [] };
  const { listers } = createFakeClusterView({ objects });
  const now = new Date(at);
  const namespaces = ['shop'];
  const podsByOwner = new Map();
  const context = createHealthContext(
    { listers, namespaces, podsByOwner },
    now,
  );
  return deriveHealth({ kind: 'pods', object: pod }, context, now);
}

/** A pod whose Ready condition is as old as what its container does now, as the kubelet has it. */
function podOf(container: ContainerObject, readySince: string): PodObject {
  const ready = {
    type: 'Ready',
    status: container.ready ? 'True' : 'False',
    reason: '',
    message: '',
    since: readySince,
  };
  const name = 'web';
  return podObject({ name, containers: [container], conditions: [ready] });
}

/** Each thing a pod shows while its container lives so, with the verdict on it. */
function judgeLife(runs: readonly Run[], seenFrom = 0) {
  let previous: PodObject | undefined;
  return containerLife(runs).flatMap(({ container, ends }, index) => {
    if (index < seenFrom) return [];
    const at = Math.max(
      Date.parse(container.since ?? '1970-01-01'),
      ends.at(-1) ?? 0,
    );
    const told = podOf(container, iso(at));
    const pod = previous ? carryEnds(told, previous) : told;
    previous = pod;
    return [{ verdict: judge(pod, at + 1_000), ends, at, container }];
  });
}

const loop = (times: number, ranMs = MINUTE): Run[] =>
  Array.from({ length: times }, () => ({ ranMs, waitsMs: MINUTE }));

/** A container that waits for its next start. */
const waiting = (overrides: Partial<ContainerObject> = {}) =>
  containerObject({
    ready: false,
    state: 'waiting',
    reason: 'CrashLoopBackOff',
    message: 'back-off 40s restarting failed container=main pod=web_shop(u)',
    restarts: 6,
    lastExit: { code: 1, reason: 'Error', at: '2026-01-01T12:00:00Z' },
    ...overrides,
  });

describe('since when a container fails', () => {
  it('is since its first end, however often it ended after that, and whatever it did in between', () => {
    const run = fc.record({
      ranMs: fc.integer({ min: 1, max: 540 }).map(n => n * 1_000),
      waitsMs: fc.constantFrom(0, 10_000, 5 * MINUTE),
    });
    fc.assert(
      fc.property(fc.array(run, { minLength: 1, maxLength: 40 }), runs => {
        for (const { verdict, ends } of judgeLife(runs)) {
          if (verdict.code !== 'Degraded') continue;
          expect(verdict.since).toBe(iso(ends[0]));
          const times = ends.length;
          expect(verdict.evidence?.ended).toEqual({
            times,
            reason: 'OOMKilled',
          });
        }
      }),
      { numRuns: 60 },
    );
  });

  it('does not keep health from being what it is in between', () => {
    const codes = judgeLife(loop(2)).map(({ verdict }) => verdict.code);
    const failing = ['Degraded', 'Degraded'];
    expect(codes).toEqual([
      'Healthy',
      ...failing,
      'Healthy',
      ...failing,
      'Healthy',
    ]);
  });

  it('begins anew after it has run for long', () => {
    const runs = [...loop(3), { ranMs: 20 * MINUTE, waitsMs: MINUTE }];
    const { verdict } = judgeLife(runs)[10];
    expect(verdict).toMatchObject({
      since: iso(26 * MINUTE),
      evidence: { ended: { times: 1 } },
    });
  });

  it('is its second last end where the portal was started late, and how often is not said', () => {
    const { verdict, ends } = judgeLife(loop(9), 16)[0];
    expect(verdict.since).toBe(iso(ends[4]));
    expect(verdict.evidence?.ended).toBeUndefined();
  });

  it('stays the same from there on', () => {
    const seen = judgeLife(loop(30), 16).filter(
      ({ verdict }) => verdict.code === 'Degraded',
    );
    expect(new Set(seen.map(({ verdict }) => verdict.since)).size).toBe(1);
  });

  it.each([
    ['of this failure', '11:20', '11:59', '11:20'],
    ['that is long over', '09:20', '09:50', '12:00'],
  ])(
    'is that of the first back-off the kubelet told of, not of one %s alone',
    (_, first, last, since) => {
      const time = (at: string) => `2026-01-01T${at}:00Z`;
      const pod = podOf(waiting(), '2026-01-01T12:00:00Z');
      const { kind, name, namespace, uid } = pod;
      const event = eventObject({
        regarding: { kind, name, namespace, uid },
        firstSeen: time(first),
        lastSeen: time(last),
      });
      expect(judge(pod, Date.parse(time('12:01')), event).since).toBe(
        time(since),
      );
    },
  );
});

describe('the next start of a container', () => {
  const nextStart = (container: ContainerObject) =>
    judge(
      podOf(container, '2026-01-01T12:00:00Z'),
      Date.parse('2026-01-01T12:00:10Z'),
    ).evidence?.nextStartAt;

  it.each([
    ['10s', '2026-01-01T12:00:10Z'],
    ['2m40s', '2026-01-01T12:02:40Z'],
    ['5m0s', '2026-01-01T12:05:00Z'],
    ['1h0m0s', '2026-01-01T13:00:00Z'],
    ['1.5s', '2026-01-01T12:00:01Z'],
  ])('comes %s after its last end when the kubelet says so', (wait, at) => {
    const message = `back-off ${wait} restarting failed container=main pod=web`;
    expect(nextStart(waiting({ message }))).toBe(at);
  });

  it.each([
    ['the kubelet says nothing', { message: undefined }],
    ['it says something else', { message: 'back-off soon restarting failed' }],
    [
      'it is about the image',
      { reason: 'ImagePullBackOff', message: 'Back-off pulling image "a"' },
    ],
    ['it never ended', { lastExit: undefined }],
  ])('is not known where %s', (_, overrides) => {
    expect(nextStart(waiting(overrides))).toBeUndefined();
  });
});

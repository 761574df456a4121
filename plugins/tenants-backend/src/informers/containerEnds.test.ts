// SPDX-License-Identifier: Apache-2.0
import fc from 'fast-check';
import { carryEnds, endsOf, MAX_ENDS, SERIES_GAP_MS } from './containerEnds';
import type { ContainerObject, PodObject } from './objects';
import { Store } from './Store';
import { containerLife, podObject, type Run } from './testing';

const MINUTE = 60_000;
/** Times of Kubernetes are whole seconds. */
const seconds = (max: number) => fc.integer({ min: 1, max }).map(n => n * 1000);

function keep() {
  const store = new Store<PodObject>(() => undefined, carryEnds);
  let version = 0;
  const see = (container: ContainerObject, uid = 'u') => {
    version += 1;
    const resourceVersion = String(version);
    const of = { name: 'web', namespace: 'shop', uid, resourceVersion };
    store.upsert(podObject({ ...of, containers: [container] }));
  };
  const kept = () => store.get('shop', 'web')?.containers[0];
  const ends = () => {
    const container = kept();
    return container && endsOf(container);
  };
  return { store, see, kept, ends };
}

/** Since when the last of some ends had no long pause before it. */
function beginOfSeries(ends: readonly number[]): number {
  let at = ends.length - 1;
  while (at > 0 && ends[at] - ends[at - 1] <= SERIES_GAP_MS) at -= 1;
  return ends[at];
}

const loop = (times: number, ranMs = MINUTE): Run[] =>
  Array.from({ length: times }, () => ({ ranMs, waitsMs: 5 * MINUTE }));

describe('the ends of a container', () => {
  it('are all known where all of them were seen, whatever it did', () => {
    const run = fc.record({
      ranMs: seconds(30 * 60),
      waitsMs: fc.constantFrom(0, 10_000, 5 * MINUTE),
    });
    fc.assert(
      fc.property(fc.array(run, { minLength: 1, maxLength: 45 }), runs => {
        const { see, ends } = keep();
        for (const { container, ends: real } of containerLife(runs)) {
          see(container);
          const since = beginOfSeries(real);
          const all = {
            at: real.slice(-MAX_ENDS),
            total: real.length,
            since,
            before: real.indexOf(since),
            reason: 'OOMKilled',
          };
          expect(ends()).toEqual(real.length === 0 ? undefined : all);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('never begin later than before while they go on, from wherever one begins to look and whatever one misses', () => {
    const run = fc.record({
      ranMs: seconds(5 * 60),
      waitsMs: fc.constantFrom(0, 10_000, 5 * MINUTE),
    });
    const seen = fc.infiniteStream(fc.boolean());
    fc.assert(
      fc.property(fc.array(run, { maxLength: 40 }), seen, (runs, isSeen) => {
        const { see, ends } = keep();
        let since: number | undefined;
        let last = 0;
        for (const { container, ends: real } of containerLife(runs)) {
          const [newest = 0] = real.slice(-1);
          // What nobody saw for long is not known to be one series.
          if (!isSeen.next().value && newest - last < 10 * MINUTE) continue;
          see(container);
          const known = ends();
          for (const at of known?.at ?? []) expect(real).toContain(at);
          expect(known?.since).toEqual(since ?? known?.at[0]);
          since = known?.since;
          last = known?.at.at(-1) ?? 0;
        }
      }),
      { numRuns: 100 },
    );
  });

  it('keep the beginning of a series when its first times have gone', () => {
    const { see, ends } = keep();
    for (const { container } of containerLife(loop(50))) see(container);
    expect(ends()?.at).toHaveLength(MAX_ENDS);
    expect(ends()).toMatchObject({ since: MINUTE, before: 0, total: 50 });
  });

  it('begin anew after a long run', () => {
    const { see, ends } = keep();
    const runs = [...loop(3), { ranMs: 60 * MINUTE, waitsMs: 0 }];
    for (const { container } of containerLife(runs)) see(container);
    const at = 18 * MINUTE + 60 * MINUTE;
    expect(ends()).toMatchObject({ since: at, before: 3, total: 4 });
  });

  it('say what they have in common, and nothing where they differ', () => {
    const { see, ends } = keep();
    const runs = loop(2).concat({ ...loop(1)[0], reason: 'Error' });
    const told = containerLife(runs).map(({ container }) => {
      see(container);
      return ends()?.reason;
    });
    const oom = 'OOMKilled';
    expect(told).toEqual([
      undefined,
      ...[oom, oom, oom, oom, oom, oom],
      ...[undefined, undefined, undefined],
    ]);
  });

  it('of which some were missed are counted by the restarts, without a common reason', () => {
    const { see, ends } = keep();
    const life = containerLife(loop(4, 10_000));
    see(life[1].container);
    see(life[10].container);
    expect(ends()).toEqual({
      at: [10_000, 630_000, 940_000],
      total: 4,
      since: 10_000,
      before: 0,
      reason: undefined,
    });
  });

  it('are two where it ended twice within a second', () => {
    const { see, ends } = keep();
    const runs = [
      { ranMs: 1_000, waitsMs: 0 },
      { ranMs: 0, waitsMs: 10_000 },
    ];
    for (const { container } of containerLife(runs)) see(container);
    expect(ends()).toMatchObject({ at: [1_000, 1_000], total: 2, before: 0 });
  });

  it('seen for the first time late begin with the last two, and nobody knows how many were before', () => {
    const life = containerLife(loop(9));
    const { container } = life[22];
    expect(container.state).toBe('terminated');
    expect(endsOf(container)).toEqual({
      at: [43 * MINUTE - 6 * MINUTE, 43 * MINUTE],
      total: 8,
      since: 37 * MINUTE,
      before: undefined,
      reason: 'OOMKilled',
    });
  });

  it('cost nothing where it did not end twice', () => {
    const { see, kept } = keep();
    for (const { container } of containerLife(loop(1))) {
      see(container);
      expect(kept()).toBe(container);
    }
  });

  it('end with the pod', () => {
    const { see, ends } = keep();
    const life = containerLife(loop(3));
    for (const { container } of life) see(container, 'first');
    expect(ends()?.at).toHaveLength(3);
    see(life[0].container, 'second');
    expect(ends()).toBeUndefined();
  });

  it('are kept when the whole state is read anew', () => {
    const { store, see, ends } = keep();
    const life = containerLife(loop(5));
    for (const { container } of life.slice(0, 12)) see(container);
    const listed = { name: 'web', namespace: 'shop', uid: 'u' };
    const { container } = life[13];
    store.replace([
      podObject({ ...listed, resourceVersion: '99', containers: [container] }),
    ]);
    expect(ends()?.at).toEqual([1, 7, 13, 19, 25].map(n => n * MINUTE));
  });

  it('are not those of containers that have done their work', () => {
    const done = containerLife([{ ranMs: 1_000, waitsMs: 0 }])[1].container;
    const container = { ...done, exitCode: 0, reason: 'Completed' };
    expect(endsOf(container)).toBeUndefined();
  });
});

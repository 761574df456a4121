// SPDX-License-Identifier: Apache-2.0
import { createRandom } from './createRandom';
import { createRealClock } from './createRealClock';
import { createVirtualClock } from './createVirtualClock';

describe('the virtual clock', () => {
  it('runs timers in the order they fall due, each at its own time', () => {
    const clock = createVirtualClock(1_000);
    const seen: string[] = [];
    clock.after(30, () => seen.push(`c${clock.now()}`));
    clock.after(10, () => {
      seen.push(`a${clock.now()}`);
      clock.after(10, () => seen.push(`b${clock.now()}`));
    });
    clock.after(10, () => seen.push('a2'));
    clock.advance(30);
    expect(seen).toEqual(['a1010', 'a2', 'b1020', 'c1030']);
  });

  it('does not run what was cancelled', () => {
    const clock = createVirtualClock(0);
    const run = jest.fn();
    clock.after(5, run)();
    clock.advance(10);
    expect(run).not.toHaveBeenCalled();
  });

  it('relives the past up to the present', () => {
    const clock = createVirtualClock(10_000);
    const seen: number[] = [];
    clock.rewind(5_000);
    clock.after(1_000, () => seen.push(clock.now()));
    clock.after(6_000, () => seen.push(clock.now()));
    clock.settle();
    expect(seen).toEqual([6_000]);
    expect(clock.now()).toBe(10_000);
    clock.advance(1_000);
    expect(seen).toEqual([6_000, 11_000]);
  });
});

describe('the real clock', () => {
  it('passes faster than the machine when told so', async () => {
    const clock = createRealClock({ speed: 1_000 });
    const start = clock.now();
    await new Promise<void>(resolve => clock.after(2_000, resolve));
    expect(clock.now() - start).toBeGreaterThanOrEqual(2_000);
  });

  it('relives the past at once', () => {
    const clock = createRealClock();
    const present = clock.now();
    const seen: number[] = [];
    clock.rewind(3_600_000);
    clock.after(60_000, () => seen.push(clock.now()));
    clock.settle();
    expect(seen).toHaveLength(1);
    expect(seen[0]).toBeLessThan(present);
    expect(clock.now()).toBeGreaterThanOrEqual(present);
  });
});

it('the same seed gives the same numbers, in [0, 1)', () => {
  const numbers = (seed: number) =>
    Array.from({ length: 1_000 }, createRandom(seed));
  expect(numbers(5)).toEqual(numbers(5));
  expect(numbers(5)).not.toEqual(numbers(6));
  expect(Math.min(...numbers(5))).toBeGreaterThanOrEqual(0);
  expect(Math.max(...numbers(5))).toBeLessThan(1);
});

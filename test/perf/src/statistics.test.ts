// SPDX-License-Identifier: Apache-2.0
import { createRandom } from '@tenantry/kubesim';
import { mean, median, percentile } from './percentile';
import { bootstrapInterval } from './ratio';
import { logLogSlope } from './slope';

const hundred = Array.from({ length: 100 }, (_, i) => 100 - i);

describe('percentile', () => {
  it('takes the nearest rank, whatever the order', () => {
    expect(percentile(hundred, 99)).toBe(99);
    expect(percentile(hundred, 50)).toBe(50);
    expect(percentile([7], 99)).toBe(7);
  });

  it('takes the smallest and the largest at the ends', () => {
    expect(percentile(hundred, 0)).toBe(1);
    expect(percentile(hundred, 100)).toBe(100);
  });

  it('is not a number of nothing', () => {
    expect(percentile([], 50)).toBeNaN();
    expect(median([])).toBeNaN();
    expect(mean([])).toBeNaN();
  });
});

describe('median', () => {
  it('is the middle value, or between the two in the middle', () => {
    expect(median([9, 1, 5])).toBe(5);
    expect(median([9, 1, 5, 7])).toBe(6);
  });

  it('leaves its input as it is', () => {
    const values = [3, 1, 2];
    median(values);
    expect(values).toEqual([3, 1, 2]);
  });
});

describe('logLogSlope', () => {
  it.each([
    ['0 of a cost that does not grow', (_: number) => 5, 0],
    ['1 of a cost in proportion', (size: number) => 3 * size, 1],
    ['2 of a cost that grows with the square', (size: number) => size ** 2, 2],
  ])('is %s', (_, costOf, slope) => {
    const sizes = [1_000, 10_000, 50_000];
    const costs = sizes.map(size => ({ size, cost: costOf(size) }));
    expect(logLogSlope(costs)).toBeCloseTo(slope, 10);
  });

  it('is not a number of one size', () => {
    expect(logLogSlope([{ size: 10, cost: 1 }])).toBeNaN();
  });
});

describe('bootstrapInterval', () => {
  it('is the value itself when all values are the same', () => {
    const same = bootstrapInterval([2, 2, 2, 2], createRandom(1));
    expect(same).toEqual({ low: 2, high: 2 });
  });

  it('holds the median and stays within the values', () => {
    const values = [3, 4, 5, 6, 7, 20];
    const { low, high } = bootstrapInterval(values, createRandom(1));
    expect(low).toBeGreaterThanOrEqual(3);
    expect(low).toBeLessThanOrEqual(median(values));
    expect(high).toBeGreaterThanOrEqual(median(values));
    expect(high).toBeLessThanOrEqual(20);
  });

  it('is the same for the same seed', () => {
    const values = [1, 2, 3, 4];
    expect(bootstrapInterval(values, createRandom(7))).toEqual(
      bootstrapInterval(values, createRandom(7)),
    );
  });
});

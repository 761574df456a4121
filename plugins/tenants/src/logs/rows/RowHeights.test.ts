// SPDX-License-Identifier: Apache-2.0
import { RowHeights } from './RowHeights';

describe('RowHeights', () => {
  it('takes rows to be of one height until they are measured', () => {
    const heights = new RowHeights();
    expect(heights.offsetOf(1_000_000, 0)).toBe(20_000_000);
    expect(heights.measure(3_000, 60)).toBe(true);
    expect(heights.measure(3_000, 60)).toBe(false);
    expect(heights.offsetOf(3_000, 0)).toBe(60_000);
    expect(heights.offsetOf(3_001, 0)).toBe(60_060);
    expect(heights.offsetOf(5_000, 4_000)).toBe(20_000);
    heights.measure(3_000, 20);
    expect(heights.offsetOf(3_001, 0)).toBe(60_020);
  });

  it('finds the row at a distance', () => {
    const heights = new RowHeights();
    heights.measure(2, 100);
    expect(
      [0, 19, 20, 40, 139, 140].map(px => heights.placeAt(px, 0, 10)),
    ).toEqual([0, 0, 1, 2, 2, 3]);
    expect(heights.placeAt(9_999, 0, 10)).toBe(10);
  });
});

// SPDX-License-Identifier: Apache-2.0
import { fitCount } from './fitCount';

const row = { gap: 6, more: 80 };

describe('fitCount', () => {
  it('shows all where all fit, without room for a button', () => {
    expect(fitCount([100, 100, 100], { ...row, room: 312 })).toBe(3);
  });

  it('keeps room for the button as soon as one does not fit', () => {
    expect(fitCount([100, 100, 100], { ...row, room: 311 })).toBe(2);
    expect(fitCount([100, 100, 100], { ...row, room: 291 })).toBe(1);
  });

  it('shows one at least, however little room there is', () => {
    expect(fitCount([100, 100], { ...row, room: 20 })).toBe(1);
    expect(fitCount([], { ...row, room: 20 })).toBe(0);
  });

  it('shows ever more the more room there is, and never more than fit', () => {
    const widths = [120, 60, 200, 90];
    const counts = Array.from({ length: 500 }, (_unused, room) =>
      fitCount(widths, { ...row, room }),
    );
    expect(counts).toEqual([...counts].sort((a, b) => a - b));
    const firstRoomFor = [1, 2, 3, 4].map(count => counts.indexOf(count));
    expect(firstRoomFor).toEqual([0, 272, 478, 488]);
  });
});

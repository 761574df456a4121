// SPDX-License-Identifier: Apache-2.0
import { tenantRowFixture } from '@tenantry/backstage-plugin-tenants-common/testing';
import { act, renderHook } from '@testing-library/react';
import { REORDER_MS, useFrozenOrder } from './useFrozenOrder';

const rowsOf = (names: string) =>
  [...names].map(name => tenantRowFixture({ name }));

/** A list whose rows are in this order, one letter each. */
function arrange(names: string) {
  const { result, rerender } = renderHook(
    ({ order, frozen, key }: { order: string; frozen: boolean; key: string }) =>
      useFrozenOrder(rowsOf(order), frozen, key),
    { initialProps: { order: names, frozen: false, key: 'k' } },
  );
  const draw = (order: string, frozen = false, key = 'k') =>
    rerender({ order, frozen, key });
  const shown = () => result.current.rows.map(({ name }) => name).join('');
  return { draw, shown, moved: () => result.current.moved };
}

describe('the order of rows', () => {
  beforeEach(() => {
    jest.useFakeTimers();
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  it('follows a change at once, and the next one not before the rows stood for a while', () => {
    const { draw, shown, moved } = arrange('abc');
    draw('bac');
    expect(shown()).toBe('bac');
    draw('cba');
    expect(shown()).toBe('bac');
    // Nobody holds them: there is nothing to press.
    expect(moved()).toBe(0);
    act(() => {
      jest.advanceTimersByTime(REORDER_MS);
    });
    expect(shown()).toBe('cba');
  });

  it('is not left as it is by a timer that fires too early', () => {
    const { draw, shown } = arrange('abc');
    draw('bac');
    draw('cba');
    // The clock of the machine is set back a little.
    jest.setSystemTime(Date.now() - 5);
    act(() => {
      jest.advanceTimersByTime(REORDER_MS);
    });
    expect(shown()).toBe('bac');
    act(() => {
      jest.advanceTimersByTime(5);
    });
    expect(shown()).toBe('cba');
  });

  it('shows new rows and drops old ones while it waits', () => {
    const { draw, shown } = arrange('abc');
    draw('bac');
    draw('dca');
    expect(shown()).toBe('acd');
  });

  it('is sorted at once when the user lets go of it, or sorts by something else', () => {
    const { draw, shown, moved } = arrange('abc');
    draw('bac');
    draw('acb', true);
    expect(shown()).toBe('bac');
    // One goes to the end, and all others stay as they are.
    expect(moved()).toBe(1);
    draw('acb');
    expect(shown()).toBe('acb');
    draw('abc', false, 'other');
    expect(shown()).toBe('abc');
  });

  it('is that of the rows when they come for the first time, however often', () => {
    const { draw, shown } = arrange('');
    draw('abc');
    draw('bac');
    expect(shown()).toBe('bac');
  });
});

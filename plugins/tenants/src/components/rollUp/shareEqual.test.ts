// SPDX-License-Identifier: Apache-2.0
import { shareEqual } from './shareEqual';

describe('shareEqual', () => {
  it('keeps what has not changed and takes what has', () => {
    const before = { a: { n: 1 }, list: [{ id: 'x' }, { id: 'y' }] };
    const after = { a: { n: 1 }, list: [{ id: 'x' }, { id: 'z' }] };
    const shared = shareEqual(before, after);
    expect(shared).toEqual(after);
    expect(shared.a).toBe(before.a);
    expect(shared.list[0]).toBe(before.list[0]);
    expect(shared.list).not.toBe(before.list);
  });

  it('is the old one when both are equal', () => {
    const before = { a: [{ n: 1 }, [], 'x'], b: { c: null } };
    expect(shareEqual(before, JSON.parse(JSON.stringify(before)))).toBe(before);
  });

  it.each<[string, unknown, unknown]>([
    ['a key that has gone', { a: 1, b: 2 }, { a: 1 }],
    ['a key that has come', { a: 1 }, { a: 1, b: 2 }],
    ['a key that holds nothing', {}, { a: undefined }],
    ['a shorter list', [1, 2], [1]],
    ['a longer list', [1], [1, 2]],
    ['another order', [{ a: 1 }, { b: 2 }], [{ b: 2 }, { a: 1 }]],
    ['a list where an object was', { a: {} }, { a: [] }],
    ['something where nothing was', undefined, { a: 1 }],
    ['nothing where something was', { a: 1 }, undefined],
  ])('takes %s', (_, before, after) => {
    const shared = shareEqual(before, after);
    expect(shared).toStrictEqual(after);
    expect(shared).not.toBe(before);
  });
});

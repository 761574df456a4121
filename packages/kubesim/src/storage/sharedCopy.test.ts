// SPDX-License-Identifier: Apache-2.0
import { sharedCopy } from './sharedCopy';

describe('sharedCopy', () => {
  const before = sharedCopy(
    { a: { b: [1, { c: 'x' }] }, d: { e: null }, f: 'y' },
    undefined,
  );

  it('is the former value when nothing differs, whatever the order of members', () => {
    const same = { f: 'y', d: { e: null }, a: { b: [1, { c: 'x' }] } };
    expect(sharedCopy(same, before)).toBe(before);
    expect(sharedCopy({ ...same, g: undefined }, before)).toBe(before);
  });

  it('takes over what is the same and copies what is not', () => {
    const draft = { a: { b: [1, { c: 'x' }] }, d: { e: 2 }, f: 'y' };
    const copy = sharedCopy(draft, before);
    expect(copy).toEqual(draft);
    expect(copy.a).toBe(before.a);
    expect(copy.d).not.toBe(draft.d);
  });

  it('tells a member that is gone from one that is there', () => {
    const shorter = { a: before.a, d: before.d };
    expect(sharedCopy(shorter, before)).toEqual(shorter);
    expect(
      sharedCopy({ b: [1] }, sharedCopy({ b: [1, 2] }, undefined)),
    ).toEqual({
      b: [1],
    });
  });

  it('freezes all of it and keeps no hold of the value', () => {
    const draft = { list: [{ x: 1 }] };
    const copy = sharedCopy(draft, undefined);
    draft.list[0].x = 2;
    expect(copy).toEqual({ list: [{ x: 1 }] });
    expect(Object.isFrozen(copy.list[0])).toBe(true);
  });

  it('keeps a member named __proto__ an ordinary one', () => {
    const copy = sharedCopy(JSON.parse('{"__proto__":{"x":1}}'), undefined);
    expect(JSON.stringify(copy)).toBe('{"__proto__":{"x":1}}');
    expect(Object.getPrototypeOf(copy)).toBe(Object.prototype);
  });
});

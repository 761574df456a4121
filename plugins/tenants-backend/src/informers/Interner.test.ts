// SPDX-License-Identifier: Apache-2.0
import { Interner } from './Interner';

describe('an interner', () => {
  it('gives the same map for the same entries, frozen', () => {
    const interner = new Interner();
    const map = interner.map(['app', 'web', 'tier', 'a']);
    expect(interner.map(['app', 'web', 'tier', 'a'])).toBe(map);
    expect(interner.map(['app', 'web', 'tier', 'b'])).not.toBe(map);
    expect(map).toEqual({ app: 'web', tier: 'a' });
    expect(Object.isFrozen(map)).toBe(true);
  });

  it('does not grow beyond its limit, and answers right after it began anew', () => {
    const interner = new Interner(4);
    for (let i = 0; i < 50; i++) {
      expect(interner.text(`text ${i}`)).toBe(`text ${i}`);
      expect(interner.map([`key ${i}`, 'a'])).toEqual({ [`key ${i}`]: 'a' });
      expect(interner.amounts.get(`${i}`, () => ({ cpu: i }))).toEqual({
        cpu: i,
      });
    }
    expect(interner.size).toBeLessThanOrEqual(16);
  });

  it('holds no moment for good', () => {
    const interner = new Interner();
    for (let i = 0; i < 50; i++) {
      expect(interner.moment(`moment ${i}`)).toBe(`moment ${i}`);
      expect(interner.moment(`moment ${i}`)).toBe(`moment ${i}`);
    }
    expect(interner.moment(undefined)).toBeUndefined();
    expect(interner.size).toBe(0);
  });
});

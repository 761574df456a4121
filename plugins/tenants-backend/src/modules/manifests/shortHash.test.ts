// SPDX-License-Identifier: Apache-2.0
import { shortHash } from './shortHash';

describe('a short hash', () => {
  it('is ten hexadecimal digits that follow from the text', () => {
    expect(shortHash('User:ann')).toMatch(/^[0-9a-f]{10}$/);
    expect(shortHash('User:ann')).toBe(shortHash('User:ann'));
  });

  it('differs between texts that differ little', () => {
    const texts = Array.from({ length: 20_000 }, (_, i) => `User:${i}`);
    expect(new Set(texts.map(shortHash)).size).toBe(texts.length);
  });
});

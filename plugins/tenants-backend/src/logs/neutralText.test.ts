// SPDX-License-Identifier: Apache-2.0
import { neutralJson, neutralText } from './neutralText';

describe('neutralText', () => {
  it.each([
    ['plain ü €\tx', 'plain ü €\tx'],
    ['\u001b[31mred\u001b[0m', '\u001b[31mred\u001b[0m'],
    ['\u001b]0;title\u0007', '<U+001B>]0;title<U+0007>'],
    ['\u001b[2Jgone\u009b1m', '<U+001B>[2Jgone<U+009B>1m'],
    ['a\rb\u202egnp.exe', 'a<U+000D>b<U+202E>gnp.exe'],
  ])('shows what acts in %j and keeps colours', (text, neutral) => {
    expect(neutralText(text)).toBe(neutral);
  });

  it('escapes in JSON what JSON leaves as it is', () => {
    const value = { text: '\u001b[31m \u009b \u202e €' };
    const json = neutralJson(JSON.stringify(value));
    expect(json).not.toMatch(/[\u007f-\u009f\u202a-\u202e]/);
    expect(JSON.parse(json)).toEqual(value);
  });
});

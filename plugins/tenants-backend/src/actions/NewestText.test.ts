// SPDX-License-Identifier: Apache-2.0
import { NewestText } from './NewestText';

const kept = (limit: number, ...texts: string[]) => {
  const newest = new NewestText(limit);
  texts.forEach((text, at) => newest.add({ from: `pod-${at}`, text }));
  return newest;
};

describe('the newest of a text', () => {
  it('is all of it while there is room', () => {
    const { parts, truncated } = kept(8, 'one\n', 'two\n');
    expect(parts.map(({ text }) => text)).toEqual(['one\n', 'two\n']);
    expect(truncated).toBe(false);
  });

  it('loses whole lines from the beginning', () => {
    const { parts, truncated } = kept(9, 'one\ntwo\n', 'three\n');
    expect(parts).toEqual([{ from: 'pod-1', text: 'three\n' }]);
    expect(truncated).toBe(true);
    expect(kept(10, 'one\ntwo\n', 'three\n').parts).toEqual([
      { from: 'pod-0', text: 'two\n' },
      { from: 'pod-1', text: 'three\n' },
    ]);
  });

  it('is nothing of a line that is longer than there is room for', () => {
    expect(kept(4, 'a long line\n').parts).toEqual([]);
    expect(kept(4, 'a long line\n', 'end\n').parts).toEqual([
      { from: 'pod-1', text: 'end\n' },
    ]);
  });
});

// SPDX-License-Identifier: Apache-2.0
import { tellingFrames } from './stackFrames';

describe('tellingFrames', () => {
  it.each([
    [
      'Python',
      [
        '  File "/usr/lib/python3.11/runpy.py", line 1, in run',
        '  File "/app/site-packages/pandas/core/merge.py", line 8, in merge',
        '  File "/app/numpy/core.py", line 3, in concatenate',
      ],
      ['pandas.core.merge.merge', 'app.numpy.core.concatenate'],
    ],
    [
      'Java',
      [
        '\tat com.shop.Cart.add(Cart.java:10)',
        '\tat java.base/java.lang.Thread.run(Thread.java:1)',
        '\tat com.shop.Main.main(Main.java:3)',
      ],
      ['com.shop.Cart.add', 'com.shop.Main.main'],
    ],
    [
      'Go',
      ['main.handle(0xc000)', '\t/app/main.go:12', 'main.main()'],
      ['main.handle', 'main.main'],
    ],
    ['nothing known', ['  a: 1'], []],
  ])('are the first and the last of our own in %s', (_name, lines, frames) => {
    expect(tellingFrames(lines)).toEqual(frames);
  });
});

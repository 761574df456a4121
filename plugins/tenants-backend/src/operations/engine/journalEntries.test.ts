// SPDX-License-Identifier: Apache-2.0
import { joinResults } from './journalEntries';

const file = (path: string, content = '') => ({ path, content });

it('files of several environments are all in the result, of a file the newer', () => {
  const first = { files: [file('eu/shop/dev/a.yaml'), file('eu/system.yaml')] };
  const second = { files: [file('eu/system.yaml', 'x'), file('us/b.yaml')] };
  expect(joinResults(first, second)).toEqual({
    files: [
      file('eu/shop/dev/a.yaml'),
      file('eu/system.yaml', 'x'),
      file('us/b.yaml'),
    ],
  });
});

it('the revision of an environment that is applied stands beside the files of one that is not', () => {
  const files = [file('eu/a.yaml')];
  expect(joinResults({ files }, { revision: 2 })).toEqual({
    files,
    revision: 2,
  });
  expect(joinResults(undefined, { revision: 2 })).toEqual({ revision: 2 });
});

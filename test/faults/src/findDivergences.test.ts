// SPDX-License-Identifier: Apache-2.0
import { findDivergences } from './findDivergences';

const server = new Map([
  ['a/x', { phase: 'Running', labels: { one: '1', two: '2' } }],
  ['a/y', { phase: 'Pending' }],
]);

/** A cache with a bug planted in it. */
function cacheWith(
  bug: (cache: Map<string, unknown>) => void,
): Map<string, unknown> {
  const cache = new Map<string, unknown>(server);
  bug(cache);
  return cache;
}

it('finds nothing when both are the same, whatever the order of keys', () => {
  const cache = cacheWith(c =>
    c.set('a/x', { labels: { two: '2', one: '1' }, phase: 'Running' }),
  );
  expect(findDivergences('pods', cache, server)).toEqual([]);
});

it.each([
  [
    'a lost event',
    (c: Map<string, unknown>) => c.delete('a/y'),
    'pods a/y: only on the server',
  ],
  [
    'a lost deletion',
    (c: Map<string, unknown>) => c.set('a/z', {}),
    'pods a/z: only in the cache',
  ],
  [
    'an old state',
    (c: Map<string, unknown>) => c.set('a/y', { phase: 'Running' }),
    'pods a/y: differs',
  ],
])('finds %s', (_what, bug, sentence) => {
  expect(findDivergences('pods', cacheWith(bug), server)).toEqual([sentence]);
});

it('reports at most twenty and counts the rest', () => {
  const many = new Map(Array.from({ length: 25 }, (_, i) => [`a/${i}`, {}]));
  const found = findDivergences('pods', new Map(), many);
  expect(found).toHaveLength(21);
  expect(found.at(-1)).toBe('pods: 5 more differences');
});

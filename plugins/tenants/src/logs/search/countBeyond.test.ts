// SPDX-License-Identifier: Apache-2.0
import type {
  LogMessage,
  LogSelection,
} from '@tenantry/backstage-plugin-tenants-common';
import { allReadFrom, countMatches } from './countBeyond';
import { HeldHits } from './HeldHits';

type Bucket = [number, number, number, number, number];

const counts = (...buckets: Bucket[]): LogMessage => ({
  type: 'event',
  event: { type: 'counts', bucketSeconds: 60, buckets },
});

describe('countMatches', () => {
  it('adds up what the portal counted, and says since when there are matches', async () => {
    const found = await countMatches({
      api: {
        async *openLogs() {
          yield counts([1_000, 50, 0, 0, 0], [1_060, 50, 0, 0, 3]);
          yield counts([1_060, 10, 0, 0, 1]);
          yield { type: 'end', reason: 'completed', message: '' };
        },
      },
      tenant: 'a',
      query: { q: 'x' },
      signal: new AbortController().signal,
    });
    expect(found).toEqual({ matched: 4, since: 1_060_000 });
  });
});

describe('allReadFrom', () => {
  const now = Date.parse('2026-11-21T14:00:00Z');
  it.each<[LogSelection, number]>([
    [{}, Infinity],
    [{ tailLines: 500 }, Infinity],
    [{ tailLines: 'all' }, -Infinity],
    [{ tailLines: 'all', sinceSeconds: 60 }, now - 60_000],
    [{ tailLines: 'all', sinceTime: '2026-11-21T13:00:00Z' }, now - 3_600_000],
  ])('of %j is where its lines begin', (selection, from) => {
    expect(allReadFrom(selection, now)).toBe(from);
  });
});

describe('HeldHits', () => {
  it('counts what is older than its time, whatever the order in which it came', () => {
    const times = new Map([
      [-1, 3],
      [0, 9],
      [1, 5],
      [2, 12],
      [3, 4],
    ]);
    const timeOf = (key: number) => times.get(key) ?? NaN;
    const held = new HeldHits(10);
    expect(held.count({ keys: [], timeOf })).toBe(0);
    expect(held.count({ keys: [0, 2], timeOf })).toBe(1);
    expect(held.count({ keys: [0, 2, 3], timeOf })).toBe(2);
    expect(held.count({ keys: [-1, 0, 2, 3], timeOf })).toBe(3);
    expect(held.count({ keys: [-1, 0, 2, 3], timeOf })).toBe(3);
  });
});

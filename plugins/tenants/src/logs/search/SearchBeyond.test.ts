// SPDX-License-Identifier: Apache-2.0
import type { LogMessage } from '@tenantry/backstage-plugin-tenants-common';
import { countMatches } from './SearchBeyond';

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

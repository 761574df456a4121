// SPDX-License-Identifier: Apache-2.0
import type { ClusterStatus } from '@tenantry/backstage-plugin-tenants-common';
import { operationFixture } from '../../testing/operationFixture';
import { podsOf, tenantsByCluster } from './clusterLoad';
import { worstFirst } from './ClusterTable';
import { operationFacts, watchFacts } from './platformFacts';
import { tenantRowFixture } from '@tenantry/backstage-plugin-tenants-common/testing';

const NOW = Date.parse('2026-11-21T14:32:07Z');
const hoursAgo = (hours: number) =>
  new Date(NOW - hours * 3_600_000).toISOString();

type Kinds = ClusterStatus['kinds'];

function cluster(name: string, kinds: Kinds, freshness = 'synced' as const) {
  return { name, freshness, kinds } satisfies ClusterStatus;
}

describe('operationFacts', () => {
  it('tells who waits from who runs, and what failed today from what failed before', () => {
    const operations = [
      operationFixture({ state: 'queued', endedAt: undefined }),
      operationFixture({ state: 'retrying', endedAt: undefined }),
      operationFixture({ state: 'running', endedAt: undefined }),
      operationFixture({ state: 'failed', endedAt: hoursAgo(23) }),
      operationFixture({ state: 'failed', endedAt: hoursAgo(25) }),
      operationFixture({ state: 'succeeded', endedAt: hoursAgo(1) }),
    ].map(operation => ({ ...operation, createdAt: hoursAgo(26) }));
    expect(operationFacts(operations, NOW)).toEqual({
      running: 1,
      waiting: 2,
      failed: 1,
      recent: 2,
    });
  });
});

describe('watchFacts', () => {
  it('does not take what may not be read for nothing', () => {
    const clusters = [
      cluster('a', [
        { kind: 'Pod', state: 'synced', objects: 3 },
        { kind: 'Job', state: 'stale', objects: 1 },
        { kind: 'HelmRelease', state: 'notServed', objects: 0 },
      ]),
      cluster('b', [{ kind: 'Pod', state: 'forbidden', objects: 0 }]),
    ];
    expect(watchFacts(clusters)).toEqual({
      clusters: 2,
      pods: 3,
      withPods: 1,
      watches: 2,
      behind: 1,
      refused: 1,
    });
    expect(watchFacts([clusters[1]]).pods).toBeUndefined();
  });

  it('misses nothing where a kind that few clusters have may not be read', () => {
    const kinds: Kinds = [
      { kind: 'Pod', state: 'synced', objects: 3 },
      { kind: 'HTTPRoute', state: 'forbidden', objects: 0, optional: true },
    ];
    expect(watchFacts([cluster('a', kinds)])).toMatchObject({
      watches: 1,
      behind: 0,
      refused: 0,
    });
    const clusters = [cluster('b', kinds), cluster('a', [])];
    expect(worstFirst(clusters).map(({ name }) => name)).toEqual(['a', 'b']);
  });
});

describe('podsOf', () => {
  it.each([
    ['synced', 0, 0],
    ['stale', 38, 38],
    // Never read: nobody knows that there are none.
    ['stale', 0, undefined],
    ['forbidden', 0, undefined],
  ] as const)(
    'of a kind that is %s with %d objects',
    (state, objects, pods) => {
      expect(podsOf(cluster('a', [{ kind: 'Pod', state, objects }]))).toBe(
        pods,
      );
    },
  );
});

describe('tenantsByCluster', () => {
  it('counts a tenant once where it has two environments', () => {
    const [environment] = tenantRowFixture({}).environments;
    const at = (...names: string[]) =>
      tenantRowFixture({
        environments: names.map(name => ({ ...environment, cluster: name })),
      });
    expect([...tenantsByCluster([at('a', 'a', 'b'), at('b')])]).toEqual([
      ['a', 1],
      ['b', 2],
    ]);
  });
});

describe('worstFirst', () => {
  it('puts the stale before the refused before the well', () => {
    const refused: Kinds = [{ kind: 'Pod', state: 'forbidden', objects: 0 }];
    const clusters: ClusterStatus[] = [
      cluster('a', []),
      cluster('b', refused),
      { ...cluster('c', []), freshness: 'stale' },
      { ...cluster('d', []), freshness: 'refreshing' },
    ];
    expect(worstFirst(clusters).map(({ name }) => name)).toEqual([
      'c',
      'd',
      'b',
      'a',
    ]);
  });
});

// SPDX-License-Identifier: Apache-2.0
import {
  applyMergePatch,
  tenantListSchema,
  tenantReadPermission,
  type PartialData,
  type TenantsValue,
} from '@tenantry/backstage-plugin-tenants-common';
import {
  createTenantConditionalDecision,
  tenantConditions,
} from '@tenantry/backstage-plugin-tenants-node';
import { tenantNamespace } from '../__testUtils__/fakeDerivation';
import {
  startTenantsBackend,
  USERS,
  type User,
} from '../__testUtils__/startTenantsBackend';

const ownOnly = createTenantConditionalDecision(
  tenantReadPermission,
  tenantConditions.isOwner({ refs: [USERS.ann] }),
);

function gap(cluster: string, observedAt?: string): PartialData {
  return {
    cluster,
    reason: 'Unreachable',
    message: `${cluster} can’t be reached`,
    ...(observedAt ? { observedAt } : {}),
  };
}

const SEEN = '2026-01-01T00:00:00.000Z';

/** ann’s tenant is on east, bob’s also on west; ann may see her own only, bob everything and the platform. */
async function start() {
  const backend = await startTenantsBackend();
  backend.policy.decide(USERS.ann, ownOnly);
  backend.clusters.setCluster('west');
  backend.clusters.putNamespace(
    'west',
    tenantNamespace('bank-west', { tenant: 'bank', owner: USERS.bob }),
  );
  const lose = (cluster: string, observedAt?: string) => {
    backend.clusters.setCluster(cluster, {
      freshness: 'stale',
      partial: [gap(cluster, observedAt)],
    });
    backend.clock.advance(50);
  };
  const gapsOf = async (user: User) => {
    const response = await backend.get('/v1/tenants', user);
    const { partial } = tenantListSchema.parse(await response.json());
    return partial.map(({ cluster }) => cluster);
  };
  return { ...backend, lose, gapsOf };
}

describe('what is missing in clusters', () => {
  it('is told of the clusters the reader’s tenants use, and of all to those who may see the platform', async () => {
    const { lose, gapsOf, stop } = await start();
    lose('west', SEEN);
    expect(await gapsOf('ann')).toEqual([]);
    expect(await gapsOf('bob')).toEqual(['west']);
    lose('east', SEEN);
    expect(await gapsOf('ann')).toEqual(['east']);
    expect(await gapsOf('bob')).toEqual(['east', 'west']);
    await stop();
  });

  it('is told without a name where tenants may be missing that nobody knows of', async () => {
    const { lose, gapsOf, get, stop } = await start();
    lose('north');
    expect(await gapsOf('ann')).toEqual(['Another cluster']);
    expect(await gapsOf('bob')).toEqual(['north']);
    const text = await (await get('/v1/tenants', 'ann')).text();
    expect(text).not.toContain('north');
    await stop();
  });

  it('does not make a list look older than the reader’s own clusters are', async () => {
    const { clusters, lose, get, stop } = await start();
    lose('north');
    clusters.setObservedAt('2026-01-01T00:00:07.000Z');
    const { headers } = await get('/v1/tenants', 'ann');
    expect(headers.get('x-tenantry-observed-at')).toBe(
      '2026-01-01T00:00:07.000Z',
    );
    await stop();
  });

  it('has the same version whenever the cluster was last heard from', async () => {
    const etags: (string | null)[] = [];
    for (const observedAt of [SEEN, '2026-01-01T00:00:03.000Z']) {
      const { lose, get, stop } = await start();
      lose('west', observedAt);
      for (const path of ['/v1/tenants', '/v1/tenants/bank']) {
        etags.push((await get(path, 'bob')).headers.get('etag'));
      }
      await stop();
    }
    expect(etags.slice(2)).toEqual(etags.slice(0, 2));
  });

  it('is told on a stream by the same rule, also when a tenant comes to another cluster', async () => {
    const { clusters, clock, lose, stream, stop } = await start();
    lose('west', SEEN);
    const reader = await stream(
      { schema: 1, subs: [{ id: 'l', kind: 'tenants' }] },
      'ann',
    );
    let value = (await reader.nextOf('snapshot')).d as TenantsValue;
    expect(value.partial).toEqual([]);
    clusters.putNamespace(
      'west',
      tenantNamespace('shop-west', { tenant: 'shop', owner: USERS.ann }),
    );
    clock.advance(50);
    while (value.partial.length === 0) {
      const { d } = await reader.nextOf('patch');
      value = applyMergePatch(value, d);
    }
    expect(value.partial).toEqual([gap('west', SEEN)]);
    expect(Object.keys(value.tenants)).toEqual(['shop']);
    reader.close();
    await stop();
  });
});

describe('a subscription to the platform', () => {
  const open = async (
    backend: Awaited<ReturnType<typeof start>>,
    cursor?: string,
  ) =>
    backend.stream(
      { schema: 1, subs: [{ id: 'p', kind: 'platform', cursor }] },
      'bob',
    );

  it('goes on from its cursor: nothing when nothing changed, the missed patches else', async () => {
    const backend = await start();
    const first = await open(backend);
    const { c: cursor, d } = await first.nextOf('snapshot');
    const again = await open(backend, cursor);
    expect((await again.next()).t).toBe('heartbeat');
    backend.lose('west', SEEN);
    backend.clock.advance(1_000);
    const patch = await first.nextOf('patch');
    const back = await open(backend, cursor);
    const missed = await back.nextOf('patch');
    expect(missed).toMatchObject({ from: cursor, v: patch.v, d: patch.d });
    expect(applyMergePatch(d, missed.d)).toMatchObject({
      clusters: expect.arrayContaining([
        expect.objectContaining({ name: 'west', freshness: 'stale' }),
      ]),
    });
    for (const reader of [first, again, back]) reader.close();
    await backend.stop();
  });

  it('starts with a snapshot when what was missed is not known', async () => {
    const backend = await start();
    const reader = await open(backend, 'a-version-of-long-ago');
    expect((await reader.next()).t).toBe('snapshot');
    reader.close();
    await backend.stop();
  });
});

// SPDX-License-Identifier: Apache-2.0
import { gunzipSync } from 'node:zlib';
import { request as httpRequest } from 'node:http';
import { mockCredentials } from '@backstage/backend-test-utils';
import {
  tenantListSchema,
  tenantReadPermission,
} from '@tenantry/backstage-plugin-tenants-common';
import {
  createTenantConditionalDecision,
  tenantConditions,
} from '@tenantry/backstage-plugin-tenants-node';
import { tenantNamespace } from '../__testUtils__/fakeDerivation';
import {
  startTenantsBackend,
  USERS,
} from '../__testUtils__/startTenantsBackend';

type Backend = Awaited<ReturnType<typeof startTenantsBackend>>;

const ownOnly = createTenantConditionalDecision(
  tenantReadPermission,
  tenantConditions.isOwner({ refs: [USERS.ann] }),
);

/** Without the decoding that fetch does. */
function getRaw(url: string, encoding: string) {
  return new Promise<{ encoding?: string; body: Buffer }>((resolve, reject) => {
    const headers = {
      Authorization: mockCredentials.user.header(USERS.ann),
      'Accept-Encoding': encoding,
    };
    const req = httpRequest(url, { headers }, res => {
      const chunks: Buffer[] = [];
      res.on('data', chunk => chunks.push(chunk));
      res.on('end', () =>
        resolve({
          encoding: res.headers['content-encoding'],
          body: Buffer.concat(chunks),
        }),
      );
    });
    req.on('error', reject);
    req.end();
  });
}

describe('reading tenants', () => {
  let backend: Backend;
  beforeEach(async () => {
    backend = await startTenantsBackend();
  });
  afterEach(() => backend.stop());

  const list = async (query: string, user: 'ann' | 'bob' = 'ann') => {
    const response = await backend.get(`/v1/tenants${query}`, user);
    return tenantListSchema.parse(await response.json());
  };
  const names = async (query: string) =>
    (await list(query)).items.map(({ name }) => name);

  it('says how old the data is and that answers are private', async () => {
    const { headers } = await backend.get('/v1/tenants/shop', 'ann');
    expect(headers.get('cache-control')).toBe('private, no-cache');
    expect(headers.get('vary')).toMatch(/Authorization, Accept-Encoding/);
    expect(headers.get('x-tenantry-observed-at')).toBe(
      '2026-01-01T00:00:00.000Z',
    );
  });

  it('answers 304 to a caller who has the version, and 404 to one who has it and lost the right', async () => {
    const etag = (await backend.get('/v1/tenants/shop', 'bob')).headers.get(
      'etag',
    );
    const conditional = { 'If-None-Match': `"other", W/${etag}` };
    const again = await backend.get('/v1/tenants/shop', 'bob', conditional);
    expect(again.status).toBe(304);
    backend.policy.deny(USERS.bob);
    backend.clock.advance(10_000);
    const denied = await backend.get('/v1/tenants/shop', 'bob', conditional);
    expect(denied.status).toBe(404);
  });

  it('uses one text for a hidden tenant and for one that is not there', async () => {
    backend.policy.deny(USERS.bob);
    const text = async (name: string) =>
      (await (await backend.get(`/v1/tenants/${name}`, 'bob')).json()).error
        .message;
    expect(await text('shop')).toBe(
      'There is no tenant shop, or you may not see it.',
    );
    expect(await text('nope')).toBe(
      'There is no tenant nope, or you may not see it.',
    );
    expect(await text('__proto__')).toBe(
      'There is no tenant "__proto__", or you may not see it.',
    );
  });

  it('compresses once, and only for those who take it', async () => {
    const note = 'x'.repeat(5_000);
    backend.clusters.putNamespace(
      'east',
      tenantNamespace('shop-prod', { tenant: 'shop', owner: USERS.ann, note }),
    );
    backend.clock.advance(50);
    const url = `${backend.url}/v1/tenants/shop`;
    const zipped = await getRaw(url, 'gzip');
    expect(zipped.encoding).toBe('gzip');
    expect(zipped.body.length).toBeLessThan(2_000);
    const plain = await getRaw(url, 'identity');
    expect(plain.encoding).toBeUndefined();
    expect(gunzipSync(zipped.body).equals(plain.body)).toBe(true);
  });

  it('lists only what the caller may see, and counts only that', async () => {
    backend.policy.decide(USERS.ann, ownOnly);
    const page = await list('');
    expect(page.items.map(i => i.name)).toEqual(['shop']);
    expect(page).toMatchObject({ totalItems: 1, counts: { Healthy: 1 } });
    expect((await list('', 'bob')).totalItems).toBe(2);
  });

  it('gives callers who see different rows different ETags', async () => {
    const all = (await backend.get('/v1/tenants', 'bob')).headers.get('etag');
    backend.policy.decide(USERS.ann, ownOnly);
    const own = (await backend.get('/v1/tenants', 'ann')).headers.get('etag');
    expect(own).not.toBe(all);
  });

  it('asks the policy once for many requests', async () => {
    await Promise.all(
      [1, 2, 3, 4].map(() => backend.get('/v1/tenants', 'ann')),
    );
    expect(backend.policy.questions).toBe(1);
    backend.clock.advance(10_000);
    await backend.get('/v1/tenants', 'ann');
    expect(backend.policy.questions).toBe(2);
  });

  it('filters, sorts and pages', async () => {
    for (const [name, health] of [
      ['c', 'Degraded'],
      ['a', 'Unknown'],
      ['b', 'Degraded'],
    ] as const) {
      backend.clusters.putNamespace(
        'east',
        tenantNamespace(`${name}-prod`, { tenant: name, health }),
      );
    }
    backend.clock.advance(50);
    expect(await names('')).toEqual(['b', 'c', 'a', 'bank', 'shop']);
    expect(await names('?sort=-name&health=Degraded,Unknown')).toEqual([
      'c',
      'b',
      'a',
    ]);
    expect(await names('?q=crashloop')).toEqual(['b', 'c']);
    expect(await names('?cluster=west')).toEqual([]);
    const first = await list('?limit=2');
    expect(first.nextCursor).toBeDefined();
    expect(await names(`?limit=3&cursor=${first.nextCursor}`)).toEqual([
      'a',
      'bank',
      'shop',
    ]);
    expect((await list('?health=Degraded')).counts).toEqual({
      Degraded: 2,
      Unknown: 1,
      Healthy: 2,
    });
  });

  it.each([
    ['?limit=0', "'limit'"],
    ['?sort=size', "'sort' must be one of: health, name"],
    ['?health=Bad', "'health.0' must be one of: Degraded"],
    ['?namespace=kube-system', "no query parameter 'namespace'"],
    ['?cursor=nonsense', "'cursor'"],
  ])('refuses the query %s, saying what is allowed', async (query, words) => {
    const response = await backend.get(`/v1/tenants${query}`, 'ann');
    expect(response.status).toBe(400);
    expect((await response.json()).error.message).toContain(words);
  });

  it('says what a caller may do, what decides that and who can grant the rest', async () => {
    backend.policy.decide(USERS.ann, ownOnly);
    const actions = async (name: string) =>
      (
        await (
          await backend.get(`/v1/tenants/${name}/allowed-actions`, 'ann')
        ).json()
      ).actions;
    expect(await actions('shop')).toMatchObject({
      'tenants.tenant.read': { allowed: true },
      'tenants.logs.read': {
        allowed: true,
        rule: expect.stringContaining('isOwner'),
      },
    });
  });

  it('publishes slow changes, and no others', async () => {
    expect(backend.published.map(e => e.topic)).toEqual([
      'tenants.changed',
      'tenants.changed',
    ]);
    backend.published.length = 0;
    // Each event is published when the one before it has been.
    const settle = async () => {
      backend.clock.advance(50);
      await new Promise(resolve => setImmediate(resolve));
    };
    const put = async (facts: {
      owner: string;
      note?: string;
      host?: string;
    }) => {
      backend.clusters.putNamespace(
        'east',
        tenantNamespace('shop-prod', { tenant: 'shop', ...facts }),
      );
      await settle();
    };
    await put({ owner: USERS.ann, note: 'a pod restarted' });
    expect(backend.published).toEqual([]);
    await put({ owner: USERS.bob });
    expect(backend.published).toMatchObject([
      { eventPayload: { tenant: { name: 'shop', owner: USERS.bob } } },
    ]);
    await put({ owner: USERS.bob, host: 'shop.example' });
    expect(backend.published).toHaveLength(2);
    expect(backend.published.at(-1)).toMatchObject({
      eventPayload: {
        tenant: { endpoints: [{ url: 'https://shop.example/' }] },
      },
    });
    await put({ owner: USERS.bob, host: 'shop.example', note: 'again' });
    expect(backend.published).toHaveLength(2);
    backend.clusters.removeNamespace('east', 'shop-prod');
    await settle();
    expect(backend.published.at(-1)).toMatchObject({
      eventPayload: { tenant: { name: 'shop' }, deleted: true },
    });
  });
});

// SPDX-License-Identifier: Apache-2.0
import {
  applyMergePatch,
  tenantReadPermission,
  tenantsValueSchema,
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

describe('POST /v1/stream', () => {
  let backend: Backend;
  beforeEach(async () => {
    backend = await startTenantsBackend();
  });
  afterEach(() => backend.stop());

  const change = (note: string, health: 'Healthy' | 'Degraded' = 'Healthy') => {
    backend.clusters.putNamespace(
      'east',
      tenantNamespace('shop-prod', {
        tenant: 'shop',
        owner: USERS.ann,
        note,
        health,
      }),
    );
    backend.clock.advance(50);
  };
  const tenantSub = { id: 'a', kind: 'tenant', params: { tenant: 'shop' } };

  it('sends a snapshot, then a patch that turns it into what the tenant is now', async () => {
    const stream = await backend.stream(
      { schema: 1, subs: [tenantSub] },
      'ann',
    );
    expect(stream.response.headers.get('content-type')).toMatch(
      'application/x-ndjson',
    );
    expect(stream.response.headers.get('cache-control')).toBe(
      'no-store, no-transform',
    );
    const snapshot = await stream.nextOf('snapshot');
    change('broken', 'Degraded');
    const patch = await stream.nextOf('patch');
    expect(patch).toMatchObject({ s: 'a', n: 2, from: snapshot.v });
    const now = await (await backend.get('/v1/tenants/shop', 'ann')).json();
    const { version: _, ...content } = now;
    expect(applyMergePatch(snapshot.d, patch.d)).toMatchObject(content);
    expect(patch.v).toBe(now.version);
    stream.close();
  });

  it('resumes from a cursor with patches only', async () => {
    const first = await backend.stream({ schema: 1, subs: [tenantSub] }, 'ann');
    const { c, v } = await first.nextOf('snapshot');
    first.close();
    change('one');
    change('two');
    const second = await backend.stream(
      { schema: 1, subs: [{ ...tenantSub, cursor: c }] },
      'ann',
    );
    const one = await second.next();
    expect(one).toMatchObject({ t: 'patch', from: v, n: 1 });
    expect(await second.next()).toMatchObject({
      t: 'patch',
      n: 2,
      from: one.t === 'patch' ? one.v : '',
    });
    second.close();
  });

  it('answers a cursor of another process with a snapshot', async () => {
    const stream = await backend.stream(
      { schema: 1, subs: [{ ...tenantSub, cursor: 'another.1' }] },
      'ann',
    );
    expect((await stream.next()).t).toBe('snapshot');
    stream.close();
  });

  it('ends a subscription on a hidden tenant with the words for a missing one', async () => {
    backend.policy.deny(USERS.bob);
    const stream = await backend.stream(
      { schema: 1, subs: [tenantSub] },
      'bob',
    );
    const [ended, last] = await stream.rest();
    expect(ended).toMatchObject({
      s: 'a',
      t: 'end',
      d: {
        reason: 'forbidden',
        message: 'There is no tenant shop, or you may not see it.',
      },
    });
    expect(last).toMatchObject({ s: '', t: 'end', d: { reason: 'completed' } });
  });

  it('ends a subscription when its tenant goes', async () => {
    const stream = await backend.stream(
      { schema: 1, subs: [tenantSub] },
      'ann',
    );
    await stream.nextOf('snapshot');
    backend.clusters.removeNamespace('east', 'shop-prod');
    backend.clock.advance(50);
    expect(await stream.nextOf('end')).toMatchObject({
      s: 'a',
      d: { reason: 'deleted' },
    });
  });

  it('ends a subscription within 10 s after the right was revoked', async () => {
    const stream = await backend.stream(
      { schema: 1, subs: [tenantSub] },
      'ann',
    );
    await stream.nextOf('snapshot');
    backend.policy.deny(USERS.ann);
    await backend.clock.advanceAsync(10_000);
    expect(await stream.nextOf('end')).toMatchObject({
      s: 'a',
      d: { reason: 'forbidden' },
    });
  });

  it('lets rows vanish from the list that the caller may no longer see', async () => {
    const stream = await backend.stream(
      { schema: 1, subs: [{ id: 'l', kind: 'tenants' }] },
      'ann',
    );
    const snapshot = await stream.nextOf('snapshot');
    const value = tenantsValueSchema.parse(snapshot.d);
    expect(Object.keys(value.tenants).sort()).toEqual(['bank', 'shop']);
    backend.policy.decide(
      USERS.ann,
      createTenantConditionalDecision(
        tenantReadPermission,
        tenantConditions.isOwner({ refs: [USERS.ann] }),
      ),
    );
    await backend.clock.advanceAsync(10_000);
    const patch = await stream.nextOf('patch');
    expect(patch.from).toBe(snapshot.v);
    expect(patch.d).toEqual({ tenants: { bank: null } });
    stream.close();
  });

  it('beats every 15 s with the time the data is of', async () => {
    const stream = await backend.stream(
      { schema: 1, subs: [tenantSub] },
      'ann',
    );
    await stream.nextOf('snapshot');
    await backend.clock.advanceAsync(15_000);
    expect(await stream.nextOf('heartbeat')).toMatchObject({
      s: 'a',
      at: '2026-01-01T00:00:00.000Z',
    });
    stream.close();
  });

  it('closes within 30 s when the policy cannot be asked', async () => {
    const stream = await backend.stream(
      { schema: 1, subs: [tenantSub] },
      'ann',
    );
    await stream.nextOf('snapshot');
    backend.policy.fail();
    await backend.clock.advanceAsync(30_000);
    expect(await stream.nextOf('end')).toMatchObject({
      s: '',
      d: { reason: 'error' },
    });
  });

  it('ends with a reason when the process shuts down', async () => {
    const stream = await backend.stream(
      { schema: 1, subs: [tenantSub] },
      'ann',
    );
    await stream.nextOf('snapshot');
    const stopped = backend.stop();
    expect(await stream.nextOf('end')).toMatchObject({
      s: '',
      d: { reason: 'shutdown' },
    });
    await stopped;
  });

  it('refuses a sixth stream of one user with 429, and takes it once one has closed', async () => {
    const body = { schema: 1, subs: [tenantSub] };
    const open = await Promise.all(
      [1, 2, 3, 4, 5].map(() => backend.stream(body, 'ann')),
    );
    const sixth = await backend.stream(body, 'ann');
    expect(sixth.response.status).toBe(429);
    for (const stream of open) await stream.nextOf('snapshot');
    open.forEach(stream => stream.close());
    // The server learns of the closed connections in its own time; each try waits for an answer.
    let again = await backend.stream(body, 'ann');
    for (let tries = 0; again.response.status === 429 && tries < 100; tries++) {
      again = await backend.stream(body, 'ann');
    }
    expect(again.response.status).toBe(200);
    again.close();
  });

  it('refuses a body it does not understand, naming the field', async () => {
    const bad = await backend.stream({ schema: 2, subs: [] }, 'ann');
    expect(bad.response.status).toBe(400);
    expect((await bad.response.json()).error.message).toContain("'schema'");
  });

  it('refuses a body over 1 MiB with 413', async () => {
    const big = await backend.stream(
      { schema: 1, pad: 'x'.repeat(1024 * 1024) },
      'ann',
    );
    expect(big.response.status).toBe(413);
  });
});

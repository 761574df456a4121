// SPDX-License-Identifier: Apache-2.0
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import {
  applyMergePatch,
  auditPageSchema,
  IDEMPOTENCY_KEY_HEADER,
  operationEventListSchema,
  operationListSchema,
  operationSchema,
  operationsValueSchema,
  tenantOperatePermission,
  tenantReadPermission,
  type Refusal,
} from '@tenantry/backstage-plugin-tenants-common';
import {
  restart,
  sampleExecutors,
  scale,
  startOperations,
  untilState,
} from '../__testUtils__/startOperations';
import {
  startTenantsBackend,
  USERS,
} from '../__testUtils__/startTenantsBackend';
import type { StreamReader } from '../__testUtils__/StreamReader';
import { FakePlanner } from '../operations/testing/FakePlanner';

type Backend = Awaited<ReturnType<typeof startTenantsBackend>>;

const SHOP = '/v1/tenants/shop/operations';
const refusal: Refusal = {
  rule: 'quota',
  environment: 'prod',
  subject: 'requests.cpu',
  message: 'It needs 4 cores more than the tier gives.',
  chain: ['postgres'],
  fixes: [],
};

describe('operations over HTTP', () => {
  let backend: Backend;
  let planner: FakePlanner;
  beforeEach(async () => {
    planner = new FakePlanner();
    backend = await startTenantsBackend({
      planner,
      executors: sampleExecutors,
    });
  });
  afterEach(() => backend.stop());

  const post = (path: string, body?: unknown, headers?: object) =>
    backend.post(path, 'ann', { body, headers });

  it('plans for who asks, starts, and says what became of it', async () => {
    const response = await post(SHOP, restart);
    expect(response.status).toBe(200);
    const { id, ...started } = operationSchema.parse(await response.json());
    expect(started).toMatchObject({
      tenant: 'shop',
      type: 'restart',
      title: 'Restart Deployment/web in prod',
      environments: ['prod'],
      requestedBy: USERS.ann,
    });
    expect(planner.callers).toEqual([
      { entityRef: USERS.ann, ownership: [USERS.ann] },
    ]);
    const failed = await untilState(backend, id, 'failed');
    expect(failed.error).toMatchObject({ reason: 'Refused' });
    const events = operationEventListSchema.parse(
      await (await backend.get(`/v1/operations/${id}/events`, 'ann')).json(),
    );
    expect(events.ended).toBe(true);
    expect(events.items.map(({ seq }) => seq)).toEqual(
      events.items.map((_, i) => i + 1),
    );
    const list = operationListSchema.parse(
      await (await backend.get(SHOP, 'ann')).json(),
    );
    expect(list.items.map(o => o.id)).toEqual([id]);
    const audit = auditPageSchema.parse(
      await (await backend.get('/v1/tenants/shop/audit', 'ann')).json(),
    );
    expect(audit.items).toMatchObject([
      {
        actor: USERS.ann,
        action: 'operation.restart',
        detail: { operation: id },
      },
    ]);
  });

  it('lists by filter and page, and reads a log on from where it was', async () => {
    const ids: string[] = [];
    for (const request of [restart, restart, scale]) {
      const { id, type } = operationSchema.parse(
        await (await post(SHOP, request)).json(),
      );
      await untilState(backend, id, type === 'scale' ? 'running' : 'failed');
      ids.unshift(id);
    }
    const list = async (query: string) => {
      const response = await backend.get(`${SHOP}?${query}`, 'ann');
      const { items, nextCursor } = operationListSchema.parse(
        await response.json(),
      );
      return { ids: items.map(({ id }) => id), nextCursor };
    };
    expect((await list('type=restart&state=active')).ids).toEqual([]);
    expect((await list('state=active')).ids).toEqual([ids[0]]);
    expect((await list('state=ended')).ids).toEqual(ids.slice(1));
    expect((await list(`requestedBy=${USERS.bob}`)).ids).toEqual([]);
    const first = await list('limit=2');
    expect(first.ids).toEqual(ids.slice(0, 2));
    const second = await list(`limit=2&cursor=${first.nextCursor}`);
    expect(second).toEqual({ ids: ids.slice(2), nextCursor: undefined });
    const events = async (query: string) => {
      const path = `/v1/operations/${ids[2]}/events?${query}`;
      const response = await backend.get(path, 'ann');
      return operationEventListSchema.parse(await response.json());
    };
    const begin = await events('limit=2');
    expect(begin).toMatchObject({ after: 2, ended: false });
    const rest = await events(`after=${begin.after}`);
    expect(rest.ended).toBe(true);
    expect(rest.items[0].seq).toBe(3);
    expect(await events(`after=${rest.after}`)).toMatchObject({ items: [] });
  });

  it('refuses what cannot be done, with the refusals, and starts nothing', async () => {
    planner.refusals = [refusal];
    const response = await post(SHOP, restart);
    expect(response.status).toBe(422);
    expect((await response.json()).error).toMatchObject({
      name: 'PlanRefusedError',
      refusals: [refusal],
    });
    const list = await (await backend.get(SHOP, 'ann')).json();
    expect(list.items).toEqual([]);
  });

  it('starts what can be done while the cluster of another environment is down, and refuses what is only there', async () => {
    const lost = {
      ...refusal,
      rule: 'cluster-unavailable' as const,
      environment: 'prod',
    };
    planner.refusals = [lost];
    const environment = { name: 'prod', cluster: 'east', tier: 'bronze' };
    const staging = { ...environment, name: 'staging', cluster: 'west' };
    const both = { type: 'apply', environments: [environment, staging] };
    expect((await post(SHOP, both)).status).toBe(200);
    const only = { type: 'apply', environments: [environment] };
    expect((await post(SHOP, only)).status).toBe(422);
    planner.refusals = [lost, refusal];
    expect((await post(SHOP, both)).status).toBe(422);
  });

  it('refuses a plan that no longer holds', async () => {
    const wrong = await post(SHOP, { ...restart, planVersion: 'plan-0' });
    expect(wrong.status).toBe(409);
    const right = await post(SHOP, { ...restart, planVersion: 'plan-1' });
    expect(right.status).toBe(200);
  });

  it('makes a repeated request the same operation, even when another plan would be made by then', async () => {
    const key = { [IDEMPOTENCY_KEY_HEADER]: 'one' };
    const body = { ...restart, planVersion: 'plan-1' };
    const first = await (await post(SHOP, body, key)).json();
    planner.version = 'plan-2';
    const again = await (await post(SHOP, body, key)).json();
    expect(again.id).toBe(first.id);
    expect((await post(SHOP, scale, key)).status).toBe(409);
    const bad = { [IDEMPOTENCY_KEY_HEADER]: 'a b' };
    expect((await post(SHOP, body, bad)).status).toBe(400);
  });

  it('purges only what is named once more', async () => {
    const purge = { type: 'purge', confirm: 'bank' };
    expect((await post(SHOP, purge)).status).toBe(400);
  });

  it('cancels what goes on, and refuses to cancel what has ended', async () => {
    const { failed, running } = await startOperations(backend);
    const cancelling = await post(`/v1/operations/${running}/cancel`);
    expect(cancelling.status).toBe(200);
    expect((await cancelling.json()).state).toBe('cancelling');
    const ended = await post(`/v1/operations/${failed}/cancel`);
    expect(ended.status).toBe(409);
  });

  it('tries a failed operation again as a new one', async () => {
    const { failed, running } = await startOperations(backend);
    const response = await post(`/v1/operations/${failed}/retry`);
    const again = operationSchema.parse(await response.json());
    expect(again).toMatchObject({ retryOf: failed, type: 'restart' });
    expect(again.id).not.toBe(failed);
    expect((await post(`/v1/operations/${running}/retry`)).status).toBe(409);
  });

  it('answers the same for operations that are hidden and that are not there', async () => {
    const { failed } = await startOperations(backend);
    backend.policy.deny(USERS.bob);
    const texts: string[] = [];
    for (const id of [failed, 'nope']) {
      for (const [method, suffix] of [
        ['get', ''],
        ['get', '/events'],
        ['post', '/cancel'],
        ['post', '/retry'],
      ] as const) {
        const response = await backend[method](
          `/v1/operations/${id}${suffix}`,
          'bob',
        );
        expect(response.status).toBe(404);
        const { error } = await response.json();
        texts.push(error.message.replace(id, 'ID'));
      }
    }
    const start = await backend.post(SHOP, 'bob', { body: restart });
    expect(start.status).toBe(404);
    expect(new Set(texts)).toEqual(
      new Set(['There is no operation ID, or you may not see it.']),
    );
  });

  it('asks for the permission of the operation on a tenant that is seen', async () => {
    const { failed } = await startOperations(backend);
    const { policy } = backend;
    policy.deny(USERS.bob);
    policy.decideFor(USERS.bob, tenantReadPermission, {
      result: AuthorizeResult.ALLOW,
    });
    expect((await backend.get(`/v1/operations/${failed}`, 'bob')).status).toBe(
      200,
    );
    const refused = await backend.post(SHOP, 'bob', { body: restart });
    expect(refused.status).toBe(403);
    expect((await refused.json()).error.message).toContain(
      tenantOperatePermission.name,
    );
    const path = `/v1/operations/${failed}`;
    expect((await backend.post(`${path}/cancel`, 'bob')).status).toBe(403);
    expect((await backend.post(`${path}/retry`, 'bob')).status).toBe(403);
  });

  it('counts operations and times their runs', async () => {
    await startOperations(backend);
    const text = await (await backend.get('/v1/metrics', 'ann')).text();
    expect(text).toContain('tenants_operations{state="running"} 1');
    expect(text).toContain('tenants_operations{state="queued"} 0');
    expect(text).toContain(
      'tenants_operation_run_seconds_count{type="restart",how="ended"} 1',
    );
  });
});

describe('operations in a stream', () => {
  let backend: Backend;
  beforeEach(async () => {
    backend = await startTenantsBackend({ executors: sampleExecutors });
  });
  afterEach(() => backend.stop());

  const open = (subs: unknown[], user: 'ann' | 'bob' = 'ann') =>
    backend.stream({ schema: 1, subs }, user);

  /** What each reader holds. */
  const values = new WeakMap<StreamReader, { value: unknown }>();

  /** Follows the one subscription of a stream until its value is as wanted. */
  async function follow(
    reader: StreamReader,
    holds: (value: unknown) => boolean,
  ): Promise<unknown> {
    let { value } = values.get(reader) ?? { value: undefined };
    for (;;) {
      const message = await reader.next();
      if (message.t === 'end') throw new Error(message.d.message);
      if (message.t === 'snapshot') value = message.d;
      if (message.t === 'patch') value = applyMergePatch(value, message.d);
      values.set(reader, { value });
      if (value !== undefined && holds(value)) return value;
    }
  }

  it('tells the reader of an operation and of a list what becomes of it', async () => {
    const { running } = await startOperations(backend);
    const reader = await open([
      { id: 'o', kind: 'operation', params: { operation: running } },
    ]);
    const list = await open([
      { id: 'l', kind: 'operations', params: { tenant: 'bank' } },
    ]);
    await follow(reader, v => operationSchema.parse(v).state === 'running');
    await follow(list, v => {
      const { operations } = operationsValueSchema.parse(v);
      return operations[running].state === 'running';
    });
    await backend.post(`/v1/operations/${running}/cancel`, 'ann');
    backend.clock.advance(50);
    const value = await follow(
      reader,
      v => operationSchema.parse(v).state === 'cancelling',
    );
    const current = await (
      await backend.get(`/v1/operations/${running}`, 'ann')
    ).json();
    expect(value).toEqual(current);
    await follow(list, v => {
      const { operations } = operationsValueSchema.parse(v);
      return operations[running].state === 'cancelling';
    });
    reader.close();
    list.close();
  });

  it('resumes at a version without a snapshot', async () => {
    const { failed } = await startOperations(backend);
    const sub = { id: 'o', kind: 'operation', params: { operation: failed } };
    const first = await open([sub]);
    const { c: cursor } = await first.nextOf('snapshot');
    first.close();
    const again = await open([{ ...sub, cursor }]);
    expect((await again.next()).t).toBe('heartbeat');
    again.close();
  });

  it('ends a subscription whose reader may no longer see the tenant', async () => {
    const { running } = await startOperations(backend);
    const reader = await open(
      [{ id: 'o', kind: 'operation', params: { operation: running } }],
      'bob',
    );
    await reader.nextOf('snapshot');
    backend.policy.deny(USERS.bob);
    backend.clock.advance(11_000);
    const { d } = await reader.nextOf('end');
    expect(d).toMatchObject({ reason: 'forbidden' });
    reader.close();
  });

  it('opens nothing that is hidden or not there, and shows all tenants to the platform team alone', async () => {
    const { failed } = await startOperations(backend);
    backend.policy.deny(USERS.bob);
    const subs = [
      { id: 'a', kind: 'operation', params: { operation: failed } },
      { id: 'b', kind: 'operation', params: { operation: 'nope' } },
      { id: 'c', kind: 'operations', params: { tenant: 'shop' } },
      { id: 'd', kind: 'operations', params: {} },
    ];
    const hidden = await open(subs, 'bob');
    for (let i = 0; i < 4; i++) {
      const { d } = await hidden.nextOf('end');
      expect(d).toMatchObject({ reason: 'forbidden' });
    }
    const all = await open([subs[3]]);
    const { d } = await all.nextOf('snapshot');
    const { operations } = operationsValueSchema.parse(d);
    expect(
      Object.values(operations)
        .map(o => o.tenant)
        .sort(),
    ).toEqual(['bank', 'shop']);
    all.close();
  });
});

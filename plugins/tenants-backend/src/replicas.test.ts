// SPDX-License-Identifier: Apache-2.0
import {
  applyMergePatch,
  tenantListSchema,
  tenantSchema,
  type Tenant,
  type TenantsValue,
} from '@tenantry/backstage-plugin-tenants-common';
import { parseScenario, startKubesim, type Kubesim } from '@tenantry/kubesim';
import { sharedPostgres } from './__testUtils__/sharedPostgres';
import { startReplica } from './__testUtils__/startReplica';
import type { StreamReader } from './__testUtils__/StreamReader';

type Replica = Awaited<ReturnType<typeof startReplica>>;

/** Two processes start, on a machine that may be busy. */
jest.setTimeout(300_000);

const LIST = [{ id: 'l', kind: 'tenants' }];
const SHOP = { id: 't', kind: 'tenant', params: { tenant: 'shop' } };

const SCENARIO = `
clusterName: east
startedAgo: 1h
namespaces:
${['shop', 'bank']
  .map(
    tenant => `
  - name: ${tenant}-prod
    labels: { tenantry.dev/tenant: ${tenant}, tenantry.dev/environment: prod }
    annotations: { tenantry.dev/owner: 'group:default/${tenant}' }
    workloads:
      - { kind: Deployment, name: web, release: '1.0', image: registry.example/web, replicas: 2 }
`,
  )
  .join('')}`;

/** Follows a list until it is as wanted. */
async function untilListed(
  reader: StreamReader,
  wanted: (value: TenantsValue) => boolean,
): Promise<TenantsValue> {
  let value: TenantsValue = { tenants: {}, partial: [] };
  for (;;) {
    const message = await reader.next();
    if (message.t === 'end') throw new Error(message.d.message);
    if (message.t !== 'snapshot' && message.t !== 'patch') continue;
    value = applyMergePatch(value, message.d);
    if (wanted(value)) return value;
  }
}

/** Follows a tenant until all that is said of it is that its cluster as a whole cannot be reached. */
async function untilStale(reader: StreamReader): Promise<void> {
  let tenant: Partial<Tenant> = {};
  const isStale = () =>
    tenant.partial?.length === 1 &&
    tenant.partial[0].kind === undefined &&
    tenant.partial[0].reason === 'Unreachable' &&
    tenant.environments?.every(({ freshness }) => freshness === 'stale');
  while (!isStale()) {
    const message = await reader.next();
    if (message.t === 'end') throw new Error(message.d.message);
    if (message.t !== 'snapshot' && message.t !== 'patch') continue;
    tenant = applyMergePatch(tenant, message.d);
  }
}

const allHealthy = ({ tenants }: TenantsValue) =>
  ['shop', 'bank'].every(
    name =>
      tenants[name]?.health.code === 'Healthy' &&
      tenants[name].pods.ready === 2 &&
      tenants[name].environments.every(e => e.freshness === 'synced'),
  );

describe('two processes on one database and one cluster', () => {
  let sim: Kubesim;
  let postgres: Awaited<ReturnType<typeof sharedPostgres>> | undefined;
  let replicas: readonly Replica[] = [];

  beforeAll(async () => {
    [sim, postgres] = await Promise.all([
      startKubesim({ scenario: parseScenario(SCENARIO, 'replicas.test') }),
      sharedPostgres(),
    ]);
    const { connection } = postgres;
    const start = () =>
      startReplica({ clusters: { east: sim }, postgres: connection });
    replicas = [await start(), await start()];
    await untilAll(allHealthy);
  });
  afterAll(async () => {
    await Promise.all(replicas.map(replica => replica.stop()));
    await sim?.stop();
    await postgres?.stop();
  });

  /** Waits until both list the tenants as wanted. */
  async function untilAll(wanted: (value: TenantsValue) => boolean) {
    await Promise.all(
      replicas.map(async replica => {
        const reader = await replica.stream(LIST);
        await untilListed(reader, wanted);
        reader.close();
      }),
    );
  }

  async function etagsOf(path: string): Promise<(string | null)[]> {
    const answers = await Promise.all(replicas.map(({ get }) => get(path)));
    for (const answer of answers) {
      expect(answer.status).toBe(200);
      await answer.text();
    }
    return answers.map(({ headers }) => headers.get('etag'));
  }

  it('gives tenants and lists the same ETags and bytes in both, so that a 304 is right whoever answers', async () => {
    for (const path of ['/v1/tenants/shop', '/v1/tenants?sort=name']) {
      const [one, other] = await etagsOf(path);
      expect(one).toMatch(/^"[\w-]{22}"$/);
      expect(other).toBe(one);
      const bodies = await Promise.all(
        replicas.map(async ({ get }) => (await get(path)).text()),
      );
      expect(bodies[1]).toBe(bodies[0]);
      const known = { 'If-None-Match': one ?? '' };
      expect((await replicas[1].get(path, known)).status).toBe(304);
    }
  });

  it('gives a stream that comes to the other process with its cursor a snapshot, which holds what was missed', async () => {
    const first = await replicas[0].stream([...LIST, SHOP]);
    const cursors = new Map<string, string>();
    while (cursors.size < 2) {
      const { s, c } = await first.nextOf('snapshot');
      cursors.set(s, c);
    }
    first.close();
    sim.objects.modify(
      'deployments.apps',
      { namespace: 'shop-prod', name: 'web' },
      draft => {
        draft.metadata.labels = { 'tenantry.dev/module': 'storefront' };
      },
    );
    await untilAll(({ tenants }) =>
      tenants.shop.modules.includes('storefront'),
    );

    const resumed = [...LIST, SHOP].map(sub => ({
      ...sub,
      cursor: cursors.get(sub.id),
    }));
    const other = await replicas[1].stream(resumed);
    const answers = [await other.next(), await other.next()];
    expect(answers.map(({ s, t }) => [s, t]).sort()).toEqual([
      ['l', 'snapshot'],
      ['t', 'snapshot'],
    ]);
    other.close();
    expect(JSON.stringify(answers)).toContain('storefront');

    // In the process where it was opened the same cursor gets the patches alone.
    const back = await replicas[0].stream(resumed);
    const types = [await back.next(), await back.next()].map(({ t }) => t);
    expect(types).not.toContain('snapshot');
    back.close();
  });

  it('keeps the same ETags in both while the cluster cannot be reached', async () => {
    await sim.stop();
    await Promise.all(
      replicas.flatMap(replica =>
        ['shop', 'bank'].map(async tenant => {
          const sub = { id: 't', kind: 'tenant', params: { tenant } };
          const reader = await replica.stream([sub]);
          await untilStale(reader);
          reader.close();
        }),
      ),
    );
    for (const path of ['/v1/tenants/shop', '/v1/tenants?sort=name']) {
      const [one, other] = await Promise.all(
        replicas.map(async ({ get }) => (await get(path)).text()),
      );
      // When each last heard from the cluster is its own; nothing else is.
      const timeless = (body: string) =>
        body.replace(/,"observedAt":"[^"]*"/g, '');
      expect(timeless(other)).toBe(timeless(one));
      const etags = await etagsOf(path);
      expect(etags[1]).toBe(etags[0]);
    }
    const list = await (await replicas[0].get('/v1/tenants')).json();
    expect(tenantListSchema.parse(list).totalItems).toBe(2);
    const shop = await (await replicas[1].get('/v1/tenants/shop')).json();
    expect(tenantSchema.parse(shop).partial).toMatchObject([
      { cluster: 'east', observedAt: expect.any(String) },
    ]);
  });
});

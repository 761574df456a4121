// SPDX-License-Identifier: Apache-2.0
import { mockCredentials } from '@backstage/backend-test-utils';
import {
  routeTable,
  type RouteName,
  type RouteRule,
} from '@tenantry/backstage-plugin-tenants-common';
import { degradedTenantFixture } from '@tenantry/backstage-plugin-tenants-common/testing';
import { z } from 'zod';
import { fakeDerivation } from '../__testUtils__/fakeDerivation';
import { putObject } from '../__testUtils__/putObject';
import { putRecord, WITH_SECRET } from '../__testUtils__/putRecord';
import {
  restart,
  sampleExecutors,
  startOperations,
} from '../__testUtils__/startOperations';
import {
  startTenantsBackend,
  USERS,
} from '../__testUtils__/startTenantsBackend';
import { FakeLogApi } from '../logs/testing/FakeLogApi';
import type { TenantDerivation } from '../snapshots/TenantDerivation';
import { toTenantRow } from '../tenancy';

type Backend = Awaited<ReturnType<typeof startTenantsBackend>>;
type Schema = Parameters<typeof z.fromJSONSchema>[0];
type Content = Record<string, { schema: Exclude<Schema, boolean> }>;
type Parameter = {
  name: string;
  in: 'path' | 'query';
  schema: { enum?: string[] };
};
type Described = {
  operationId: string;
  parameters: Parameter[];
  requestBody?: { content: Content };
  responses: Record<string, { content?: Content; headers?: object }>;
};
type Document = {
  paths: Record<string, Record<string, Described>>;
  components: { schemas: Record<string, Exclude<Schema, boolean>> };
};

/** A request that each route answers with 200. A new route needs one here. */
const requests: Readonly<
  Record<RouteName, { readonly path: string; readonly body?: unknown }>
> = {
  health: { path: '/v1/health' },
  listTenants: { path: '/v1/tenants?sort=-memory&limit=1' },
  getTenant: { path: '/v1/tenants/shop' },
  getAllowedActions: { path: '/v1/tenants/shop/allowed-actions' },
  getLogs: { path: '/v1/tenants/shop/logs?tailLines=10' },
  getUsage: { path: '/v1/tenants/shop/usage' },
  getObject: {
    path: '/v1/tenants/shop/objects/Deployment/analytics-core-prod/web',
  },
  getNetwork: { path: '/v1/tenants/shop/network' },
  listMembers: { path: '/v1/tenants/shop/members' },
  listAuditEvents: { path: '/v1/tenants/shop/audit' },
  startOperation: { path: '/v1/tenants/shop/operations', body: restart },
  listTenantOperations: { path: '/v1/tenants/shop/operations' },
  listRevisions: { path: '/v1/tenants/shop/revisions' },
  listOperations: { path: '/v1/operations?state=active' },
  getOperation: { path: '/v1/operations/FAILED' },
  listOperationEvents: { path: '/v1/operations/FAILED/events?limit=5' },
  cancelOperation: { path: '/v1/operations/RUNNING/cancel' },
  retryOperation: { path: '/v1/operations/FAILED/retry' },
  makePlan: { path: '/v1/plan', body: { tenant: 'shop', request: restart } },
  listSecrets: { path: '/v1/tenants/shop/secrets' },
  setSecret: {
    path: '/v1/tenants/shop/secrets/token',
    body: { environment: 'dev', value: 'not told' },
  },
  getPlatform: { path: '/v1/platform' },
  getMetrics: { path: '/v1/metrics' },
  getOpenApi: { path: '/v1/openapi.json' },
  listModules: { path: '/v1/modules' },
  getModule: { path: '/v1/modules/web' },
  listModuleInstances: { path: '/v1/modules/web/instances' },
  listTiers: { path: '/v1/tiers' },
  listCategories: { path: '/v1/categories' },
  openStream: {
    path: '/v1/stream',
    body: {
      schema: 1,
      subs: [
        { id: 'list', kind: 'tenants' },
        { id: 'one', kind: 'tenant', params: { tenant: 'shop' } },
        { id: 'none', kind: 'tenant', params: { tenant: 'nope' } },
        { id: 'platform', kind: 'platform' },
      ],
    },
  },
};

/** A tenant with something of everything. */
const derivation: TenantDerivation = {
  ...fakeDerivation,
  derive(name) {
    const { version: _, ...tenant } = degradedTenantFixture({ name });
    return { tenant };
  },
  toRow: toTenantRow,
};

const headers = {
  ann: mockCredentials.user.header(USERS.ann),
  bob: mockCredentials.user.header(USERS.bob),
  nobody: mockCredentials.none.header(),
};

/** Bodies that stay open are read up to so many lines. */
const LINES = 4;

describe('the served OpenAPI document', () => {
  let backend: Backend;
  let document: Document;
  let operations: Awaited<ReturnType<typeof startOperations>>;
  const names = Object.keys(routeTable) as RouteName[];

  beforeAll(async () => {
    backend = await startTenantsBackend({
      derivation,
      // Each route is called many times.
      config: { tenants: { limits: { expensivePerMinute: 1_000 } } },
      definitions: WITH_SECRET,
      executors: sampleExecutors,
    });
    operations = await startOperations(backend);
    await putRecord(backend.clusters);
    putObject(backend.clusters, 'eu-west', 'analytics-core-prod');
    backend.policy.deny(USERS.bob);
    const logs = new FakeLogApi();
    logs.write('airflow-worker-1', '2026-01-01T00:00:00Z a log line\n');
    backend.clusters.setKubeApi(logs);
    document = await (await send('getOpenApi', 'ann')).json();
  });
  afterAll(() => backend.stop());

  function send(
    name: RouteName,
    who: keyof typeof headers,
    { path, body }: { path: string; body?: unknown } = requests[name],
  ): Promise<Response> {
    const { failed, running } = operations;
    const known = path.replace('FAILED', failed).replace('RUNNING', running);
    return fetch(`${backend.url}${known}`, {
      method: routeTable[name].method,
      headers: {
        Authorization: headers[who],
        'Content-Type': 'application/json',
      },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
  }

  function described(name: RouteName): Described {
    const rule: RouteRule = routeTable[name];
    const path = rule.path.replace(/:(\w+)/g, '{$1}');
    return document.paths[path]?.[rule.method.toLowerCase()];
  }

  /** The schema of a status as the document has it, with what it refers to. */
  function schemaOf(
    name: RouteName,
    status: number,
    wanted?: string,
  ): [string, z.ZodType] {
    const { content = {} } = described(name).responses[status] ?? {};
    const entries = Object.entries(content);
    const [type, { schema }] =
      entries.find(([of]) => of === wanted) ?? entries[0];
    const { $ref } = schema as { $ref?: string };
    const referred =
      $ref && document.components.schemas[$ref.split('/').at(-1) ?? ''];
    return [type, z.fromJSONSchema(referred || schema)];
  }

  /** What a body is to be compared as: one JSON value, one for each line, or text. */
  async function valuesOf(response: Response): Promise<unknown[]> {
    const type = response.headers.get('content-type') ?? '';
    if (type.startsWith('application/x-ndjson')) return readLines(response);
    return [
      type.startsWith('application/json')
        ? await response.json()
        : await response.text(),
    ];
  }

  async function expectAsDescribed(name: RouteName, response: Response) {
    const [answered] = (response.headers.get('content-type') ?? '').split(';');
    const [type, schema] = schemaOf(name, response.status, answered);
    expect([name, answered]).toEqual([name, type]);
    const values = await valuesOf(response);
    expect(values.length).toBeGreaterThan(0);
    for (const value of values) {
      const { error } = schema.safeParse(value);
      expect([name, response.status, error?.message]).toEqual([
        name,
        response.status,
        undefined,
      ]);
    }
  }

  it('describes every route of the table and no other', () => {
    const listed = Object.values(document.paths).flatMap(Object.values);
    expect(listed.map(o => o.operationId).sort()).toEqual(names.sort());
    expect(Object.keys(requests).sort()).toEqual(names.sort());
  });

  it.each(names)('says what %s answers', async name => {
    const response = await send(name, 'ann');
    expect([name, response.status]).toEqual([name, 200]);
    await expectAsDescribed(name, response);
  });

  it.each([
    ['text', 'text/plain', 'a log line'],
    ['ndjson', 'application/x-ndjson', { message: 'a log line' }],
  ])('says what a download of logs as %s is', async (format, type, line) => {
    const response = await send('getLogs', 'ann', {
      path: `/v1/tenants/shop/logs?format=${format}`,
    });
    expect(response.headers.get('content-type')?.split(';')[0]).toBe(type);
    const [, schema] = schemaOf('getLogs', 200, type);
    expect(schema.safeParse(line).success).toBe(true);
    expect(schema.safeParse({ nonsense: true }).success).toBe(false);
    await expectAsDescribed('getLogs', response);
  });

  it.each(names)(
    'says whether %s answers 304, and with which headers',
    async name => {
      const response = await send(name, 'ann');
      await response.body?.cancel();
      const etag = response.headers.get('etag');
      const { responses } = described(name);
      // Express adds weak tags of its own to what is sent whole; nobody is told of those.
      const own = etag !== null && !etag.startsWith('W/');
      expect([name, '304' in responses]).toEqual([name, own]);
      if (!own) return;
      expect(Object.keys(responses[200].headers ?? {})).toEqual([
        'ETag',
        'X-Tenantry-Observed-At',
      ]);
      const again = await fetch(response.url, {
        headers: { Authorization: headers.ann, 'If-None-Match': etag },
      });
      expect(again.status).toBe(304);
    },
  );

  it.each(names)('says how %s refuses', async name => {
    const rule: RouteRule = routeTable[name];
    if (rule.callers.length === 0) return;
    const anonymous = await send(name, 'nobody');
    expect(anonymous.status).toBe(401);
    await expectAsDescribed(name, anonymous);
    const response = await send(name, 'bob');
    if (rule.scope === 'subscriptions') {
      await response.body?.cancel();
      return;
    }
    const isHidden = rule.scope === 'one' || rule.scope === 'request';
    expect(response.status).toBe(isHidden ? 404 : 403);
    await expectAsDescribed(name, response);
  });

  it.each(names)(
    'names the parameters of %s, and no others are taken',
    async name => {
      const { parameters } = described(name);
      const inQuery = parameters.filter(p => p.in === 'query');
      if (inQuery.length === 0) return;
      const [path] = requests[name].path.split('?');
      const unknown = await send(name, 'ann', { path: `${path}?nonsense=1` });
      expect(unknown.status).toBe(400);
      await expectAsDescribed(name, unknown);
      for (const parameter of inQuery) {
        for (const value of parameter.schema.enum ?? []) {
          const query = new URLSearchParams({ [parameter.name]: value });
          const response = await send(name, 'ann', {
            path: `${path}?${query}`,
          });
          expect([`${query}`, response.status]).toEqual([`${query}`, 200]);
          await response.body?.cancel();
        }
      }
    },
  );

  it.each(names)('says what %s takes', async name => {
    const { requestBody } = described(name);
    const { path, body } = requests[name];
    expect([name, requestBody !== undefined]).toEqual([
      name,
      body !== undefined,
    ]);
    if (!requestBody) return;
    const schema = z.fromJSONSchema(
      requestBody.content['application/json'].schema,
    );
    expect(schema.safeParse(body).error).toBeUndefined();
    const wrong = { ...(body as object), nonsense: true };
    expect(schema.safeParse(wrong).success).toBe(false);
    const refused = await send(name, 'ann', { path, body: wrong });
    expect(refused.status).toBe(400);
    await expectAsDescribed(name, refused);
  });

  it('is strict enough that an answer with a member more or less would show', async () => {
    const tenant = await (await send('getTenant', 'ann')).json();
    const [, schema] = schemaOf('getTenant', 200);
    expect(schema.safeParse(tenant).success).toBe(true);
    const { health, ...without } = tenant;
    expect(schema.safeParse(without).success).toBe(false);
    expect(schema.safeParse({ ...tenant, secret: 1 }).success).toBe(false);
    const wrong = { ...tenant, health: { ...health, code: 'Fine' } };
    expect(schema.safeParse(wrong).success).toBe(false);
  });
});

async function readLines(response: Response): Promise<unknown[]> {
  const reader = response.body?.getReader();
  const decoder = new TextDecoder();
  let text = '';
  for (;;) {
    const chunk = await reader?.read();
    if (!chunk || chunk.done) break;
    text += decoder.decode(chunk.value, { stream: true });
    if (text.split('\n').length > LINES) break;
  }
  await reader?.cancel();
  const whole = text.slice(0, text.lastIndexOf('\n'));
  return whole.split('\n').map(line => JSON.parse(line));
}

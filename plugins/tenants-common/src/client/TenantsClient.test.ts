// SPDX-License-Identifier: Apache-2.0
import { tenantSchema } from '../tenant';
import { tenantsValueSchema } from '../stream';
import { platformStatusSchema } from '../platform';
import { VIEW_AS_HEADER } from '../routes';
import {
  auditEventFixture,
  degradedTenantFixture,
  memberFixture,
  platformFixture,
  tenantFixture,
  tenantsValueFixture,
} from '../testing';
import { MAX_LINE_LENGTH, readLines } from './readLines';
import { TenantsClient } from './TenantsClient';

type Call = { url: string; init?: RequestInit };

function clientAnswering(answer: () => Response, viewAs?: () => string) {
  const calls: Call[] = [];
  const client = new TenantsClient({
    viewAs,
    discoveryApi: { getBaseUrl: async id => `http://portal/api/${id}` },
    fetchApi: {
      fetch: async (input, init) => {
        calls.push({ url: String(input), init });
        return answer();
      },
    },
  });
  return { client, calls };
}

function bytes(...chunks: (Uint8Array | string)[]): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  return new ReadableStream({
    start(controller) {
      for (const chunk of chunks) {
        controller.enqueue(
          typeof chunk === 'string' ? encoder.encode(chunk) : chunk,
        );
      }
      controller.close();
    },
  });
}

async function collect<T>(source: AsyncIterable<T>): Promise<T[]> {
  const items: T[] = [];
  for await (const item of source) items.push(item);
  return items;
}

const signal = new AbortController().signal;

describe('TenantsClient', () => {
  it('reads a tenant by its encoded name', async () => {
    const { client, calls } = clientAnswering(() =>
      Response.json(tenantFixture()),
    );
    await expect(client.get('a/../b')).resolves.toEqual(tenantFixture());
    expect(calls[0].url).toBe(
      'http://portal/api/tenants/v1/tenants/a%2F..%2Fb',
    );
  });

  it('writes several values of one filter with commas and leaves out what is not set', async () => {
    const { client, calls } = clientAnswering(() =>
      Response.json({ items: [], totalItems: 0, counts: {}, partial: [] }),
    );
    await client.list({ health: ['Degraded', 'Unknown'], q: undefined });
    expect(calls[0].url).toBe(
      'http://portal/api/tenants/v1/tenants?health=Degraded%2CUnknown',
    );
  });

  it('lists without a query', async () => {
    const { client, calls } = clientAnswering(() =>
      Response.json({ items: [], totalItems: 0, counts: {}, partial: [] }),
    );
    await client.list();
    expect(calls[0].url).toBe('http://portal/api/tenants/v1/tenants');
  });

  it('reads what the caller may do and the platform', async () => {
    const allowed = { actions: { 'tenants.logs.read': { allowed: false } } };
    const rights = clientAnswering(() => Response.json(allowed));
    await expect(rights.client.allowedActions('a')).resolves.toEqual(allowed);
    expect(rights.calls[0].url).toMatch(/\/v1\/tenants\/a\/allowed-actions$/);
    const platform = clientAnswering(() => Response.json(platformFixture()));
    await expect(platform.client.platform()).resolves.toEqual(
      platformFixture(),
    );
  });

  it('lists members and audit events with what narrows them', async () => {
    const page = { items: [memberFixture()], totalItems: 1 };
    const members = clientAnswering(() => Response.json(page));
    await expect(
      members.client.listMembers('a', { kind: 'User', cursor: '100' }),
    ).resolves.toEqual(page);
    expect(members.calls[0].url).toMatch(
      /\/v1\/tenants\/a\/members\?kind=User&cursor=100$/,
    );
    const events = { items: [auditEventFixture()], chain: { checked: 1 } };
    const audit = clientAnswering(() => Response.json(events));
    await expect(
      audit.client.listAuditEvents('a', { from: '2026-11-21T00:00:00.000Z' }),
    ).resolves.toEqual(events);
    expect(audit.calls[0].url).toMatch(
      /\/a\/audit\?from=2026-11-21T00%3A00%3A00.000Z$/,
    );
  });

  it('looks as somebody else on every request and stream, asked anew each time', async () => {
    let viewed = 'user:default/mia';
    const { client, calls } = clientAnswering(
      () => new Response('{}'),
      () => viewed,
    );
    const request = { schema: 1 as const, subs: [] };
    const asked = () =>
      calls.map(({ init }) => new Headers(init?.headers).get(VIEW_AS_HEADER));
    await client.platform().catch(() => {});
    await collect(client.openStream(request, { signal })).catch(() => {});
    viewed = 'user:default/ada';
    await collect(client.openLogs('a', {}, { signal })).catch(() => {});
    await client.list({}, { viewAs: 'user:default/eve' }).catch(() => {});
    expect(asked()).toEqual([
      'user:default/mia',
      'user:default/mia',
      'user:default/ada',
      'user:default/eve',
    ]);
  });

  it('looks as oneself when nobody else is named', async () => {
    const { client, calls } = clientAnswering(() =>
      Response.json(platformFixture()),
    );
    await client.platform();
    expect(new Headers(calls[0].init?.headers).has(VIEW_AS_HEADER)).toBe(false);
  });

  it('throws a ResponseError that carries the status', async () => {
    const { client } = clientAnswering(
      () => new Response('{}', { status: 403, statusText: 'Forbidden' }),
    );
    await expect(client.get('a')).rejects.toMatchObject({
      name: 'ResponseError',
      statusCode: 403,
    });
  });

  it('refuses an answer that does not keep to the contract', async () => {
    const { client } = clientAnswering(() => Response.json({ name: 1 }));
    await expect(client.get('a')).rejects.toThrow();
  });

  it('posts the subscriptions and reads one message per line', async () => {
    const heartbeat = { s: '', n: 1, t: 'heartbeat' };
    const end = {
      s: '',
      n: 2,
      t: 'end',
      d: { reason: 'shutdown', message: 'Restarting.' },
    };
    const { client, calls } = clientAnswering(
      () =>
        new Response(
          bytes(`${JSON.stringify(heartbeat)}\n${JSON.stringify(end)}\n`),
        ),
    );
    const request = {
      schema: 1 as const,
      subs: [{ id: 'a', kind: 'tenants' as const }],
    };
    await expect(
      collect(client.openStream(request, { signal })),
    ).resolves.toEqual([heartbeat, end]);
    expect(calls[0].init?.method).toBe('POST');
    expect(JSON.parse(String(calls[0].init?.body))).toEqual(request);
  });

  it('reads logs as events, gaps, heartbeats and an end', async () => {
    const lines = [
      {
        s: 'logs',
        n: 1,
        t: 'event',
        d: { type: 'lines', source: 1, text: 'x' },
      },
      {
        s: 'logs',
        n: 2,
        t: 'gap',
        d: { from: 'a', to: 'b', reason: 'Rotated' },
      },
      { s: 'logs', n: 3, t: 'heartbeat' },
      { s: 'logs', n: 4, t: 'snapshot', v: 'v', c: 'c', d: {} },
      {
        s: 'logs',
        n: 5,
        t: 'end',
        d: { reason: 'completed', message: 'All read.' },
      },
    ];
    const { client, calls } = clientAnswering(
      () => new Response(bytes(lines.map(l => JSON.stringify(l)).join('\n'))),
    );
    const selection = { environment: 'prod', follow: true };
    await expect(
      collect(client.openLogs('a', selection, { signal })),
    ).resolves.toEqual([
      { type: 'event', event: { type: 'lines', source: 1, text: 'x' } },
      { type: 'gap', from: 'a', to: 'b', reason: 'Rotated' },
      { type: 'heartbeat', at: undefined },
      { type: 'end', reason: 'completed', message: 'All read.' },
    ]);
    expect(calls[0].url).toMatch(/\/logs\?environment=prod&follow=true$/);
  });

  it('yields nothing for an answer without a body', async () => {
    const { client } = clientAnswering(() => new Response(null));
    await expect(
      collect(client.openLogs('a', {}, { signal })),
    ).resolves.toEqual([]);
  });
});

describe('readLines', () => {
  it('joins characters and lines that chunks cut in two', async () => {
    const [a, b] = [new TextEncoder().encode('ü'), '\n{"x":1}\n\nend'];
    const lines = await collect(
      readLines(bytes('gr', a.slice(0, 1), a.slice(1), b)),
    );
    expect(lines).toEqual(['grü', '{"x":1}', 'end']);
  });

  it('cancels the body when the reader leaves early', async () => {
    let cancelled = false;
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        controller.enqueue(new TextEncoder().encode('a\nb\n'));
      },
      cancel() {
        cancelled = true;
      },
    });
    for await (const line of readLines(body)) {
      expect(line).toBe('a');
      break;
    }
    expect(cancelled).toBe(true);
  });

  it('refuses a line without end', async () => {
    const chunk = new Uint8Array(MAX_LINE_LENGTH / 2 + 1).fill(97);
    await expect(collect(readLines(bytes(chunk, chunk)))).rejects.toThrow(
      'too long',
    );
  });
});

describe('fixtures', () => {
  it('keep to the contract', () => {
    expect(tenantSchema.parse(degradedTenantFixture())).toEqual(
      degradedTenantFixture(),
    );
    expect(tenantsValueSchema.safeParse(tenantsValueFixture()).success).toBe(
      true,
    );
    expect(platformStatusSchema.safeParse(platformFixture()).success).toBe(
      true,
    );
  });
});

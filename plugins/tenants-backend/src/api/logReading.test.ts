// SPDX-License-Identifier: Apache-2.0
import {
  formatLogPosition,
  logEventSchema,
  type LogEvent,
  type StreamMessage,
} from '@tenantry/backstage-plugin-tenants-common';
import { FakeLogApi, logFailure } from '../logs/testing/FakeLogApi';
import { timed } from '../logs/testing/logLines';
import { tenantNamespace } from '../__testUtils__/fakeDerivation';
import {
  startTenantsBackend,
  USERS,
} from '../__testUtils__/startTenantsBackend';

type Backend = Awaited<ReturnType<typeof startTenantsBackend>>;

function eventsOf<T extends LogEvent['type']>(
  messages: readonly StreamMessage[],
  type: T,
): Extract<LogEvent, { type: T }>[] {
  return messages.flatMap(message => {
    if (message.t !== 'event') return [];
    const event = logEventSchema.parse(message.d);
    return isOf(event, type) ? [event] : [];
  });
}

function isOf<T extends LogEvent['type']>(
  event: LogEvent,
  type: T,
): event is Extract<LogEvent, { type: T }> {
  return event.type === type;
}

const textOf = (messages: readonly StreamMessage[]) =>
  eventsOf(messages, 'lines').flatMap(({ text }) => text.split('\n'));

describe('what is read of logs', () => {
  let backend: Backend;
  let api: FakeLogApi;
  beforeEach(async () => {
    backend = await startTenantsBackend();
    api = new FakeLogApi();
    backend.clusters.setKubeApi(api);
    backend.clusters.putNamespace(
      'east',
      tenantNamespace('shop-prod', {
        tenant: 'shop',
        owner: USERS.ann,
        pods: { 'web-1': 0, 'web-2': 0 },
      }),
    );
    backend.clock.advance(50);
  });
  afterEach(() => backend.stop());

  const read = async (query: Record<string, string>) => {
    const stream = await backend.logs(
      `/v1/tenants/shop/logs?${new URLSearchParams(query)}`,
      'ann',
    );
    return stream.rest();
  };
  const get = (query: Record<string, string>) =>
    backend.get(`/v1/tenants/shop/logs?${new URLSearchParams(query)}`, 'ann');
  const refusalOf = async (query: Record<string, string>) => {
    const response = await get(query);
    const { error } = await response.json();
    return { status: response.status, message: String(error.message) };
  };
  const write = (pod: string, ...lines: string[]) =>
    api.write(pod, lines.map(line => `${line}\n`).join(''));

  it('sends only lines that match, by their masked text, and says how many were read', async () => {
    write(
      'web-1',
      timed(1, 'ERROR upstream timed out'),
      timed(2, 'INFO ready'),
      timed(3, 'WARN upstream slow'),
      timed(4, 'ERROR password=upstream'),
    );
    const messages = await read({ q: 'upstream -slow' });
    expect(textOf(messages)).toEqual([timed(1, 'ERROR upstream timed out')]);
    expect(eventsOf(messages, 'progress').at(-1)).toMatchObject({
      read: 4,
      matched: 1,
      masked: 1,
    });
    expect(textOf(await read({ q: '/up\\w+ (slow|fast)$/' }))).toEqual([
      timed(3, 'WARN upstream slow'),
    ]);
  });

  it('sends only lines of the levels that are asked for, and says the level of each', async () => {
    write(
      'web-1',
      timed(1, 'I0101 00:00:00.1 1 a.go:1] started'),
      timed(2, '{"level":"error","msg":"x"}'),
      timed(3, 'nothing'),
      timed(4, 'level=warn msg=slow'),
    );
    expect(eventsOf(await read({}), 'lines')).toMatchObject([
      { levels: 'ie-w', json: [1] },
    ]);
    expect(textOf(await read({ levels: 'error,none' }))).toEqual([
      timed(2, '{"level":"error","msg":"x"}'),
      timed(3, 'nothing'),
    ]);
  });

  it.each([
    [
      { q: '/(/' },
      /'q': The pattern \/\(\/ is not understood: missing closing \)/,
    ],
    [{ q: '/(?=x)/' }, /no look-around/],
    [{ q: '/(a.{0,99}){8}/' }, /too costly to run/],
    [{ q: '"open' }, /no closing quotation mark/],
    [{ levels: 'loud' }, /'levels/],
    [{ after: 'x' }, /'after/],
    [
      { follow: 'true', untilTime: '2026-01-01T00:00:00Z' },
      /exclude each other/,
    ],
    [{ sinceSeconds: '5', sinceTime: '2026-01-01T00:00:00Z' }, /exclude/],
    [{ line: `abcdefghijkl~${timed(0, '').trim()}~0` }, /needs 'format'/],
  ])('refuses %j and says what is wrong', async (query, message) => {
    const refusal = await refusalOf(query);
    expect(refusal.status).toBe(400);
    expect(refusal.message).toMatch(message);
  });

  it('counts what was read by time, without lines when only counts are asked for', async () => {
    write(
      'web-1',
      timed(0, 'ERROR a'),
      timed(500, 'b'),
      timed(61_000, 'WARN c'),
    );
    write('web-2', timed(10, 'ERROR d'));
    const messages = await read({ content: 'counts', counts: '60', q: 'a' });
    const start = Date.UTC(2026, 0, 1) / 1_000;
    expect(eventsOf(messages, 'counts')).toEqual([
      {
        type: 'counts',
        bucketSeconds: 60,
        buckets: [
          [start, 3, 0, 2, 1],
          [start + 60, 1, 1, 0, 1],
        ],
      },
    ]);
    expect(textOf(messages)).toEqual([]);
    expect(api.requests.map(({ tailLines }) => tailLines)).toEqual([
      undefined,
      undefined,
    ]);
  });

  it('reads a range to the millisecond, and the last lines before its end', async () => {
    const all = [100, 200, 300, 400, 500].map(ms => timed(ms, `at ${ms}`));
    write('web-1', ...all);
    const sinceTime = '2026-01-01T00:00:00.200Z';
    const untilTime = '2026-01-01T00:00:00.400Z';
    expect(textOf(await read({ sinceTime, untilTime }))).toEqual(
      all.slice(1, 4),
    );
    expect(textOf(await read({ untilTime, tailLines: '2' }))).toEqual(
      all.slice(2, 4),
    );
    expect(api.requests[0].sinceTime).toBe('2026-01-01T00:00:00Z');
  });

  it('puts lines of several containers into one batch when asked to', async () => {
    write('web-1', timed(1, 'a'), timed(3, 'c'));
    write('web-2', timed(2, 'b'));
    const [event] = eventsOf(await read({ mixed: 'true' }), 'mixed');
    expect(event).toMatchObject({
      runs: [1, 1, 2, 1, 1, 1],
      text: [timed(1, 'a'), timed(2, 'b'), timed(3, 'c')].join('\n'),
    });
    expect(Object.keys(event.cursors)).toEqual(['1', '2']);
  });

  it('goes on behind cursors without loss or doubling, also within one instant', async () => {
    write('web-1', timed(1, 'a'), timed(5, 'b'), timed(5, 'c'));
    const first = await read({ pod: 'web-1' });
    const cursor = eventsOf(first, 'lines').at(-1)?.cursor ?? '';
    write('web-1', timed(5, 'c'), timed(5, 'd'), timed(6, 'e'));
    const second = await read({ pod: 'web-1', after: cursor });
    expect(textOf(second)).toEqual([
      timed(5, 'c'),
      timed(5, 'd'),
      timed(6, 'e'),
    ]);
    expect(eventsOf(second, 'source').at(-1)?.source.resumed).toBe('exact');
    expect(second.filter(({ t }) => t === 'gap')).toEqual([]);
    expect(api.requests.at(-1)).toMatchObject({
      sinceTime: '2026-01-01T00:00:00Z',
      tailLines: undefined,
    });
  });

  it('says that lines may be missing when what a cursor names is gone', async () => {
    write('web-1', timed(1, 'a'));
    const first = await read({ pod: 'web-1' });
    const after = eventsOf(first, 'lines').at(-1)?.cursor ?? '';
    api.restart('web-1');
    write('web-1', timed(9_000, 'z'));
    const second = await read({ pod: 'web-1', after });
    expect(second.find(({ t }) => t === 'gap')).toMatchObject({
      d: { source: 1, from: timed(1, '').trim(), to: timed(9_000, '').trim() },
    });
    expect(textOf(second)).toEqual([timed(9_000, 'z')]);
  });

  it('shows lines around a position, of its container and of all', async () => {
    const lines = Array.from({ length: 50 }, (_, i) =>
      timed(i * 1_000, `a${i}`),
    );
    write('web-1', ...lines);
    write('web-2', timed(24_500, 'b'), timed(25_500, 'c'));
    const [{ source }] = eventsOf(await read({ pod: 'web-1' }), 'source');
    const around = formatLogPosition({
      key: source.key ?? '',
      time: lines[25].split(' ')[0],
      index: 0,
    });
    const query = { around, linesBefore: '2', linesAfter: '1' };
    const own = await read(query);
    expect(eventsOf(own, 'position')).toMatchObject([
      { found: true, source: 1 },
    ]);
    expect(textOf(own)).toEqual(lines.slice(23, 27));
    expect(textOf(await read({ ...query, scope: 'all' }))).toEqual(
      [timed(24_500, 'b'), lines[24], lines[25], timed(25_500, 'c')].sort(),
    );
  });

  it('says how far back a log reaches when a position is gone', async () => {
    write('web-1', timed(5_000, 'oldest'));
    const [{ source }] = eventsOf(await read({ pod: 'web-1' }), 'source');
    const gone = formatLogPosition({
      key: source.key ?? '',
      time: timed(1_000, '').trim(),
      index: 0,
    });
    expect(eventsOf(await read({ around: gone }), 'position')).toEqual([
      { type: 'position', found: false, oldest: timed(5_000, '').trim() },
    ]);
    const unknown = gone.replace(/^[^~]+/, 'abcdefghijkl');
    expect(eventsOf(await read({ around: unknown }), 'position')).toEqual([
      { type: 'position', found: false },
    ]);
  });

  it('downloads text and NDJSON under a safe name, without the limit of lines', async () => {
    write('web-1', timed(1, 'WARN a'));
    write('web-2', timed(2, 'token=abcdefgh'));
    const text = await get({ format: 'text' });
    expect(text.headers.get('content-disposition')).toMatch(
      /^attachment; filename="shop-logs-\d{8}T\d{6}Z\.log"$/,
    );
    expect(await text.text()).toBe(
      `[web-1/main] ${timed(1, 'WARN a')}\n[web-2/main] ${timed(
        2,
        'token=[masked]',
      )}\n`,
    );
    expect(api.requests[0].tailLines).toBeUndefined();
    const bare = { format: 'text', timestamps: 'false', prefix: 'false' };
    expect(await (await get(bare)).text()).toBe('WARN a\ntoken=[masked]\n');
    const json = await (await get({ format: 'ndjson' })).text();
    expect(
      json
        .trim()
        .split('\n')
        .map(line => JSON.parse(line)),
    ).toMatchObject([
      { pod: 'web-1', container: 'main', level: 'warn', message: 'WARN a' },
      { pod: 'web-2', message: 'token=[masked]' },
    ]);
  });

  it('says in a download what could not be read', async () => {
    api.end('web-1', logFailure(403, 'Forbidden'));
    expect(await (await get({ format: 'text' })).text()).toMatch(
      /^# The portal may not read pods\/log on cluster east/,
    );
  });

  it('downloads one line whole', async () => {
    const long = timed(1, `${'x'.repeat(100_000)} end`);
    write('web-1', timed(0, 'a'), long, timed(2, 'b'));
    const shown = eventsOf(await read({ pod: 'web-1' }), 'lines');
    expect(shown[0].cut).toEqual([{ line: 1, bytes: long.length }]);
    const [{ source }] = eventsOf(await read({ pod: 'web-1' }), 'source');
    const line = formatLogPosition({
      key: source.key ?? '',
      time: long.split(' ')[0],
      index: 0,
    });
    expect(await (await get({ line, format: 'text' })).text()).toBe(
      `${long}\n`,
    );
  });

  it('shows secrets only to who has that right, and never unrecorded', async () => {
    write('web-1', timed(1, 'password=hunter2'));
    const permission = 'tenants.logs.read-unmasked';
    backend.policy.denyOne(USERS.ann, permission);
    expect(await refusalOf({ unmasked: 'true' })).toMatchObject({
      status: 403,
      message: expect.stringContaining(permission),
    });
    backend.policy.allowOne(USERS.ann, permission);
    backend.clock.advance(10_000);
    expect(textOf(await read({ unmasked: 'true' }))).toEqual([
      timed(1, 'password=hunter2'),
    ]);
    const audit = await backend.get('/v1/tenants/shop/audit', 'ann');
    const { items } = await audit.json();
    expect(items.map((item: { action: string }) => item.action)).toEqual([
      'logs.read-unmasked',
    ]);
  });
});

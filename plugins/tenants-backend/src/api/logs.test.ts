// SPDX-License-Identifier: Apache-2.0
import {
  logEventSchema,
  STREAM_LIMITS,
  type LogEvent,
  type StreamMessage,
} from '@tenantry/backstage-plugin-tenants-common';
import { MERGE_WINDOW_MS } from '../logs/MergeWindow';
import { FakeLogApi, logFailure } from '../logs/testing/FakeLogApi';
import { tenantNamespace } from '../__testUtils__/fakeDerivation';
import type { StreamReader } from '../__testUtils__/StreamReader';
import {
  startTenantsBackend,
  USERS,
} from '../__testUtils__/startTenantsBackend';

type Backend = Awaited<ReturnType<typeof startTenantsBackend>>;

function eventsOf(messages: readonly StreamMessage[]): LogEvent[] {
  return messages.flatMap(message =>
    message.t === 'event' ? [logEventSchema.parse(message.d)] : [],
  );
}

function textOf(messages: readonly StreamMessage[]): string[] {
  return eventsOf(messages).flatMap(event =>
    event.type === 'lines' ? event.text.split('\n') : [],
  );
}

/** The next event, but for those that tell how far it is. */
async function nextEvent(stream: StreamReader): Promise<LogEvent> {
  for (;;) {
    const event = logEventSchema.parse((await stream.nextOf('event')).d);
    if (event.type !== 'progress') return event;
  }
}

/** Lets what is at hand be read. */
const settle = () => new Promise(resolve => setImmediate(resolve));

describe('GET /v1/tenants/:tenant/logs', () => {
  let backend: Backend;
  let api: FakeLogApi;
  beforeEach(async () => {
    backend = await startTenantsBackend();
    api = new FakeLogApi();
    backend.clusters.setKubeApi(api);
  });
  afterEach(() => backend.stop());

  const putPods = (pods: Record<string, number>) => {
    backend.clusters.putNamespace(
      'east',
      tenantNamespace('shop-prod', { tenant: 'shop', owner: USERS.ann, pods }),
    );
    backend.clock.advance(50);
  };
  const at = (second: number, text: string) =>
    `2026-01-01T00:00:0${second}Z ${text}`;
  const path = (query = '') => `/v1/tenants/shop/logs${query}`;

  it('merges the lines of all containers by time, masks secrets and completes', async () => {
    putPods({ 'web-1': 0, 'web-2': 0 });
    api.write('web-1', `${at(1, 'one')}\n${at(3, 'password=hunter2')}\n`);
    api.write('web-2', `${at(2, 'two')}\n${at(4, 'four')}`);
    const stream = await backend.logs(path(), 'ann');
    const messages = await stream.rest();
    expect(textOf(messages)).toEqual([
      at(1, 'one'),
      at(2, 'two'),
      at(3, 'password=[masked]'),
      at(4, 'four'),
    ]);
    expect(messages.map(m => m.n)).toEqual(messages.map((_, i) => i + 1));
    expect(messages.at(-1)).toMatchObject({
      t: 'end',
      d: {
        reason: 'completed',
        message:
          'Read 2 logs to their end; 1 values that look like secrets are masked.',
      },
    });
    expect(api.requests).toMatchObject([
      { namespace: 'shop-prod', tailLines: 500, follow: false },
      { namespace: 'shop-prod', tailLines: 500, follow: false },
    ]);
  });

  it('reads only what the query names', async () => {
    putPods({ 'web-1': 0, 'web-2': 0 });
    const stream = await backend.logs(path('?pod=web-2'), 'ann');
    await stream.rest();
    expect(api.requests.map(r => r.pod)).toEqual(['web-2']);
  });

  it('follows, lets a new pod join, and goes on after a restart without doubling lines', async () => {
    putPods({ 'web-1': 0 });
    api.write('web-1', `${at(1, 'one')}\n`);
    const stream = await backend.logs(path('?follow=true'), 'ann');
    expect(await nextEvent(stream)).toMatchObject({
      type: 'source',
      source: { id: 1, pod: 'web-1', module: 'web', environment: 'shop-prod' },
    });
    expect(await nextEvent(stream)).toMatchObject({ text: at(1, 'one') });

    putPods({ 'web-1': 0, 'web-2': 0 });
    expect(await nextEvent(stream)).toMatchObject({
      type: 'source',
      source: { id: 2, pod: 'web-2', joined: true },
    });
    api.write('web-2', `${at(2, 'two')}\n`);
    await settle();
    backend.clock.advance(MERGE_WINDOW_MS);
    expect(await nextEvent(stream)).toMatchObject({
      source: 2,
      text: at(2, 'two'),
    });

    api.end('web-1');
    expect(await nextEvent(stream)).toMatchObject({
      type: 'sourceEnded',
      source: 1,
      reason: 'Ended',
    });
    api.restart('web-1');
    api.write('web-1', `${at(1, 'one')}\n${at(5, 'again')}\n`);
    putPods({ 'web-1': 1, 'web-2': 0 });
    expect(await nextEvent(stream)).toMatchObject({
      type: 'source',
      source: { id: 3, pod: 'web-1' },
    });
    expect(await nextEvent(stream)).toMatchObject({
      type: 'source',
      source: { id: 3, resumed: 'exact' },
    });
    await settle();
    backend.clock.advance(MERGE_WINDOW_MS);
    expect(await nextEvent(stream)).toMatchObject({
      source: 3,
      text: at(5, 'again'),
    });
    stream.close();
  });

  it('opens a log that broke off again where it ended, and says so when lines may be missing', async () => {
    putPods({ 'web-1': 0 });
    api.write('web-1', `${at(1, 'one')}\n`);
    const stream = await backend.logs(path('?follow=true'), 'ann');
    await nextEvent(stream);
    expect(await nextEvent(stream)).toMatchObject({ text: at(1, 'one') });
    const breakOff = async () => {
      api.end('web-1', logFailure(undefined, 'Unreachable'));
      expect(await nextEvent(stream)).toMatchObject({
        type: 'sourceEnded',
        reason: 'Unreachable',
      });
      api.restart('web-1');
    };

    await breakOff();
    api.write('web-1', `${at(1, 'one')}\n${at(2, 'two')}\n`);
    await backend.clock.advanceAsync(2_000);
    expect(await nextEvent(stream)).toMatchObject({ type: 'source' });
    expect(await nextEvent(stream)).toMatchObject({
      type: 'source',
      source: { resumed: 'exact' },
    });
    expect(await nextEvent(stream)).toMatchObject({ text: at(2, 'two') });
    expect(api.requests.at(-1)?.sinceTime).toBe('2026-01-01T00:00:01Z');

    await breakOff();
    api.write('web-1', `${at(9, 'nine')}\n`);
    await backend.clock.advanceAsync(2_000);
    expect((await stream.nextOf('gap')).d).toMatchObject({
      from: '2026-01-01T00:00:02.000000000Z',
      to: '2026-01-01T00:00:09.000000000Z',
    });
    expect(await nextEvent(stream)).toMatchObject({ text: at(9, 'nine') });
    stream.close();
  });

  it('says of a container whose log cannot be read why, and reads the others', async () => {
    putPods({ 'web-1': 0, 'web-2': 0 });
    api.end('web-1', logFailure(403, 'Forbidden'));
    api.write('web-2', `${at(2, 'two')}\n`);
    const messages = await (await backend.logs(path(), 'ann')).rest();
    expect(textOf(messages)).toEqual([at(2, 'two')]);
    expect(
      eventsOf(messages).filter(event => event.type === 'sourceEnded'),
    ).toMatchObject([
      { source: 1, reason: 'Forbidden' },
      { source: 2, reason: 'Ended' },
    ]);
  });

  it('ends within 10 s after the right was revoked, and stops reading', async () => {
    putPods({ 'web-1': 0 });
    const stream = await backend.logs(path('?follow=true'), 'ann');
    await nextEvent(stream);
    backend.policy.deny(USERS.ann);
    await backend.clock.advanceAsync(10_000);
    expect(await stream.nextOf('end')).toMatchObject({
      d: { reason: 'forbidden' },
    });
    expect(api.requests.every(({ signal }) => signal.aborted)).toBe(true);
  });

  it('stops reading when the reader leaves', async () => {
    putPods({ 'web-1': 0 });
    const stream = await backend.logs(path('?follow=true'), 'ann');
    await nextEvent(stream);
    const [{ signal }] = api.requests;
    const stopped = new Promise(resolve =>
      signal.addEventListener('abort', resolve),
    );
    stream.close();
    await stopped;
    expect(signal.aborted).toBe(true);
  });

  it('takes no changes from those who follow the tenant after a reader of its log has left', async () => {
    putPods({ 'web-1': 0 });
    api.write('web-1', `${at(1, 'one')}\n`);
    const log = await backend.logs(path('?follow=true'), 'ann');
    await log.nextOf('event');
    log.close();
    while (!api.requests[0].signal.aborted) await settle();

    const subs = [{ id: 'a', kind: 'tenant', params: { tenant: 'shop' } }];
    const page = await backend.stream({ schema: 1, subs }, 'ann');
    const { v } = await page.nextOf('snapshot');
    // A log that broke off would be opened again by then.
    backend.clock.advance(STREAM_LIMITS.heartbeatMs);
    await page.nextOf('heartbeat');
    putPods({ 'web-1': 1 });
    backend.clock.advance(STREAM_LIMITS.heartbeatMs);
    expect(await page.next()).toMatchObject({ t: 'patch', from: v });
    page.close();
  });

  it('completes a followed log when the pods are gone', async () => {
    putPods({ 'web-1': 0 });
    const stream = await backend.logs(path('?follow=true'), 'ann');
    await nextEvent(stream);
    putPods({});
    api.end('web-1');
    expect(await stream.nextOf('end')).toMatchObject({
      d: { reason: 'completed' },
    });
  });

  it('refuses more containers than it reads at once, and says how to narrow it down', async () => {
    putPods(
      Object.fromEntries(Array.from({ length: 21 }, (_, i) => [`p-${i}`, 0])),
    );
    const { response } = await backend.logs(path(), 'ann');
    expect(response.status).toBe(400);
    expect((await response.json()).error.message).toMatch(
      /^20 pods are read at once, and 1 more match: p-20\. Narrow it down/,
    );
  });

  it('reads the first pods when that is asked for, and says which are left out', async () => {
    putPods(
      Object.fromEntries(Array.from({ length: 22 }, (_, i) => [`p-${i}`, 0])),
    );
    const stream = await backend.logs(path('?partial=true'), 'ann');
    const events = eventsOf(await stream.rest());
    expect(events[0]).toEqual({
      type: 'leftOut',
      pods: ['p-20', 'p-21'],
      total: 2,
    });
    expect(events.filter(event => event.type === 'source')).toHaveLength(20);
  });

  it.each([
    '?follow=true&previous=true',
    '?namespace=kube-system',
    '?pod=../x',
  ])('refuses the query %s', async query => {
    const { response } = await backend.logs(path(query), 'ann');
    expect(response.status).toBe(400);
    await response.text();
  });
});

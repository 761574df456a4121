// SPDX-License-Identifier: Apache-2.0
import { FakeClock } from '../time/testing/FakeClock';
import { HttpKubeApi } from './HttpKubeApi';
import { ServerClock } from './ServerClock';
import { KubeHttpServer } from './testing/KubeHttpServer';

const hourMs = 3_600_000;
const now = Date.parse('2026-01-01T12:00:00.000Z');
const dateAt = (ms: number) => new Date(ms).toUTCString();

let clock: ServerClock;
beforeEach(() => {
  clock = new ServerClock();
});

/** An answer that took 100 ms, of a server so far ahead. */
function hear(leadMs: number, at = now): void {
  const date = dateAt(at + leadMs);
  clock.heard({ date, sentAt: at - 50, receivedAt: at + 50 });
}

describe('the lead of a server’s clock', () => {
  it('is not known before an answer with a date', () => {
    for (const date of [undefined, ['a', 'b'], '', 'yesterday', 'NaN']) {
      clock.heard({ date, sentAt: now, receivedAt: now });
    }
    expect(clock.leadMs).toBeUndefined();
  });

  it.each([hourMs, -hourMs, 5_000, -5_000])(
    'is told by the first answer to within a second: %d ms',
    leadMs => {
      hear(leadMs);
      expect(Math.abs((clock.leadMs ?? NaN) - leadMs)).toBeLessThan(1_000);
    },
  );

  it.each([0, 700, -700, 1_400, -1_400])(
    'is 0, the same for every replica, when clocks are about equal: %d ms',
    leadMs => {
      for (let i = 0; i < 20; i++) hear(leadMs, now + i * 77);
      expect(clock.leadMs).toBe(0);
    },
  );

  it.each([hourMs, 2_400, -2_600, 1_900])(
    'does not follow the grain of the header: %d ms',
    leadMs => {
      hear(leadMs);
      const first = clock.leadMs;
      for (let i = 0; i < 1_000; i++) hear(leadMs, now + i * 137);
      expect(clock.leadMs).toBe(first);
    },
  );

  it('stays when one server of several is wrong, and changes when answers in a row agree', () => {
    hear(0);
    for (let i = 0; i < 10; i++) {
      hear(hourMs);
      hear(hourMs);
      hear(0);
    }
    expect(clock.leadMs).toBe(0);
    for (const leadMs of [hourMs, -hourMs, hourMs, hourMs]) hear(leadMs);
    expect(clock.leadMs).toBe(0);
    hear(hourMs);
    expect(clock.leadMs).toBeCloseTo(hourMs, -3.5);
    for (let i = 0; i < 3; i++) hear(0);
    expect(clock.leadMs).toBe(0);
  });

  it.each([
    ['is more than a day off', dateAt(now + 25 * hourMs), 0],
    ['is of another age', 'Thu, 01 Jan 1970 00:00:00 GMT', 0],
    ['took long', dateAt(now + hourMs), 11_000],
    ['came before it was asked for', dateAt(now + hourMs), -1],
  ])('is not told by an answer that %s', (_, date, tookMs) => {
    clock.heard({ date, sentAt: now, receivedAt: now + tookMs });
    expect(clock.leadMs).toBeUndefined();
  });
});

describe('over HTTP', () => {
  let server: KubeHttpServer;
  let api: HttpKubeApi;
  const { signal } = new AbortController();

  beforeEach(async () => {
    server = await KubeHttpServer.start();
    api = new HttpKubeApi({
      cluster: 'eu',
      server: { url: server.url },
      credential: async () => ({ type: 'bearer token', token: 't' }),
      clock: new FakeClock(new Date(now).toISOString()),
    });
  });
  afterEach(async () => {
    await api.close();
    await server.stop();
  });

  function answerAt(status: number, at: number): void {
    server.answerNext((_, response) =>
      response
        .writeHead(status, { date: dateAt(at) })
        .end('{"gitVersion":"v1.32.0"}'),
    );
  }

  it('the lead is read from the answers of the server', async () => {
    expect(api.serverLeadMs).toBeUndefined();
    answerAt(200, now - hourMs);
    await api.version(signal);
    expect(api.serverLeadMs).toBe(500 - hourMs);
  });

  it('a refusal, which may be of a proxy, says nothing of the server’s clock', async () => {
    answerAt(503, now - hourMs);
    await expect(api.version(signal)).rejects.toThrow();
    expect(api.serverLeadMs).toBeUndefined();
  });

  it('a time to come back at is one of the server’s clock', async () => {
    answerAt(200, now - hourMs);
    await api.version(signal);
    server.answerNext((_, response) => {
      const headers = { 'retry-after': dateAt(now - hourMs + 30_000) };
      response.writeHead(429, headers).end();
    });
    await expect(api.version(signal)).rejects.toMatchObject({
      retryAfterMs: 29_500,
    });
  });
});

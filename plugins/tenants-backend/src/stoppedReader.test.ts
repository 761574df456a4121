// SPDX-License-Identifier: Apache-2.0
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { Readable } from 'node:stream';
import {
  LOG_LIMITS,
  logQuerySchema,
} from '@tenantry/backstage-plugin-tenants-common';
import { HttpKubeApi } from './kube/HttpKubeApi';
import { systemClock } from './time/Clock';
import { FakeClock } from './time/testing/FakeClock';
import { composeLogTask } from './logs/composeLogTask';
import { LogFilter } from './logs/LogFilter';
import { LogReader } from './logs/LogReader';
import { LogWriter, type LogSink } from './logs/LogWriter';
import { nothingKnown, timed } from './logs/testing/logLines';
import { tenantOfPods } from './logs/testing/tenantOfPods';

const PODS = Array.from({ length: LOG_LIMITS.pods }, (_, n) => `web-${n}`);
const CONNECTED = 'undici:client:connected';
/** What one stream may cost is 4 MiB; lines that wait are objects, so that their text may be no more than a part of it. */
const MAX_HELD = 1024 ** 2;
/** Turns of the event loop without a byte after which nothing more comes. */
const STILL_TURNS = 200;

let server: Server;
const sockets: Socket[] = [];
const collect = (message: unknown) =>
  sockets.push((message as { socket: Socket }).socket);

const LINES = Buffer.from(
  Array.from(
    { length: 500 },
    (_, n) => `${timed(n, `GET /items/${n} 200 ${'.'.repeat(60)}`)}\n`,
  ).join(''),
);

/** Writes as fast as it is read, without an end. */
function* endlessLog(): Generator<Buffer> {
  for (;;) yield LINES;
}

beforeEach(async () => {
  subscribe(CONNECTED, collect);
  server = createServer((_, response) => {
    Readable.from(endlessLog()).pipe(response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
});
afterEach(async () => {
  unsubscribe(CONNECTED, collect);
  sockets.length = 0;
  server.closeAllConnections();
  await new Promise(resolve => server.close(resolve));
});

/** A reader that takes `messages`, and then nothing. */
class StoppingSink implements LogSink {
  /** Bytes of lines, as the API server sent them. */
  written = 0;

  constructor(private messages: number) {}

  write(text: string): boolean {
    const { d } = JSON.parse(text);
    if (d.text) this.written += Buffer.byteLength(`${d.text}\n`);
    this.messages -= 1;
    return this.messages > 0;
  }

  close(): void {}

  abort(): void {}
}

function follow(sink: LogSink) {
  const { port } = server.address() as AddressInfo;
  const api = new HttpKubeApi({
    cluster: 'east',
    server: { url: `http://127.0.0.1:${port}` },
    credential: async () => ({ type: 'anonymous' }),
    clock: systemClock,
  });
  // Time stands still: nothing is let go.
  const clock = new FakeClock();
  const writer = new LogWriter(sink, { clock, bytesPerSecond: 2 ** 40 });
  const query = logQuerySchema.parse({
    follow: 'true',
    tailLines: 'all',
    mixed: 'true',
  });
  const abort = new AbortController();
  const task = composeLogTask({
    query,
    filter: new LogFilter(query),
    mask: nothingKnown,
    writer,
    tenant: () => tenantOfPods(PODS),
    onTenantChange: () => () => {},
    kubeApi: () => api,
    clock,
    signal: abort.signal,
  });
  const done = new LogReader(task).run();
  return async () => {
    abort.abort();
    writer.close();
    await done;
    await api.close();
  };
}

/** The most that was held at any moment: taken from the API server, and not handed to the reader. */
async function mostHeld(sink: StoppingSink): Promise<number> {
  let most = 0;
  let last = -1;
  for (let turns = 0; turns < STILL_TURNS; turns += 1) {
    const read = sockets.reduce((sum, { bytesRead }) => sum + bytesRead, 0);
    if (read !== last) turns = 0;
    last = read;
    most = Math.max(most, read - sink.written);
    await new Promise(resolve => setImmediate(resolve));
  }
  return most;
}

describe.each([25, 100])('a reader that stops at message %i', messages => {
  it('costs little, at any moment, however much twenty pods write', async () => {
    const sink = new StoppingSink(messages);
    const stop = follow(sink);
    const held = await mostHeld(sink);
    expect(sockets).toHaveLength(PODS.length);
    expect(held).toBeGreaterThan(0);
    expect(held).toBeLessThanOrEqual(MAX_HELD);
    await stop();
  }, 30_000);
});

// SPDX-License-Identifier: Apache-2.0
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import { Readable } from 'node:stream';
import { systemClock } from '../time/Clock';
import { HttpKubeApi } from './HttpKubeApi';
import { selfSignedCertificate } from './testing/selfSignedCertificate';

const LOGS = 20;
const CONNECTED = 'undici:client:connected';
/** More than what lies between a server and a reader that takes nothing. */
const LOG_BYTES = 8 * 1024 ** 2;
const CHUNK_BYTES = 64 * 1024;
/** Turns of the event loop without a byte after which nothing more comes. */
const STILL_TURNS = 200;
/** Of one log that nobody reads on: the chunk at hand, the one behind it and what its socket took meanwhile. */
const MAX_HELD = 48 * 1024;

let server: Server;
const sockets: Socket[] = [];
const collect = (message: unknown) =>
  sockets.push((message as { socket: Socket }).socket);

/** A pod's log is its number, again and again. */
function* logOf(pod: number): Generator<Buffer> {
  const chunk = Buffer.alloc(CHUNK_BYTES, pod);
  for (let sent = 0; sent < LOG_BYTES; sent += chunk.length) yield chunk;
}

async function serve(isTls: boolean) {
  const listener: RequestListener = (request, response) => {
    const pod = Number(/web-(\d+)/.exec(request.url ?? '')?.[1]);
    Readable.from(logOf(pod)).pipe(response);
  };
  server = isTls
    ? createTlsServer(selfSignedCertificate(), listener)
    : createServer(listener);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return new HttpKubeApi({
    cluster: 'logs',
    server: {
      url: `${isTls ? 'https' : 'http'}://127.0.0.1:${port}`,
      skipTlsVerify: true,
    },
    credential: async () => ({ type: 'anonymous' }),
    clock: systemClock,
  });
}

beforeEach(() => subscribe(CONNECTED, collect));
afterEach(async () => {
  unsubscribe(CONNECTED, collect);
  sockets.length = 0;
  server.closeAllConnections();
  await new Promise(resolve => server.close(resolve));
});

function readAll(): number {
  return sockets.reduce((sum, { bytesRead }) => sum + bytesRead, 0);
}

/** The most that was ever taken from the network, once nothing more is. */
async function untilStill(): Promise<number> {
  let last = -1;
  for (let turns = 0; turns < STILL_TURNS; turns += 1) {
    const now = readAll();
    if (now !== last) turns = 0;
    last = now;
    await new Promise(resolve => setImmediate(resolve));
  }
  return last;
}

describe.each([
  ['HTTP', false],
  ['HTTPS', true],
])('logs over %s', (_, isTls) => {
  const open = (api: HttpKubeApi, signal: AbortSignal) =>
    Array.from({ length: LOGS }, (__, n) =>
      api.readLog({
        namespace: 'one',
        pod: `web-${n}`,
        container: 'main',
        follow: true,
        previous: false,
        signal,
      }),
    );

  it('that nobody reads on are taken from the network no further than a little way', async () => {
    const api = await serve(isTls);
    const stop = new AbortController();
    const logs = open(api, stop.signal);
    await Promise.all(logs.map(log => log.next()));
    expect(sockets).toHaveLength(LOGS);
    expect(await untilStill()).toBeLessThanOrEqual(LOGS * MAX_HELD);
    stop.abort();
    await api.close();
  });

  it('come whole and unmixed, however slowly they are read', async () => {
    const api = await serve(isTls);
    const logs = open(api, new AbortController().signal).slice(0, 3);
    const bytes = await Promise.all(
      logs.map(async (log, pod) => {
        let read = 0;
        for await (const chunk of log) {
          if (read < CHUNK_BYTES * 4) await untilStill();
          if (chunk.every(byte => byte === pod)) read += chunk.length;
        }
        return read;
      }),
    );
    expect(bytes).toEqual([LOG_BYTES, LOG_BYTES, LOG_BYTES]);
    await api.close();
  });
});

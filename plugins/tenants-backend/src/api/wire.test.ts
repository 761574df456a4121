// SPDX-License-Identifier: Apache-2.0
import { once } from 'node:events';
import { createServer, request, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gunzipSync } from 'node:zlib';
import { MiddlewareFactory } from '@backstage/backend-defaults/rootHttpRouter';
import { mockServices } from '@backstage/backend-test-utils';
import express, { type RequestHandler } from 'express';
import { SnapshotBody } from '../snapshots/SnapshotBody';
import { sendBody } from './sendBody';
import { FakeClock } from '../time/testing/FakeClock';
import { CLOSE_GRACE_MS, ResponseSink } from './stream/ResponseSink';

/** Serves a handler behind the host’s own compression and asks for it with gzip accepted. */
async function getCompressed(handler: RequestHandler) {
  const middleware = MiddlewareFactory.create({
    config: mockServices.rootConfig(),
    logger: mockServices.logger.mock(),
  });
  const app = express();
  app.use(middleware.compression());
  app.get('/', handler);
  const server = createServer(app).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const headers = { 'Accept-Encoding': 'gzip' };
  const req = request({ host: '127.0.0.1', port, headers }).end();
  const [res] = (await once(req, 'response')) as [IncomingMessage];
  const close = () => {
    req.destroy();
    server.close();
  };
  return { res, close };
}

describe('the host’s compression', () => {
  it('leaves prepared bodies alone', async () => {
    const text = JSON.stringify({ text: 'x'.repeat(5_000) });
    const body = new SnapshotBody('"v"', () => text);
    const { res, close } = await getCompressed(
      (req, out) => void sendBody({ req, res: out }, body),
    );
    const chunks: Buffer[] = [];
    for await (const chunk of res) chunks.push(chunk);
    expect(res.headers['content-encoding']).toBe('gzip');
    expect(gunzipSync(Buffer.concat(chunks)).toString()).toBe(text);
    close();
  });

  it('holds no line of a stream back', async () => {
    const { res, close } = await getCompressed((_req, out) => {
      const sink = new ResponseSink(out, new FakeClock());
      sink.open();
      sink.write('one\n');
    });
    const [chunk] = await once(res, 'data');
    expect(res.headers['content-encoding']).toBeUndefined();
    expect(String(chunk)).toBe('one\n');
    close();
  });
});

it('cuts the connection of a reader who does not take the end of an answer', async () => {
  const clock = new FakeClock();
  let cut: Promise<unknown> = Promise.resolve();
  const { close } = await getCompressed((_req, out) => {
    const sink = new ResponseSink(out, clock);
    sink.open();
    // More than sockets hold, so that the answer cannot finish unread.
    sink.write('x'.repeat(64 * 1024 * 1024));
    cut = once(out, 'close');
    sink.close();
  });
  expect(clock.waiting).toBe(1);
  clock.advance(CLOSE_GRACE_MS);
  await cut;
  close();
});

// SPDX-License-Identifier: Apache-2.0
import { once } from 'node:events';
import {
  createServer,
  request,
  type IncomingMessage,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { answerParent } from '../answerParent';
import { FIRST_NUMBER, WatchLine } from './WatchLine';

/** Pods that those which come and go look like. */
const MODELS = 50;

type Turnover = { readonly added: WatchLine; readonly deleted: WatchLine };
type Watch = { readonly response: ServerResponse; upstream?: IncomingMessage };

let target: URL;
let token: string;
let models: Turnover[] = [];
let watch: Watch | undefined;
let born = 0;
let version = 0;

function passOn(req: IncomingMessage, res: ServerResponse): void {
  const { method, url = '/', headers } = req;
  const passed = request(new URL(url, target), { method, headers }, answer => {
    res.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(res);
    if (isWatch(url)) watch = { response: res, upstream: answer };
  });
  passed.on('error', () => res.destroy());
  res.on('close', () => passed.destroy());
  req.pipe(passed);
}

function isWatch(url: string): boolean {
  return new URL(url, target).searchParams.has('watch');
}

/** One that goes on behind what was made here is of this process alone. */
function handle(req: IncomingMessage, res: ServerResponse): void {
  const url = new URL(req.url ?? '/', target);
  const from = Number(url.searchParams.get('resourceVersion') ?? 0);
  if (from < FIRST_NUMBER) {
    passOn(req, res);
    return;
  }
  if (from !== FIRST_NUMBER + version) {
    res.writeHead(410).end();
    return;
  }
  res.writeHead(200, { 'content-type': 'application/json' }).flushHeaders();
  watch = { response: res };
}

async function readModels(): Promise<Turnover[]> {
  const answer = await fetch(new URL(`/api/v1/pods?limit=${MODELS}`, target), {
    headers: { authorization: `Bearer ${token}` },
  });
  const list: { items: { metadata: object }[] } = await answer.json();
  return list.items.map(item => {
    const pod = { apiVersion: 'v1', kind: 'Pod', ...item };
    return {
      added: new WatchLine('ADDED', pod),
      deleted: new WatchLine('DELETED', pod),
    };
  });
}

/** As many pods as there are models come, and then they go. */
function makeTurn(): Buffer {
  const size = models.reduce(
    (sum, { added, deleted }) => sum + added.length + deleted.length,
    0,
  );
  const bytes = Buffer.allocUnsafe(size);
  let at = 0;
  const write = (line: WatchLine, index: number) => {
    version += 1;
    at = line.write(bytes, at, { born: born + index, version });
  };
  models.forEach(({ added }, index) => write(added, index));
  models.forEach(({ deleted }, index) => write(deleted, index));
  born += models.length;
  return bytes;
}

async function send(bytes: Buffer): Promise<void> {
  if (!watch) throw new Error('Nobody watches.');
  const { response, upstream } = watch;
  if (upstream) {
    // From here on the watch is of this process alone: the cluster changes nothing meanwhile.
    upstream.unpipe(response);
    upstream.resume();
    watch = { response };
  }
  if (!response.write(bytes)) await once(response, 'drain');
}

/**
 * Stands before a simulated cluster and passes everything on; into the watch of its pods it writes events of pods that come and go,
 * real ones over the real connection, but made as fast as they can be read.
 */
const handlers = {
  start: async (input: { url: string; token: string }) => {
    target = new URL(input.url);
    token = input.token;
    models = await readModels();
    const server = createServer(handle);
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    return { url: `http://127.0.0.1:${port}`, pods: models.length };
  },
  /** Lets all models come and go so many times. Answers how many events there were since the start. */
  turn: async ({ times }: { times: number }) => {
    for (let i = 0; i < times; i += 1) await send(makeTurn());
    return version;
  },
};

/** What this process answers. */
export type TurnoverHandlers = typeof handlers;

answerParent(handlers);

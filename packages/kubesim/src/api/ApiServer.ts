// SPDX-License-Identifier: Apache-2.0
import {
  createServer,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { Socket } from 'node:net';
import type { ControlApi } from '../control/ControlApi';
import type { Faults } from '../faults/Faults';
import { failRequest, spoilList } from '../faults/requestFaults';
import type { KindRegistry } from '../kinds/KindRegistry';
import type { LogSource } from '../logs/LogSource';
import {
  methodNotAllowed,
  noSuchPath,
  unsupportedMediaType,
} from '../storage/ApiError';
import type { ClusterObjects } from '../storage/ClusterObjects';
import type { Clock } from '../time/Clock';
import { Access, type TokenGrant } from './Access';
import { discovery, VERSION } from './discovery';
import { listJson, type ListReader } from './ListReader';
import { openapi } from './openapi';
import { sendPodLog } from './podLog';
import type { RequestCounter } from './RequestCounter';
import { requestInfo, type RequestInfo } from './RequestInfo';
import {
  parseObject,
  readBody,
  sendError,
  sendJson,
  sendText,
} from './respond';
import { review, REVIEW_KINDS } from './reviews';
import { scaleOf } from './scale';
import { tableJson, tableLine, wantsTable } from './table';
import type { WatchHub } from './WatchHub';
import type { WriteHandler } from './WriteHandler';

const HEALTH: ReadonlySet<string> = new Set(['/healthz', '/readyz', '/livez']);
const REVIEW_PATH = '/apis/authorization.k8s.io/v1/';

export type ApiPorts = {
  readonly kinds: KindRegistry;
  readonly objects: ClusterObjects;
  readonly lists: ListReader;
  readonly watches: WatchHub;
  readonly writes: WriteHandler;
  readonly access: Access;
  readonly faults: Faults;
  readonly requests: RequestCounter;
  readonly control: ControlApi;
  readonly clock: Clock;
  readonly logs: () => LogSource | undefined;
};
type Exchange = {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly url: URL;
  readonly grant: TokenGrant;
  readonly prefix: string;
};

/** The HTTP side of a simulated cluster. */
export class ApiServer {
  private readonly sockets = new Set<Socket>();
  private readonly server: Server;

  constructor(private readonly ports: ApiPorts) {
    this.server = createServer((request, response) => {
      this.answer(request, response).catch(error => sendError(response, error));
    });
    this.server.keepAliveTimeout = 60_000;
    this.server.on('connection', socket => {
      this.sockets.add(socket);
      socket.once('close', () => this.sockets.delete(socket));
    });
  }

  /** Resolves with the port once it listens. @throws when the port is taken */
  listen(port: number, host: string): Promise<number> {
    return new Promise((resolve, reject) => {
      this.server.once('error', reject);
      this.server.listen(port, host, () => {
        this.server.off('error', reject);
        const address = this.server.address();
        resolve(typeof address === 'object' && address ? address.port : port);
      });
    });
  }

  /** Stops listening and cuts every connection. */
  close(): Promise<void> {
    return new Promise(resolve => {
      this.server.close(() => resolve());
      for (const socket of this.sockets) socket.destroy();
    });
  }

  private async answer(
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> {
    const { url, prefix } = requestUrl(request);
    this.date(response);
    if (HEALTH.has(url.pathname))
      return sendText(response, {
        code: 200,
        text: 'ok',
        type: 'text/plain; charset=utf-8',
      });
    if (url.pathname === '/version') return sendJson(response, 200, VERSION);
    const grant = this.ports.access.identify(request);
    const exchange: Exchange = { request, response, url, grant, prefix };
    if (url.pathname.startsWith('/_sim/'))
      return this.ports.control.answer(exchange);
    if (this.answerKnown(exchange)) return undefined;
    if (url.pathname.startsWith(REVIEW_PATH))
      return this.answerReview(exchange);
    if (!url.pathname.startsWith('/api')) throw noSuchPath();
    return this.answerObjects(
      requestInfo(request, url, this.ports.kinds),
      exchange,
    );
  }

  private answerKnown({ url, request, response, prefix }: Exchange): boolean {
    const accept = request.headers.accept ?? '';
    const found = discovery(url.pathname, accept, this.ports.kinds);
    if (found) {
      const aggregated = found.kind === 'APIGroupDiscoveryList';
      const type = aggregated
        ? 'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList'
        : 'application/json';
      sendText(response, { code: 200, text: JSON.stringify(found), type });
      return true;
    }
    const document = openapi(url.pathname, this.ports.kinds, prefix);
    if (!document) return false;
    sendJson(response, 200, document);
    return true;
  }

  private async answerReview({
    url,
    request,
    response,
    grant,
  }: Exchange): Promise<void> {
    const resource = url.pathname.slice(REVIEW_PATH.length);
    if (!Object.hasOwn(REVIEW_KINDS, resource)) throw noSuchPath();
    if (request.method !== 'POST') throw methodNotAllowed();
    this.ports.requests.add(`create ${resource}.authorization.k8s.io`);
    const type = request.headers['content-type'] ?? '';
    if (type.includes('protobuf'))
      throw unsupportedMediaType('application/json, application/yaml');
    const body = parseObject(await readBody(request), type);
    sendJson(
      response,
      201,
      review(resource, body, { access: this.ports.access, grant }),
    );
  }

  private async answerObjects(
    info: RequestInfo,
    exchange: Exchange,
  ): Promise<void> {
    const { kind, verb, namespace, name, subresource } = info;
    this.ports.requests.add(
      `${verb} ${kind.resource}${subresource ? `/${subresource}` : ''}`,
    );
    await failRequest(this.ports.faults, info, exchange.grant);
    this.ports.access.check(exchange.grant, {
      verb,
      group: kind.group,
      resource: kind.plural,
      subresource,
      namespace,
      name,
    });
    if (subresource && !kind.subresources.some(known => known === subresource))
      throw noSuchPath();
    switch (verb) {
      case 'list':
        return this.list(info, exchange);
      case 'watch':
        return this.ports.watches.open(
          info,
          exchange.response,
          wantsTable(exchange.request)
            ? tableLine(info.kind, this.ports.clock)
            : undefined,
        );
      case 'get':
        return this.read(info, exchange);
      default: {
        const answer = await this.ports.writes.handle(info, exchange.request);
        return sendJson(exchange.response, answer.code, answer.object);
      }
    }
  }

  private list(info: RequestInfo, { request, response }: Exchange): void {
    const page = this.ports.lists.read(info);
    const text = () => listJson(info.kind, page);
    if (spoilList(this.ports.faults, info, { response, text })) return;
    const body = wantsTable(request)
      ? tableJson(info.kind, page, this.ports.clock.now())
      : text();
    sendText(response, { code: 200, text: body });
  }

  private async read(
    info: RequestInfo,
    { request, response }: Exchange,
  ): Promise<void> {
    const { kind, namespace, name = '', subresource, query } = info;
    const revision = this.ports.objects.require(kind, namespace, name);
    if (subresource === 'log') {
      const { clock } = this.ports;
      return sendPodLog(
        { pod: revision.object, query, source: this.ports.logs(), clock },
        response,
      );
    }
    if (subresource === 'scale')
      return sendJson(response, 200, scaleOf(kind, revision.object));
    if (!wantsTable(request))
      return sendText(response, { code: 200, text: revision.json });
    const page = {
      version: revision.object.metadata.resourceVersion,
      revisions: [revision],
      continueToken: undefined,
      remaining: undefined,
    };
    return sendText(response, {
      code: 200,
      text: tableJson(kind, page, this.ports.clock.now()),
    });
  }

  private date(response: ServerResponse): void {
    const skew = this.ports.faults.take('clockSkew', undefined);
    if (skew)
      response.setHeader(
        'Date',
        new Date(Date.now() + (skew.ms ?? 0)).toUTCString(),
      );
  }
}

const TOKEN_PREFIX = /^\/_as\/([^/]+)(?=\/|$)/;

/** kubectl sends no token over plain HTTP, so its kubeconfig carries the token in the server’s path. */
function requestUrl(request: IncomingMessage): { url: URL; prefix: string } {
  const raw = request.url ?? '/';
  const found = TOKEN_PREFIX.exec(raw);
  if (!found) return { url: new URL(raw, 'http://kubesim'), prefix: '' };
  request.headers.authorization = `Bearer ${found[1]}`;
  return {
    url: new URL(raw.slice(found[0].length) || '/', 'http://kubesim'),
    prefix: found[0],
  };
}

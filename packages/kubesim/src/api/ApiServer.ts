// SPDX-License-Identifier: Apache-2.0
import {
  createServer,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { Socket } from 'node:net';
import { attributesOf, type Attributes } from '../access/Attributes';
import type { Caller } from '../access/Caller';
import { reviewKindOf } from '../access/reviewKinds';
import type { ServiceAccountTokens } from '../access/ServiceAccountTokens';
import { answerTokenRequest } from '../access/tokenRequest';
import type { TlsMaterial } from '../access/TlsMaterial';
import type { ControlApi } from '../control/ControlApi';
import type { Faults } from '../faults/Faults';
import { failRequest, spoilList } from '../faults/requestFaults';
import type { KindRegistry } from '../kinds/KindRegistry';
import type { LogSource } from '../logs/LogSource';
import type { MetricsApi } from '../metrics/MetricsApi';
import { METRICS_GROUP } from '../metrics/metricsKinds';
import type { ExtraSubresources } from '../proxy/ExtraSubresources';
import {
  methodNotAllowed,
  noSuchPath,
  notFound,
  pageNotFound,
} from '../storage/ApiError';
import type { ClusterObjects } from '../storage/ClusterObjects';
import type { Clock } from '../time/Clock';
import type { Access } from './Access';
import { discovery, VERSION } from './discovery';
import { listJson, type ListReader } from './ListReader';
import { sendList } from './sendList';
import { withoutOldWatch } from './oldWatch';
import { openapi } from './openapi';
import { sendPodLog } from './podLog';
import type { RequestCounter } from './RequestCounter';
import { objectText, pageText, representationOf } from './representation';
import { requestInfo, type RequestInfo } from './RequestInfo';
import { readObject, sendError, sendJson, sendText } from './respond';
import { review, type ReviewCall } from './reviews';
import { scaleOf } from './scale';
import { viewed } from './viewed';
import type { WatchHub } from './WatchHub';
import type { WriteHandler } from './WriteHandler';

const HEALTH: ReadonlySet<string> = new Set(['/healthz', '/readyz', '/livez']);

/** What there is, told to who asks for something else. */
const ROOT_PATHS: readonly string[] = [
  '/api',
  '/api/v1',
  '/apis',
  '/healthz',
  '/livez',
  '/openapi/v2',
  '/openapi/v3',
  '/readyz',
  '/version',
];

export type ApiPorts = {
  readonly kinds: KindRegistry;
  readonly objects: ClusterObjects;
  readonly lists: ListReader;
  readonly watches: WatchHub;
  readonly writes: WriteHandler;
  readonly access: Access;
  readonly accounts: ServiceAccountTokens;
  readonly faults: Faults;
  readonly requests: RequestCounter;
  readonly control: ControlApi;
  readonly clock: Clock;
  readonly logs: () => LogSource | undefined;
  readonly metrics: MetricsApi | undefined;
  readonly extras: ExtraSubresources;
  /** Serves HTTPS with it; plain HTTP without. */
  readonly tls?: TlsMaterial;
};
type Exchange = {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly url: URL;
  readonly grant: Caller;
  readonly prefix: string;
};

/** The HTTP side of a simulated cluster. */
export class ApiServer {
  private readonly sockets = new Set<Socket>();
  private readonly server: Server;

  constructor(private readonly ports: ApiPorts) {
    const answer = (request: IncomingMessage, response: ServerResponse) => {
      this.answer(request, response).catch(error => sendError(response, error));
    };
    this.server = ports.tls
      ? createSecureServer(ports.tls, answer)
      : createServer(answer);
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
    const grant = this.ports.access.identify(request);
    const exchange: Exchange = { request, response, url, grant, prefix };
    if (url.pathname.startsWith('/_sim/'))
      return this.ports.control.answer(exchange);
    const asked = attributesOf(request.method ?? 'GET', url);
    if ('path' in asked) {
      this.ports.access.check(grant, asked);
      return this.answerPath(exchange);
    }
    const { kind, namespace } = reviewKindOf(url.pathname);
    if (kind) {
      this.ports.access.check(grant, asked);
      this.ports.requests.add(`create ${kind.plural}.${kind.group}`);
      return this.answerReview(exchange, { kind, namespace });
    }
    return this.answerObjects(this.known(exchange, asked), exchange);
  }

  /** Whoever may not is told so before whether there is such a kind. */
  private known({ request, url, grant }: Exchange, asked: Attributes) {
    try {
      return requestInfo(request, url, this.ports.kinds);
    } catch (error) {
      this.ports.access.check(grant, asked);
      throw error;
    }
  }

  private answerPath(exchange: Exchange): void {
    const { url, response } = exchange;
    if (HEALTH.has(url.pathname)) {
      const type = 'text/plain; charset=utf-8';
      return sendText(response, { code: 200, text: 'ok', type });
    }
    if (url.pathname === '/version') return sendJson(response, 200, VERSION);
    const issuer = this.ports.accounts.document(url.pathname);
    if (issuer) return sendJson(response, 200, issuer);
    if (this.answerKnown(exchange)) return undefined;
    if (url.pathname.startsWith('/apis/')) throw pageNotFound();
    return sendJson(response, 404, { paths: ROOT_PATHS });
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

  private async answerReview(
    { request, response, grant }: Exchange,
    asked: Pick<ReviewCall, 'kind' | 'namespace'>,
  ): Promise<void> {
    if (request.method !== 'POST') throw methodNotAllowed();
    const body = await readObject(request);
    const call: ReviewCall = { ...asked, body, caller: grant };
    sendJson(response, 201, review(this.ports.access.ports, call));
  }

  private async answerObjects(
    info: RequestInfo,
    exchange: Exchange,
  ): Promise<void> {
    const { kind, verb, subresource } = info;
    this.ports.requests.add(
      `${verb} ${kind.resource}${subresource ? `/${subresource}` : ''}`,
    );
    await failRequest(this.ports.faults, info, exchange.grant);
    this.ports.access.check(
      exchange.grant,
      attributesOf(exchange.request.method ?? 'GET', exchange.url),
    );
    if (subresource && !kind.subresources.some(known => known === subresource))
      throw kind.custom ? notFound(kind, info.name ?? '') : noSuchPath();
    if (kind.group === METRICS_GROUP && this.ports.metrics) {
      const { request, response } = exchange;
      const answer = this.ports.metrics.answer(
        info,
        representationOf(request, info.query).form === 'table',
      );
      return sendJson(response, 200, answer);
    }
    if (this.ports.extras.handles(info))
      return this.ports.extras.answer(info, exchange);
    switch (verb) {
      case 'list':
        return this.list(info, exchange);
      case 'watch':
        return this.ports.watches.open(
          info,
          exchange.response,
          representationOf(exchange.request, info.query),
        );
      case 'get':
        return this.read(info, exchange);
      default:
        return subresource === 'token'
          ? this.answerToken(info, exchange)
          : this.write(info, exchange);
    }
  }

  private async write(
    info: RequestInfo,
    { request, response, grant }: Exchange,
  ): Promise<void> {
    const warn = (text: string) =>
      response.appendHeader('Warning', `299 - ${JSON.stringify(text)}`);
    const call = { caller: grant, warn };
    const answer = await this.ports.writes.handle({ ...info, call }, request);
    sendJson(response, answer.code, answer.object);
  }

  private async answerToken(
    { verb, kind, namespace, name = '' }: RequestInfo,
    { request, response }: Exchange,
  ): Promise<void> {
    if (verb !== 'create') throw methodNotAllowed();
    const body = await readObject(request);
    const { object } = this.ports.objects.require(kind, namespace, name);
    const answer = answerTokenRequest(this.ports.accounts, object, body);
    sendJson(response, 201, answer);
  }

  private async list(
    info: RequestInfo,
    { request, response }: Exchange,
  ): Promise<void> {
    const page = this.ports.lists.read(info);
    const text = () => listJson(info.kind, page);
    if (spoilList(this.ports.faults, info, { response, text })) return;
    const shown = representationOf(request, info.query);
    if (shown.form === 'objects') {
      await sendList(response, info.kind, page);
      return;
    }
    const now = this.ports.clock.now();
    const body = pageText(info.kind, page, { shown, now });
    sendText(response, { code: 200, text: body });
  }

  private async read(
    info: RequestInfo,
    { request, response }: Exchange,
  ): Promise<void> {
    const { kind, subresource, query } = info;
    const found = this.ports.lists.one(info);
    const revision = viewed(kind, found);
    if (subresource === 'log') {
      const { clock } = this.ports;
      return sendPodLog(
        { pod: revision.object, query, source: this.ports.logs(), clock },
        response,
      );
    }
    if (subresource === 'scale')
      return sendJson(response, 200, scaleOf(kind, revision.object));
    const shown = representationOf(request, query);
    const now = this.ports.clock.now();
    const text = objectText(kind, revision, { shown, now });
    return sendText(response, { code: 200, text });
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
  const urlOf = (path: string) =>
    withoutOldWatch(new URL(path, 'http://kubesim'));
  if (!found) return { url: urlOf(raw), prefix: '' };
  request.headers.authorization = `Bearer ${found[1]}`;
  return { url: urlOf(raw.slice(found[0].length) || '/'), prefix: found[0] };
}

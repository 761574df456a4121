// SPDX-License-Identifier: Apache-2.0
import {
  createServer,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  KubeError,
  type ResourceType,
} from '@tenantry/backstage-plugin-tenants-node';
import { FakeKubeApi } from '@tenantry/backstage-plugin-tenants-node/testing';

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

const route =
  /^\/(?:api|apis\/(?<group>[^/]+))\/(?<version>[^/]+)(?:\/namespaces\/(?<namespace>[^/]+))?\/(?<resource>[a-z]+)(?:\/(?<name>[^/]+)(?<log>\/log)?)?$/;

function typeOf(
  groups: Readonly<Record<string, string | undefined>>,
): ResourceType {
  const { group = '', version = '', resource = '' } = groups;
  return { group, version, resource, kind: resource, namespaced: true };
}

/** A plain HTTP API server over a FakeKubeApi, with answers that a test can put in its place. */
export class KubeHttpServer {
  readonly fake = new FakeKubeApi({ cluster: 'http' });
  /** Paths with query, and the Authorization header, of every request. */
  readonly requests: {
    readonly url: string;
    readonly authorization?: string;
  }[] = [];
  private readonly server: Server = createServer((q, r) => this.answer(q, r));
  private readonly scripted: Answer[] = [];
  private readonly stopping = new AbortController();

  static async start(): Promise<KubeHttpServer> {
    const server = new KubeHttpServer();
    await new Promise<void>(resolve =>
      server.server.listen(0, '127.0.0.1', resolve),
    );
    return server;
  }

  get url(): string {
    const { port } = this.server.address() as AddressInfo;
    return `http://127.0.0.1:${port}`;
  }

  /** The next request gets this answer instead. */
  answerNext(answer: Answer): void {
    this.scripted.push(answer);
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    this.server.closeAllConnections();
    await new Promise(resolve => this.server.close(resolve));
  }

  private answer(request: IncomingMessage, response: ServerResponse): void {
    const { url = '', headers } = request;
    this.requests.push({ url, authorization: headers.authorization });
    const scripted = this.scripted.shift();
    if (scripted) {
      scripted(request, response);
      return;
    }
    const serving =
      request.method === 'POST'
        ? this.review(request, response)
        : this.serve(new URL(url, 'http://x'), response);
    serving.catch(error => this.refuse(error, response));
  }

  private refuse(error: unknown, response: ServerResponse): void {
    const { status = 500, reason = '' } =
      error instanceof KubeError ? error : {};
    const body = JSON.stringify({ kind: 'Status', code: status, reason });
    if (response.headersSent) {
      response.end(`{"type":"ERROR","object":${body}}\n`);
      return;
    }
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(body);
  }

  private async serve(url: URL, response: ServerResponse): Promise<void> {
    const { signal } = this.stopping;
    if (url.pathname === '/version') {
      const gitVersion = await this.fake.version(signal);
      response.end(JSON.stringify({ gitVersion }));
      return;
    }
    const groups = route.exec(url.pathname)?.groups ?? {};
    if (groups.log) await this.log(groups, url, response);
    else if (groups.name) await this.get(groups, response);
    else if (url.searchParams.has('watch')) {
      await this.watch(groups, url, response);
    } else await this.list(groups, url, response);
  }

  /** A SubjectAccessReview; nothing else is written. */
  private async review(
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part);
    const { spec } = JSON.parse(Buffer.concat(parts).toString('utf8'));
    const { signal } = this.stopping;
    const { resourceAttributes, ...subject } = spec;
    const review = { ...subject, ...resourceAttributes, signal };
    const allowed = await this.fake.reviewAccess(review);
    response.writeHead(201).end(JSON.stringify({ status: { allowed } }));
  }

  private async get(
    groups: Readonly<Record<string, string | undefined>>,
    response: ServerResponse,
  ): Promise<void> {
    const object = await this.fake.get(typeOf(groups), {
      namespace: groups.namespace,
      name: groups.name ?? '',
      project: json => json.toString('utf8'),
      signal: this.stopping.signal,
    });
    response.end(object);
  }

  private async list(
    groups: Readonly<Record<string, string | undefined>>,
    url: URL,
    response: ServerResponse,
  ): Promise<void> {
    const page = await this.fake.list(typeOf(groups), {
      namespace: groups.namespace,
      limit: Number(url.searchParams.get('limit')),
      continue: url.searchParams.get('continue') ?? undefined,
      project: json => JSON.parse(json.toString('utf8')),
      signal: this.stopping.signal,
    });
    const { items, ...metadata } = page;
    response.end(JSON.stringify({ kind: 'List', metadata, items }));
  }

  private async watch(
    groups: Readonly<Record<string, string | undefined>>,
    url: URL,
    response: ServerResponse,
  ): Promise<void> {
    const closed = new AbortController();
    response.on('close', () => closed.abort());
    const events = this.fake.watch(typeOf(groups), {
      namespace: groups.namespace,
      name: url.searchParams.get('fieldSelector')?.split('=')[1],
      resourceVersion: url.searchParams.get('resourceVersion') ?? undefined,
      sendInitialEvents: url.searchParams.has('sendInitialEvents'),
      timeoutSeconds: 60,
      idleMs: 60_000,
      project: json => JSON.parse(json.toString('utf8')),
      onUnreadable: () => undefined,
      onOpen: () => response.writeHead(200).flushHeaders(),
      signal: AbortSignal.any([closed.signal, this.stopping.signal]),
    });
    for await (const event of events) {
      const object =
        event.type === 'BOOKMARK'
          ? {
              metadata: {
                resourceVersion: event.resourceVersion,
                annotations: event.initialEventsEnd
                  ? { 'k8s.io/initial-events-end': 'true' }
                  : {},
              },
            }
          : event.object;
      response.write(`${JSON.stringify({ type: event.type, object })}\n`);
    }
    response.end();
  }

  private async log(
    groups: Readonly<Record<string, string | undefined>>,
    url: URL,
    response: ServerResponse,
  ): Promise<void> {
    const parts = this.fake.readLog({
      namespace: groups.namespace ?? '',
      pod: groups.name ?? '',
      container: url.searchParams.get('container') ?? '',
      follow: false,
      previous: false,
      signal: this.stopping.signal,
    });
    for await (const part of parts) response.write(part);
    response.end();
  }
}

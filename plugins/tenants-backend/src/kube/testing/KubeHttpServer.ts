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
  type KubeErrorCause,
  type ResourceType,
} from '@tenantry/backstage-plugin-tenants-node';
import { FakeKubeApi } from '@tenantry/backstage-plugin-tenants-node/testing';
import { z } from 'zod';
import { writeToFake } from './writeToFake';

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

const route =
  /^\/(?:api|apis\/(?<group>[^/]+))\/(?<version>[^/]+)(?:\/namespaces\/(?<namespace>[^/]+))?\/(?<resource>[a-z]+)(?:\/(?<name>[^/]+)(?<log>\/log)?)?$/;

function typeOf(
  groups: Readonly<Record<string, string | undefined>>,
): ResourceType {
  const { group = '', version = '', resource = '' } = groups;
  return { group, version, resource, kind: resource, namespaced: true };
}

const reviewSchema = z.object({
  user: z.string(),
  groups: z.array(z.string()),
  resourceAttributes: z.object({
    namespace: z.string().optional(),
    verb: z.string(),
    group: z.string(),
    resource: z.string(),
    subresource: z.string().optional(),
  }),
});

/** A selector of equality only. */
function labelsOf(selector: string | null) {
  return selector === null
    ? undefined
    : Object.fromEntries(selector.split(',').map(pair => pair.split('=')));
}

/** As a real server writes it: the manager is in the message only. */
function toStatusCause({ manager, ...cause }: KubeErrorCause) {
  const message = `conflict with "${manager}" using v1`;
  return manager === undefined ? cause : { ...cause, message };
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
    const { pathname } = new URL(url, 'http://x');
    const serving =
      request.method === 'GET'
        ? this.serve(new URL(url, 'http://x'), response)
        : this.receive(pathname, request, response);
    serving.catch(error => this.refuse(error, response));
  }

  private refuse(error: unknown, response: ServerResponse): void {
    const { status = 500, reason = '' } =
      error instanceof KubeError ? error : {};
    const causes = error instanceof KubeError ? error.causes ?? [] : [];
    const details = { causes: causes.map(toStatusCause) };
    const body = JSON.stringify({
      kind: 'Status',
      code: status,
      reason,
      details,
    });
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

  private async receive(
    path: string,
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part);
    const body = JSON.parse(Buffer.concat(parts).toString('utf8'));
    if (path.endsWith('/subjectaccessreviews')) {
      await this.review(body, response);
      return;
    }
    const url = new URL(request.url ?? '', 'http://x');
    const groups = route.exec(path)?.groups ?? {};
    const { signal } = this.stopping;
    const write = { method: request.method, type: typeOf(groups), body };
    const contentType = request.headers['content-type'];
    const { namespace, name } = groups;
    const options = { namespace, name, contentType, url, signal };
    const json = await writeToFake(this.fake, write, options);
    response.writeHead(request.method === 'POST' ? 201 : 200).end(json);
  }

  private async review(
    { spec }: { readonly spec: unknown },
    response: ServerResponse,
  ): Promise<void> {
    const { signal } = this.stopping;
    const { resourceAttributes, user, groups } = reviewSchema.parse(spec);
    const review = { user, groups, ...resourceAttributes, signal };
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
      metadataOnly: /as=PartialObjectMetadata\b/.test(
        response.req.headers.accept ?? '',
      ),
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
      labels: labelsOf(url.searchParams.get('labelSelector')),
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

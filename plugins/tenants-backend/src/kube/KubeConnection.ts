// SPDX-License-Identifier: Apache-2.0
import type { KubernetesCredential } from '@backstage/plugin-kubernetes-node';
import { KubeError } from '@tenantry/backstage-plugin-tenants-node';
import type { Agent, Dispatcher } from 'undici';
import type { Clock } from '../time/Clock';
import { callFailed, callFailure } from './callFailure';
import { openAgent, type KubeServer } from './KubeServer';
import { proxyFailure } from './proxyFailure';
import { ServerClock } from './ServerClock';
import { readStatus, retryAfterMs, statusFailure } from './statusFailure';

export type KubeConnectionOptions = {
  readonly cluster: string;
  readonly server: KubeServer;
  /** Asked for each call; it may cache. */
  readonly credential: () => Promise<KubernetesCredential>;
  readonly clock: Clock;
  /** Connections open at once to this cluster. Calls beyond wait. */
  readonly maxConnections: number;
  /** Bytes taken from a socket at a time. Default: as Node does. */
  readonly readBytes?: number;
};

/** A call that changes something. */
export type KubeWrite = {
  readonly method: 'POST' | 'PATCH' | 'DELETE';
  /** Default: JSON. */
  readonly contentType?: string;
};

export type KubeRequest = {
  /** What is asked for, for error texts. */
  readonly resource: string;
  readonly path: string;
  readonly query: URLSearchParams;
  /** Left out, the call is a GET; else, if not said otherwise, a POST of this as JSON. */
  readonly body?: object;
  /** How the body is meant. Default: a question, which is answered by 201. */
  readonly write?: KubeWrite;
  /** The server is asked to send metadata alone. */
  readonly metadataOnly?: boolean;
  readonly signal: AbortSignal;
  /** How long the answer may take to begin; 0: for ever. Default 30 s. */
  readonly headersTimeoutMs?: number;
  /** Bytes that are read ahead of who reads, beside what lies in the socket. Default 64 KiB. */
  readonly readAheadBytes?: number;
};

/** A server that cannot do so refuses (406), it does not send everything. */
const METADATA = 'application/json;as=PartialObjectMetadata;v=v1;g=meta.k8s.io';
const headersTimeoutMs = 30_000;
/** Of an answer that says no, only this much is read. */
const maxStatusBytes = 64 * 1024;

type Body = Dispatcher.ResponseData['body'];

/** The pool of connections to one cluster’s API server: credentials, TLS, and refusals made into errors. */
export class KubeConnection {
  /** One pool at a time, for one client certificate (none: the empty key). */
  private pool?: { readonly key: string; readonly agent: Promise<Agent> };
  private closed = false;
  private readonly serverClock = new ServerClock();

  constructor(private readonly options: KubeConnectionOptions) {}

  /** How far the server’s clock is ahead of ours; `undefined` before its first answer. */
  get serverLeadMs(): number | undefined {
    return this.serverClock.leadMs;
  }

  /** The body of a 200 answer. A 401 is tried once more if the credential has changed. @throws KubeError */
  async open(request: KubeRequest): Promise<Body> {
    const credential = await this.askCredential(request);
    const first = await this.send(request, credential);
    if (first.statusCode !== 401) return await this.accept(request, first);
    const fresh = await this.askCredential(request);
    if (sameCredential(credential, fresh)) {
      return await this.accept(request, first);
    }
    await discard(first.body);
    return await this.accept(request, await this.send(request, fresh));
  }

  /** Ends the calls under way. */
  async close(): Promise<void> {
    this.closed = true;
    const { pool } = this;
    this.pool = undefined;
    const agent = await pool?.agent.catch(() => undefined);
    await agent?.destroy();
  }

  private async askCredential(
    request: KubeRequest,
  ): Promise<KubernetesCredential> {
    try {
      return await this.options.credential();
    } catch (error) {
      const { cluster } = this.options;
      throw new KubeError(
        `No credential could be had for cluster "${cluster}".`,
        { cluster, resource: request.resource, reason: 'CredentialRefused' },
        error,
      );
    }
  }

  private async send(
    request: KubeRequest,
    credential: KubernetesCredential,
  ): Promise<Dispatcher.ResponseData> {
    const { url, proxiedCluster } = this.options.server;
    const target = new URL(url);
    const query = request.query.toString();
    const base = target.pathname.replace(/\/$/, '');
    try {
      const agent = await this.agentFor(credential);
      const sentAt = this.options.clock.now();
      const response = await agent.request({
        origin: target.origin,
        path: `${base}${request.path}${query ? `?${query}` : ''}`,
        ...methodOf(request, {
          ...headersFor(credential),
          ...(request.metadataOnly && { accept: METADATA }),
          ...proxyHeaders(proxiedCluster),
        }),
        headersTimeout: request.headersTimeoutMs ?? headersTimeoutMs,
        highWaterMark: request.readAheadBytes,
        signal: request.signal,
      });
      this.readDate(response, sentAt);
      return response;
    } catch (error) {
      throw this.sendFailure(request, error);
    }
  }

  /** A refusal may be of a proxy before the server, with a clock of its own. */
  private readDate(
    { statusCode, headers }: Dispatcher.ResponseData,
    sentAt: number,
  ): void {
    if (statusCode >= 300) return;
    const receivedAt = this.options.clock.now();
    this.serverClock.heard({ date: headers.date, sentAt, receivedAt });
  }

  private sendFailure(request: KubeRequest, error: unknown): KubeError {
    const failure = callFailure(this.callOf(request), error);
    // The authority may have been rotated: the next call reads it again. Streams under way go on.
    if (failure.reason === 'TlsRefused') this.retirePool();
    return failure;
  }

  private async agentFor(credential: KubernetesCredential): Promise<Agent> {
    const { cluster, server, maxConnections, readBytes } = this.options;
    if (this.closed) throw callFailed({ cluster, resource: '' }, 'Aborted');
    const key =
      credential.type === 'x509 client certificate' ? credential.cert : '';
    if (this.pool?.key !== key) {
      this.retirePool();
      const use = { credential, maxConnections, readBytes };
      const agent = openAgent(server, use);
      this.pool = { key, agent };
      agent.catch(() => this.retirePool());
    }
    return await this.pool.agent;
  }

  /** Lets the calls under way finish on the old pool. */
  private retirePool(): void {
    const { pool } = this;
    this.pool = undefined;
    pool?.agent.then(agent => agent.close()).catch(() => undefined);
  }

  private async accept(
    request: KubeRequest,
    response: Dispatcher.ResponseData,
  ): Promise<Body> {
    const { statusCode, headers, body } = response;
    if (accepted(request).includes(statusCode)) return body;
    const call = this.callOf(request);
    if (statusCode >= 300 && statusCode < 400) {
      await discard(body);
      throw callFailed(call, 'BadAnswer');
    }
    const answer = await readSome(body);
    const serverNow = this.options.clock.now() + (this.serverLeadMs ?? 0);
    const wait = retryAfterMs(headers['retry-after'], serverNow);
    const refused = { status: statusCode, body: answer, retryAfterMs: wait };
    const ofProxy =
      this.options.server.proxiedCluster !== undefined &&
      proxyFailure(call, refused);
    if (ofProxy) throw ofProxy;
    const status = readStatus(answer, statusCode);
    throw statusFailure(call, { ...status, code: statusCode }, wait);
  }

  private callOf(request: KubeRequest) {
    return { cluster: this.options.cluster, resource: request.resource };
  }
}

function sameCredential(
  a: KubernetesCredential,
  b: KubernetesCredential,
): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** A write may change, create or only begin something. */
function accepted({ body, write }: KubeRequest): readonly number[] {
  if (write) return [200, 201, 202];
  return body ? [201] : [200];
}

function methodOf(
  { body, write }: KubeRequest,
  headers: Record<string, string>,
): Pick<Dispatcher.RequestOptions, 'method' | 'headers' | 'body'> {
  if (!body) return { method: 'GET', headers };
  const type = write?.contentType ?? 'application/json';
  return {
    method: write?.method ?? 'POST',
    headers: { ...headers, 'content-type': type },
    body: JSON.stringify(body),
  };
}

function headersFor(credential: KubernetesCredential): Record<string, string> {
  const accept = { accept: 'application/json', 'user-agent': 'tenantry' };
  return credential.type === 'bearer token'
    ? { ...accept, authorization: `Bearer ${credential.token}` }
    : accept;
}

/** Names the cluster to the Kubernetes plugin’s proxy, and keeps what stands before it from compressing, which would hold events back. */
function proxyHeaders(cluster: string | undefined): Record<string, string> {
  return cluster === undefined
    ? {}
    : {
        'backstage-kubernetes-cluster': cluster,
        'accept-encoding': 'identity',
      };
}

async function discard(body: Body): Promise<void> {
  await body.dump({ limit: maxStatusBytes }).catch(() => undefined);
}

async function readSome(body: Body): Promise<string> {
  const parts: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const part of body) {
      parts.push(part);
      bytes += part.length;
      if (bytes > maxStatusBytes) break;
    }
  } catch {
    // The status code alone says enough.
  }
  return Buffer.concat(parts).toString('utf8');
}

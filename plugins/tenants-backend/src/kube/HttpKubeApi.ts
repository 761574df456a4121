// SPDX-License-Identifier: Apache-2.0
import {
  KubeError,
  resourceName,
  type AccessReview,
  type ApplyOptions,
  type CreateOptions,
  type DeleteOptions,
  type GetOptions,
  type KubeApi,
  type ListOptions,
  type ListPage,
  type LogOptions,
  type MergePatchOptions,
  type ResourceType,
  type WatchEvent,
  type WatchOptions,
} from '@tenantry/backstage-plugin-tenants-node';
import { z } from 'zod';
import { readBookmark } from './bookmark';
import { callFailed, type CallName } from './callFailure';
import { listQuery, logQuery, watchQuery } from './callQuery';
import {
  KubeConnection,
  type KubeConnectionOptions,
  type KubeRequest,
} from './KubeConnection';
import { KubeWrites } from './KubeWrites';
import { LineSplitter } from './LineSplitter';
import { ListSplitter } from './ListSplitter';
import { openProxiedWatch } from './openProxiedWatch';
import { readBody } from './readBody';
import { logPath, objectName, resourcePath } from './resourcePath';
import { readStatus, statusFailure } from './statusFailure';
import { subjectAccessReview } from './subjectAccessReview';
import { readWatchLine } from './watchLine';

export type HttpKubeApiOptions = Omit<
  KubeConnectionOptions,
  'maxConnections'
> & {
  /** Default 256, and as many for logs: a watch, a list and a log need a connection of their own each. */
  readonly maxConnections?: number;
  /** Larger objects are skipped and counted. Default 8 MiB; etcd holds at most 1.5 MiB. */
  readonly maxObjectBytes?: number;
};

const defaultMaxConnections = 256;
const defaultMaxObjectBytes = 8 * 1024 ** 2;
/** Many logs wait for one slow reader, each with what was read ahead of it. */
const logReadBytes = 16 * 1024;
/** A list that is being sent may not pause for longer. */
const listIdleMs = 30_000;

/** The longest watch through the Kubernetes plugin’s proxy. */
const proxiedWatchSeconds = 120;

const listMetadataSchema = z.object({
  resourceVersion: z.string(),
  continue: z.string().optional(),
});
/** What is measured when asked is not stored: its lists have no version. */
const MEASURED = /\.metrics\.k8s\.io$/;
const versionSchema = z.object({ gitVersion: z.string().max(128) });
const reviewSchema = z.object({ status: z.object({ allowed: z.boolean() }) });

/** The KubeApi over HTTP/1.1: one pool per cluster, no redirects, objects handed on as bytes. */
export class HttpKubeApi implements KubeApi {
  readonly cluster: string;
  private readonly connection: KubeConnection;
  /** That of logs, which are read in smaller pieces. */
  private readonly logs: KubeConnection;
  private readonly maxObjectBytes: number;
  private readonly writes: KubeWrites;

  constructor(private readonly options: HttpKubeApiOptions) {
    this.cluster = options.cluster;
    this.maxObjectBytes = options.maxObjectBytes ?? defaultMaxObjectBytes;
    const { maxConnections = defaultMaxConnections } = options;
    this.connection = new KubeConnection({ ...options, maxConnections });
    this.logs = new KubeConnection({
      ...options,
      maxConnections,
      readBytes: logReadBytes,
    });
    this.writes = new KubeWrites(options.cluster, async request =>
      this.readAll(
        await this.connection.open(request),
        this.call(request.resource),
      ),
    );
  }

  get serverLeadMs(): number | undefined {
    return this.connection.serverLeadMs;
  }

  async version(signal: AbortSignal): Promise<string> {
    const call = this.call('version');
    const json = await this.readWhole(call, { path: '/version', signal });
    return parse(call, versionSchema, json.toString('utf8')).gitVersion;
  }

  async get<T>(type: ResourceType, options: GetOptions<T>): Promise<T> {
    const call = this.call(resourceName(type));
    const name = objectName(options.name, call);
    const kind = resourcePath(type, { ...options, cluster: this.cluster });
    const { metadataOnly, signal } = options;
    const request = { path: `${kind}/${name}`, metadataOnly, signal };
    const json = await this.readWhole(call, request);
    try {
      return options.project(json);
    } catch (error) {
      throw callFailed(call, 'BadAnswer', error);
    }
  }

  async list<T>(
    type: ResourceType,
    options: ListOptions<T>,
  ): Promise<ListPage<T>> {
    const call = this.call(resourceName(type));
    const path = resourcePath(type, { ...options, cluster: this.cluster });
    const query = listQuery(options, call);
    const { signal } = options;
    const body = await this.connection.open({ ...call, path, query, signal });
    const items: T[] = [];
    const splitter = this.splitItems(call, options, item => items.push(item));
    for await (const chunk of this.read(body, call, listIdleMs)) {
      splitter.push(chunk);
    }
    const { continue: next, ...metadata } = listMetadata(call, splitter);
    return { items, ...metadata, ...(next ? { continue: next } : {}) };
  }

  async *watch<T>(
    type: ResourceType,
    options: WatchOptions<T>,
  ): AsyncGenerator<WatchEvent<T>, void, void> {
    const call = this.call(resourceName(type));
    const path = resourcePath(type, { ...options, cluster: this.cluster });
    const query = watchQuery(this.limitTime(options), call);
    const { signal, idleMs } = options;
    try {
      const body = await this.openWatch(
        { ...call, path, query, signal },
        options,
      );
      if (!body) return;
      const chunks = readBody(body, {
        call,
        clock: this.options.clock,
        idleMs,
        endsWhenIdle: true,
      });
      yield* this.readEvents(chunks, call, options);
    } catch (error) {
      if (!options.signal.aborted) throw error;
    }
  }

  async apply<T>(type: ResourceType, options: ApplyOptions<T>): Promise<T> {
    return await this.writes.apply(type, options);
  }

  async create<T>(type: ResourceType, options: CreateOptions<T>): Promise<T> {
    return await this.writes.create(type, options);
  }

  async mergePatch<T>(
    type: ResourceType,
    options: MergePatchOptions<T>,
  ): Promise<T> {
    return await this.writes.mergePatch(type, options);
  }

  async delete(type: ResourceType, options: DeleteOptions): Promise<void> {
    await this.writes.delete(type, options);
  }

  async reviewAccess(review: AccessReview): Promise<boolean> {
    const call = this.call('subjectaccessreviews.authorization.k8s.io');
    const { signal } = review;
    const answer = await this.connection.open({
      ...call,
      path: '/apis/authorization.k8s.io/v1/subjectaccessreviews',
      query: new URLSearchParams(),
      body: subjectAccessReview(review),
      signal,
    });
    const json = await this.readAll(answer, call);
    return parse(call, reviewSchema, json.toString('utf8')).status.allowed;
  }

  async *readLog(options: LogOptions): AsyncGenerator<Buffer, void, void> {
    const call = this.call('pods/log');
    const path = logPath({ ...options, cluster: this.cluster });
    const query = logQuery(options);
    try {
      const { signal, follow } = options;
      const request = { ...call, path, query, signal, readAheadBytes: 0 };
      const body = await this.logs.open(
        follow && this.isProxied
          ? { ...request, headersTimeoutMs: 0 }
          : request,
      );
      yield* this.read(body, call);
    } catch (error) {
      if (!options.signal.aborted) throw error;
    }
  }

  async close(): Promise<void> {
    await Promise.all([this.connection.close(), this.logs.close()]);
  }

  private get isProxied(): boolean {
    return this.options.server.proxiedCluster !== undefined;
  }

  /** The proxy does not tell the API server when we close a watch, so there it should not last much longer than we listen. */
  private limitTime<T>(options: WatchOptions<T>): WatchOptions<T> {
    if (!this.isProxied) return options;
    const { timeoutSeconds } = options;
    return {
      ...options,
      timeoutSeconds: Math.min(timeoutSeconds, proxiedWatchSeconds),
    };
  }

  /** `undefined` when a proxied watch had nothing to tell. */
  private async openWatch<T>(
    request: KubeRequest,
    { idleMs, onOpen = () => undefined }: WatchOptions<T>,
  ) {
    const open = this.connection.open.bind(this.connection);
    if (this.isProxied) {
      const { clock } = this.options;
      const probe = () => this.version(request.signal);
      return await openProxiedWatch(request, {
        open,
        probe,
        clock,
        idleMs,
        onOpen,
      });
    }
    const body = await open(request);
    onOpen();
    return body;
  }

  /** One answer of limited size. */
  private async readWhole(
    call: CallName,
    request: Pick<KubeRequest, 'path' | 'metadataOnly' | 'signal'>,
  ): Promise<Buffer> {
    const query = new URLSearchParams();
    const body = await this.connection.open({ ...call, ...request, query });
    return this.readAll(body, call);
  }

  private async readAll(
    body: Parameters<typeof readBody>[0],
    call: CallName,
  ): Promise<Buffer> {
    const parts: Buffer[] = [];
    let bytes = 0;
    for await (const part of this.read(body, call, listIdleMs)) {
      bytes += part.length;
      if (bytes > this.maxObjectBytes) throw callFailed(call, 'BadAnswer');
      parts.push(part);
    }
    return Buffer.concat(parts);
  }

  private call(resource: string): CallName {
    return { cluster: this.cluster, resource };
  }

  private read(
    body: Parameters<typeof readBody>[0],
    call: CallName,
    idleMs?: number,
  ): AsyncGenerator<Buffer, void, void> {
    return readBody(body, { call, clock: this.options.clock, idleMs });
  }

  private splitItems<T>(
    call: CallName,
    options: ListOptions<T>,
    keep: (item: T) => void,
  ): ListSplitter {
    const onUnreadable = (error: Error) => {
      if (!options.onUnreadable) throw callFailed(call, 'BadAnswer', error);
      options.onUnreadable(error);
    };
    const onItem = (json: Buffer) => {
      const item = attempt(() => options.project(json), onUnreadable);
      if (item) keep(item.value);
    };
    const onOversize = () => onUnreadable(new Error('An item is too large.'));
    return new ListSplitter({
      onItem,
      onOversize,
      maxBytes: this.maxObjectBytes,
    });
  }

  private async *readEvents<T>(
    chunks: AsyncIterable<Buffer>,
    call: CallName,
    options: WatchOptions<T>,
  ): AsyncGenerator<WatchEvent<T>, void, void> {
    const { signal, onUnreadable } = options;
    const lines = new LineSplitter({
      maxBytes: this.maxObjectBytes,
      onOversize: () => onUnreadable(new Error('An event is too large.')),
    });
    try {
      for await (const chunk of chunks) {
        for (const line of lines.push(chunk)) {
          const event = this.readEvent(line, call, options);
          if (signal.aborted) return;
          if (event) yield event;
        }
      }
    } finally {
      if (!signal.aborted && lines.rest().length > 0) {
        onUnreadable(new Error('The last event is cut off.'));
      }
    }
  }

  private readEvent<T>(
    line: Buffer,
    call: CallName,
    { project, onUnreadable }: WatchOptions<T>,
  ): WatchEvent<T> | undefined {
    return attempt(() => toEvent(line, call, project), onUnreadable)?.value;
  }
}

function toEvent<T>(
  line: Buffer,
  call: CallName,
  project: (json: Buffer) => T,
): WatchEvent<T> {
  const { type, object } = readWatchLine(line);
  if (type === 'BOOKMARK') return readBookmark(object);
  if (type === 'ERROR') {
    throw statusFailure(call, readStatus(object.toString('utf8'), 500));
  }
  return { type, object: project(object) };
}

/** Runs `read`; hands what it threw to `onUnreadable`, but lets a KubeError pass. */
function attempt<T>(
  read: () => T,
  onUnreadable: (error: Error) => void,
): { readonly value: T } | undefined {
  try {
    return { value: read() };
  } catch (error) {
    if (error instanceof KubeError) throw error;
    onUnreadable(error instanceof Error ? error : new Error(String(error)));
    return undefined;
  }
}

function parse<T>(call: CallName, schema: z.ZodType<T>, json: string): T {
  try {
    return schema.parse(JSON.parse(json));
  } catch (error) {
    throw callFailed(call, 'BadAnswer', error);
  }
}

function listMetadata(call: CallName, splitter: ListSplitter) {
  try {
    const metadata = JSON.parse(splitter.member('metadata') ?? '');
    return listMetadataSchema.parse(
      MEASURED.test(call.resource)
        ? { resourceVersion: '', ...metadata }
        : metadata,
    );
  } catch (error) {
    throw callFailed(call, 'BadAnswer', error);
  }
}

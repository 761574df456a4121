// SPDX-License-Identifier: Apache-2.0
import type { ApiTarget } from './ApiTarget';
import { compareValues, type Difference } from './compare';
import type { Step } from './ContractCase';
import { at, isJsonObject, itemsOf, type Json } from './Json';
import { Watch, watchEvents } from './Watch';

type View = (body: Json) => Json | undefined;
export type CallOptions = {
  readonly accept?: string;
  readonly type?: string;
  readonly as?: {
    readonly user: string;
    readonly groups?: readonly string[];
    readonly extra?: Readonly<Record<string, string>>;
  };
  readonly headers?: Readonly<Record<string, string>>;
  readonly token?: string;
  /** The part of the answer that is compared; all of it when left out. */
  readonly view?: View;
  /** A step of preparation: not compared. */
  readonly quiet?: boolean;
};
export type Written = { readonly status: number; readonly body: Json };
type Request = CallOptions & {
  readonly method: string;
  readonly path: string;
  readonly body?: unknown;
};

/** Events come at once, or never. */
const EVENT_PATIENCE_MS = 10_000;

/** What a case calls. Every answer becomes a step of its transcript. */
export class Session {
  readonly steps: Step[] = [];
  /** Expectations that did not hold. */
  readonly unmet: Difference[] = [];
  private readonly undo: string[] = [];
  private readonly open = new Set<Watch>();

  constructor(
    private readonly target: ApiTarget,
    /** The case’s own namespace. */
    readonly ns: string,
  ) {}

  /** The path of a resource in the case’s namespace, as in `pods` or `apps/v1/deployments`. */
  in(resource: string, name?: string): string {
    return this.path(resource, name, this.ns);
  }

  /** The path of a resource of the cluster, or of one in a given namespace. */
  path(resource: string, name?: string, namespace?: string): string {
    const parts = resource.split('/');
    const plural = parts.length > 1 ? parts.slice(2).join('/') : resource;
    const root = parts.length > 1 ? `/apis/${parts[0]}/${parts[1]}` : '/api/v1';
    const scope = namespace ? `/namespaces/${namespace}` : '';
    return `${root}${scope}/${plural}${name ? `/${name}` : ''}`;
  }

  get(path: string, options: CallOptions = {}): Promise<Written> {
    return this.call({ ...options, method: 'GET', path });
  }

  post(path: string, body: unknown, options: CallOptions = {}) {
    return this.call({ ...options, method: 'POST', path, body });
  }

  put(path: string, body: unknown, options: CallOptions = {}) {
    return this.call({ ...options, method: 'PUT', path, body });
  }

  /** `type` as in `merge-patch+json`. */
  patch(
    path: string,
    body: unknown,
    { type = 'merge-patch+json', ...options }: CallOptions = {},
  ) {
    return this.call({
      ...options,
      method: 'PATCH',
      path,
      body,
      type: `application/${type}`,
    });
  }

  /** Server-side apply. */
  apply(
    path: string,
    body: unknown,
    {
      manager = 'alice',
      force = false,
      query = '',
      ...options
    }: CallOptions & {
      manager?: string;
      force?: boolean;
      query?: string;
    } = {},
  ) {
    const to = `${path}?fieldManager=${manager}${
      force ? '&force=true' : ''
    }${query}`;
    return this.patch(to, body, { ...options, type: 'apply-patch+yaml' });
  }

  delete(path: string, body?: unknown, options: CallOptions = {}) {
    return this.call({ ...options, method: 'DELETE', path, body });
  }

  /** Makes something of the cluster that goes when the case ends. */
  async create(
    path: string,
    body: { metadata: { name: string }; [key: string]: unknown },
    options: CallOptions = {},
  ): Promise<Written> {
    this.undo.push(`${path}/${body.metadata.name}`);
    return this.post(path, body, options);
  }

  /** Opens a watch; `take` records its events. */
  async watch(path: string, options: CallOptions = {}): Promise<Watch> {
    const watch = await Watch.open(this.target, path, {
      headers: headersOf(options),
      token: options.token,
      view: options.view,
      record: step => this.steps.push(step),
      patienceMs: Math.min(this.target.patienceMs, EVENT_PATIENCE_MS),
    });
    this.open.add(watch);
    return watch;
  }

  /**
   * Waits until an object is as wanted (`undefined`: until it is gone), by a watch, and records it. Says `never` in the
   * transcript when that takes too long.
   */
  async settle(
    path: string,
    wanted: (object: Json | undefined) => boolean,
    options: CallOptions = {},
  ): Promise<Json | undefined> {
    const cut = path.lastIndexOf('/');
    const collection = path.slice(0, cut);
    const name = path.slice(cut + 1);
    const last = await this.lastOf(collection, name, wanted);
    if (!options.quiet) {
      const view = options.view ?? (body => body);
      this.steps.push({
        call: `settles ${path}${last.settled ? '' : ' (never)'}`,
        ...(last.object !== undefined && { body: view(bare(last.object)) }),
      });
    }
    return last.object;
  }

  /** Waits, by a watch, until a collection holds `count` objects that are not being deleted; not recorded. */
  async count(path: string, count: number): Promise<readonly Json[]> {
    const list = await this.call({ method: 'GET', path, quiet: true });
    const objects = new Map<string, Json>();
    for (const item of itemsOf(list.body))
      if (isLive(item)) objects.set(nameOf(item), item);
    const version = at(list.body, 'metadata', 'resourceVersion');
    const from = `${path}?watch=1&resourceVersion=${version}`;
    const signal = AbortSignal.timeout(this.target.patienceMs);
    if (objects.size !== count)
      for await (const event of watchEvents(this.target, {
        path: from,
        signal,
      })) {
        const { type, object } = event;
        if (type === 'DELETED' || !isLive(object))
          objects.delete(nameOf(object));
        else objects.set(nameOf(object), object);
        if (objects.size === count) break;
      }
    if (objects.size !== count)
      this.note(`never counts ${count} of ${path}`, objects.size);
    const names = [...objects.keys()].sort();
    return names.flatMap(name => objects.get(name) ?? []);
  }

  /** Puts a value that the case computed beside the answers. */
  note(call: string, body: Json): void {
    this.steps.push({ call, body });
  }

  /** For what no server at hand can confirm: checks the answer against the documentation. */
  expect(what: string, is: Json | undefined, wanted: Json | undefined): void {
    this.unmet.push(...compareValues(wanted, is, what));
  }

  /** Ends watches and removes what `create` made outside the namespace. */
  async end(): Promise<void> {
    for (const watch of this.open) watch.stop();
    for (const path of this.undo.reverse())
      await this.target.call({ method: 'DELETE', path });
  }

  async call(request: Request): Promise<Written> {
    const { method, path, body, view = whole, quiet } = request;
    const answer = await this.target.call({
      method,
      path,
      headers: headersOf(request),
      token: request.token,
      ...(body !== undefined && {
        body: typeof body === 'string' ? body : JSON.stringify(body),
      }),
    });
    const parsed = parse(answer.text);
    const { status } = answer;
    if (!quiet) {
      const failed = status >= 400;
      const shown = failed ? parsed : view(parsed);
      this.steps.push({
        call: `${method} ${path}`,
        status,
        ...(shown !== undefined && { body: shown }),
      });
    }
    return { status, body: parsed };
  }

  private async lastOf(
    collection: string,
    name: string,
    wanted: (object: Json | undefined) => boolean,
  ): Promise<{ settled: boolean; object?: Json }> {
    const selector = `fieldSelector=metadata.name%3D${name}`;
    const list = await this.call({
      method: 'GET',
      path: `${collection}?${selector}`,
      quiet: true,
    });
    const items = isJsonObject(list.body) ? list.body.items : undefined;
    let object = Array.isArray(items) ? items[0] : undefined;
    if (wanted(object)) return { settled: true, object };
    const metadata = isJsonObject(list.body) ? list.body.metadata : undefined;
    const version = isJsonObject(metadata) ? metadata.resourceVersion : '';
    const path = `${collection}?${selector}&watch=1&resourceVersion=${version}`;
    const signal = AbortSignal.timeout(this.target.patienceMs);
    for await (const event of watchEvents(this.target, { path, signal })) {
      object = event.type === 'DELETED' ? undefined : event.object;
      if (wanted(object)) return { settled: true, object };
    }
    return { settled: false, object };
  }
}

function nameOf(object: Json): string {
  return String(at(object, 'metadata', 'name'));
}

function isLive(object: Json): boolean {
  return at(object, 'metadata', 'deletionTimestamp') === undefined;
}

/** Events carry a kind and an API version, list items do not. */
function bare(object: Json): Json {
  if (!isJsonObject(object)) return object;
  const { kind: _kind, apiVersion: _version, ...rest } = object;
  return rest;
}

function whole(body: Json): Json {
  return body;
}

function headersOf({ accept, type, as, headers }: CallOptions) {
  return {
    'content-type': type ?? 'application/json',
    accept: accept ?? 'application/json',
    ...(as && { 'impersonate-user': as.user }),
    ...(as?.groups && { 'impersonate-group': [...as.groups] }),
    ...headers,
  };
}

function parse(text: string): Json {
  try {
    const parsed: Json = JSON.parse(text);
    return parsed;
  } catch {
    return text;
  }
}

// SPDX-License-Identifier: Apache-2.0
import type {
  AccessReview,
  ApplyOptions,
  CreateOptions,
  DeleteOptions,
  GetOptions,
  KubeApi,
  ListOptions,
  ListPage,
  LogOptions,
  MergePatchOptions,
  WatchEvent,
  WatchOptions,
} from '../kube/KubeApi';
import { KubeError, type KubeErrorDetails } from '../kube/KubeError';
import { resourceName, type ResourceType } from '../kube/resourceType';
import { FakeHistory, type FakeEvent, type FakeObject } from './FakeHistory';
import { FakeLists } from './FakeLists';
import { FakeLogs, type FakeContainer } from './FakeLogs';
import type { FakeRequest, FakeVerb } from './FakeRequest';
import { FakeRights } from './FakeRights';
import { FakeSubjects, type FakeGrant } from './FakeSubjects';
import { FakeWatch, type FakeMessage } from './FakeWatch';
import { asError, readFakeWatch } from './readFakeWatch';
import { FakeWrites } from './FakeWrites';

/** Of a fake cluster: its name, `fake` when left out, and whether watches can send the initial state, as they can by default. @public */
export type FakeKubeApiOptions = {
  readonly cluster?: string;
  readonly watchList?: boolean;
};
type Failure = {
  readonly verb: FakeVerb;
  readonly resource?: string;
  readonly error: KubeError;
};
const name = /^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$/;

/** A cluster in memory behind the KubeApi port, with history and failures on demand; kinds as `resourceName` says: `pods`. @public */
export class FakeKubeApi implements KubeApi {
  /** Its name in the portal. */
  readonly cluster: string;
  /** How far its clock is ahead of ours. */
  serverLeadMs?: number;
  /** Every call made, in order. */
  readonly requests: FakeRequest[] = [];
  private readonly watchList: boolean;
  private readonly kinds = new Map<string, FakeHistory>();
  private readonly absent = new Set<string>();
  private readonly rights = new FakeRights();
  private readonly subjects = new FakeSubjects();
  private readonly failures: Failure[] = [];
  private readonly watches = new Set<FakeWatch>();
  private readonly logs = new FakeLogs();
  private readonly lists = new FakeLists();
  private readonly writes: FakeWrites;
  private version_ = 100;

  constructor(options: FakeKubeApiOptions = {}) {
    this.cluster = options.cluster ?? 'fake';
    this.watchList = options.watchList ?? true;
    this.writes = new FakeWrites({
      begin: (verb, resource, target) =>
        this.beginWrite(verb, resource, target),
      get: (resource, target) =>
        this.kind(resource).get(target.namespace ?? '', target.name),
      put: (resource, object) => this.write(resource, object),
      remove: (resource, target) =>
        this.remove(resource, target.namespace ?? '', target.name),
      refusal: refused => this.refusalOf(refused),
    });
  }

  /** The newest resource version. */
  get resourceVersion(): string {
    return String(this.version_);
  }

  /** Watches open now. */
  get openWatches(): number {
    return this.watches.size;
  }

  /** Creates or replaces an object and tells the watches. Returns it as stored. */
  write(resource: string, object: FakeObject): FakeObject {
    const stored = this.kind(resource).write(object, ++this.version_);
    this.publish(resource);
    return stored;
  }

  /** Deletes an object and tells the watches. */
  remove(resource: string, namespace: string, object: string): void {
    this.kind(resource).remove(namespace, object, ++this.version_);
    this.publish(resource);
  }

  /** What a complete list of the kind would hold now. */
  objects(resource: string): readonly FakeObject[] {
    return this.kind(resource).list(undefined);
  }

  /** Forgets the past: watching from an older version, and continuing an older list, is refused with 410. */
  compact(): void {
    for (const kind of this.kinds.values()) kind.compactedTo = this.version_;
    this.lists.compact();
  }

  /** The next call of this verb (of this resource, if given) fails. */
  failNext(verb: FakeVerb, error: KubeError, resource?: string): void {
    this.failures.push({ verb, error, resource });
  }

  /** The next list of the kind answers 200 with no items and this version. */
  emptyNextList(
    resource: string,
    resourceVersion = this.resourceVersion,
  ): void {
    this.lists.emptyNext(resource, resourceVersion);
  }

  /** Removes a kind from the server, or brings it back. */
  serve(resource: string, served: boolean): void {
    if (served) this.absent.delete(resource);
    else this.absent.add(resource);
  }

  /** Takes the right to see a kind, or gives it back: everywhere, or in one namespace (`''`: across them; of `namespaces`: the one read). */
  allow(resource: string, allowed: boolean, namespace?: string): void {
    this.rights.set(resource, allowed, namespace);
  }

  /** Gives a user or group a right, in one namespace or everywhere. */
  grant(rule: FakeGrant): void {
    this.subjects.grant(rule);
  }

  /** Sends something into every open watch, or those of one kind. */
  send(message: FakeMessage, resource?: string): void {
    for (const watch of this.watches) {
      if (resource === undefined || watch.resource === resource) {
        watch.put(message);
      }
    }
  }

  /** Sends a bookmark with the newest version. */
  bookmark(resource?: string): void {
    const { resourceVersion } = this;
    const event = { type: 'BOOKMARK' as const, resourceVersion };
    this.send({ send: { ...event, initialEventsEnd: false } }, resource);
  }

  /** Sets the log of a container. */
  setLog(container: FakeContainer, log: string): void {
    this.logs.set(container, log);
  }

  /** Always `v1.32.0`. @throws KubeError when it is made to fail */
  async version(signal: AbortSignal): Promise<string> {
    this.begin('version', 'version', signal);
    return 'v1.32.0';
  }

  /** Reads a stored object. @throws KubeError 404, 403 without the right, or as it is made to fail */
  async get<T>(type: ResourceType, options: GetOptions<T>): Promise<T> {
    const resource = resourceName(type);
    const { namespace, name: wanted, signal, project, metadataOnly } = options;
    this.checkName(wanted, resource);
    // The right to read a namespace may be given in that namespace.
    const scope = resource === 'namespaces' ? wanted : namespace;
    this.begin('get', resource, signal, scope);
    const object = this.kind(resource).get(namespace ?? '', wanted);
    if (!object) throw this.refusal(404, 'NotFound', resource);
    try {
      const { metadata } = object;
      const sent = metadataOnly ? { metadata } : object;
      return project(Buffer.from(JSON.stringify(sent)));
    } catch (error) {
      throw this.failure('BadAnswer', resource, error);
    }
  }

  /** One page of what is stored, at one version of it. @throws KubeError 410 for a page from before {@link FakeKubeApi.compact}, 404, 403, or as it is made to fail */
  async list<T>(
    type: ResourceType,
    options: ListOptions<T>,
  ): Promise<ListPage<T>> {
    const resource = resourceName(type);
    this.begin('list', resource, options.signal, options.namespace);
    const { resourceVersion } = this;
    const from = { kind: this.kind(resource), resourceVersion };
    const page = this.lists.page(resource, from, options);
    if (!page) throw this.refusal(410, 'Expired', resource);
    const items = page.items.flatMap(json => this.project(json, options));
    return { ...page, items };
  }

  /** Tells what is written while it is open, and before it what the options ask for. @throws KubeError 410, 422 without `watchList`, 404, 403, or as it is made to fail */
  async *watch<T>(
    type: ResourceType,
    options: WatchOptions<T>,
  ): AsyncGenerator<WatchEvent<T>, void, void> {
    const resource = resourceName(type);
    const { namespace, name: only, signal } = options;
    if (signal.aborted) return;
    if (only !== undefined) this.checkName(only, resource);
    this.begin('watch', resource, signal, namespace);
    const watch = new FakeWatch(resource, namespace, only);
    this.fill(watch, options);
    this.watches.add(watch);
    try {
      options.onOpen?.();
      yield* readFakeWatch(watch, options);
    } finally {
      this.watches.delete(watch);
    }
  }

  /** Server-side apply with managed fields. @throws KubeError 409 when another manager owns a field or the version is another, or as it is made to fail */
  async apply<T>(type: ResourceType, options: ApplyOptions<T>): Promise<T> {
    return this.writes.apply(type, options);
  }

  /** Creates an object. @throws KubeError 409 `AlreadyExists`, or as it is made to fail */
  async create<T>(type: ResourceType, options: CreateOptions<T>): Promise<T> {
    return this.writes.create(type, options);
  }

  /** Changes an object that exists. @throws KubeError 404; 409 for another resourceVersion; or as it is made to fail */
  async mergePatch<T>(
    type: ResourceType,
    options: MergePatchOptions<T>,
  ): Promise<T> {
    return this.writes.mergePatch(type, options);
  }

  /** Deletes an object; one with finalizers is only marked. @throws KubeError 404; 409 for a precondition; or as it is made to fail */
  async delete(type: ResourceType, options: DeleteOptions): Promise<void> {
    this.writes.delete(type, options);
  }

  /** Whether {@link FakeKubeApi.grant} gave the right; `system:masters` has every one. @throws KubeError as it is made to fail */
  async reviewAccess(review: AccessReview): Promise<boolean> {
    const resource = 'subjectaccessreviews.authorization.k8s.io';
    this.begin('review', resource, review.signal);
    return this.subjects.allow(review);
  }

  /** The log that {@link FakeKubeApi.setLog} set, at once and whole. @throws KubeError 404 when none was set, or as it is made to fail */
  async *readLog(options: LogOptions): AsyncGenerator<Buffer, void, void> {
    if (options.signal.aborted) return;
    this.begin('log', 'pods/log', options.signal, options.namespace);
    const log = this.logs.get(options);
    if (!log) throw this.refusal(404, 'NotFound', 'pods/log');
    yield log;
  }

  /** Makes every open watch fail as unreachable. */
  async close(): Promise<void> {
    const error = this.failure('Unreachable', 'watch');
    this.send({ fail: error });
  }

  /** Puts what the server has to tell at the opening into a watch. */
  private fill<T>(watch: FakeWatch, options: WatchOptions<T>): void {
    const kind = this.kind(watch.resource);
    if (options.sendInitialEvents) {
      if (!this.watchList) throw this.refusal(422, 'Invalid', watch.resource);
      this.fillInitial(watch, kind);
      return;
    }
    if (options.resourceVersion === undefined) {
      this.fillState(watch, kind);
      return;
    }
    const from = Number(options.resourceVersion);
    if (from < kind.compactedTo) {
      watch.put({ fail: this.refusal(410, 'Expired', watch.resource) });
      return;
    }
    for (const event of kind.after(from)) deliver(watch, event);
  }

  private fillState(watch: FakeWatch, kind: FakeHistory): void {
    for (const object of kind.list(watch.namespace)) {
      if (!watch.wants(object.metadata)) continue;
      const json = Buffer.from(JSON.stringify(object));
      watch.put({ send: { type: 'ADDED', object: json } });
    }
  }

  private fillInitial(watch: FakeWatch, kind: FakeHistory): void {
    this.fillState(watch, kind);
    const { resourceVersion } = this;
    const end = { type: 'BOOKMARK' as const, resourceVersion };
    watch.put({ send: { ...end, initialEventsEnd: true } });
  }

  private publish(resource: string): void {
    const event = this.kind(resource).events.at(-1);
    if (event?.version !== this.version_) return;
    for (const watch of this.watches) {
      if (watch.resource === resource) deliver(watch, event);
    }
  }

  private project<T>(json: string, options: ListOptions<T>): T[] {
    try {
      return [options.project(Buffer.from(json))];
    } catch (error) {
      if (!options.onUnreadable) {
        throw this.failure('BadAnswer', 'list', error);
      }
      options.onUnreadable(asError(error));
      return [];
    }
  }

  private begin(
    verb: FakeVerb,
    resource: string,
    signal: AbortSignal,
    namespace?: string,
  ): void {
    this.admit(
      { verb, resource, ...(namespace !== undefined && { namespace }) },
      signal,
    );
  }

  private beginWrite(
    verb: FakeVerb,
    resource: string,
    target: {
      readonly namespace?: string;
      readonly name: string;
      readonly signal: AbortSignal;
    },
  ): void {
    const { namespace, name: wanted } = target;
    this.checkName(wanted, resource);
    const scope = namespace === undefined ? {} : { namespace };
    this.admit({ verb, resource, ...scope, name: wanted }, target.signal);
  }

  private admit(request: FakeRequest, signal: AbortSignal): void {
    const { verb, resource, namespace } = request;
    if (signal.aborted) throw this.failure('Aborted', resource);
    if (namespace !== undefined) this.checkName(namespace, resource);
    this.requests.push(request);
    const at = this.failures.findIndex(
      failure =>
        failure.verb === verb && (failure.resource ?? resource) === resource,
    );
    const [failure] = at < 0 ? [] : this.failures.splice(at, 1);
    if (failure) throw failure.error;
    if (this.absent.has(resource))
      throw this.refusal(404, 'NotFound', resource);
    if (!this.rights.allow(resource, namespace)) {
      throw this.refusal(403, 'Forbidden', resource);
    }
  }

  private checkName(text: string, resource: string): void {
    if (!name.test(text)) throw this.failure('InvalidName', resource);
  }

  private kind(resource: string): FakeHistory {
    const kind = this.kinds.get(resource) ?? new FakeHistory();
    this.kinds.set(resource, kind);
    return kind;
  }

  private refusal(status: number, reason: string, resource: string): KubeError {
    return this.refusalOf({ status, reason, resource });
  }

  private refusalOf(refused: Omit<KubeErrorDetails, 'cluster'>): KubeError {
    const { cluster } = this;
    const { status, reason } = refused;
    return new KubeError(`Cluster "${cluster}" answered ${status} ${reason}.`, {
      cluster,
      ...refused,
    });
  }

  private failure(reason: string, resource: string, cause?: unknown) {
    const { cluster } = this;
    const details = { cluster, reason, resource };
    return new KubeError(`Cluster "${cluster}": ${reason}.`, details, cause);
  }
}

function deliver(watch: FakeWatch, event: FakeEvent): void {
  if (!watch.wants(event)) return;
  const { type, json } = event;
  watch.put({ send: { type, object: Buffer.from(json) } });
}

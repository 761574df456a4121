// SPDX-License-Identifier: Apache-2.0
import type { ResourceType } from './resourceType';

/** One page of a list, and the version of the cluster’s state from which a watch can follow it. @public */
export type ListPage<T> = {
  readonly items: readonly T[];
  readonly resourceVersion: string;
  /** Absent on the last page. */
  readonly continue?: string;
};

/** What a watch tells: a change of one object, or a bookmark that says how far the watch has come without one. @public */
export type WatchEvent<T> =
  | { readonly type: 'ADDED' | 'MODIFIED' | 'DELETED'; readonly object: T }
  | {
      readonly type: 'BOOKMARK';
      readonly resourceVersion: string;
      readonly initialEventsEnd: boolean;
    };

/**
 * Turns one object’s JSON into what is kept of it. Called on the raw bytes, so that it need not build the rest.
 * The buffer is only valid during the call.
 *
 * @public
 */
export type Projection<T> = (json: Buffer) => T;

/** Which objects one page of a list holds; all namespaces when `namespace` is left out. @public */
export type ListOptions<T> = {
  readonly namespace?: string;
  readonly limit: number;
  readonly continue?: string;
  /** `0` accepts what the server has in memory. */
  readonly resourceVersion?: string;
  /** Only objects with each of these labels, compared for equality. */
  readonly labels?: Readonly<Record<string, string>>;
  readonly project: Projection<T>;
  /** An item that is too large or that `project` refuses is left out and told here; without it the call fails. */
  readonly onUnreadable?: (error: Error) => void;
  readonly signal: AbortSignal;
};

/** Which object is read, and what is kept of it. @public */
export type GetOptions<T> = {
  /** Absent for a kind without namespaces. */
  readonly namespace?: string;
  readonly name: string;
  /** The server sends `metadata` and nothing else of the object: what a Secret holds never leaves the cluster. */
  readonly metadataOnly?: boolean;
  readonly project: Projection<T>;
  readonly signal: AbortSignal;
};

/** Which objects are watched, from which version on, and for how long; all namespaces when `namespace` is left out. @public */
export type WatchOptions<T> = {
  readonly namespace?: string;
  /** Only the object of this name: a right to watch this one object is enough. */
  readonly name?: string;
  readonly resourceVersion?: string;
  /** WatchList: the initial state comes as ADDED events, ended by a bookmark with `initialEventsEnd`. */
  readonly sendInitialEvents?: boolean;
  /**
   * The server is asked to end the watch after this. A silence longer than `idleMs` ends it from here, without an error: a
   * server that has nothing to tell is silent too, and opening the watch again shows whether it is there.
   */
  readonly timeoutSeconds: number;
  readonly idleMs: number;
  readonly project: Projection<T>;
  /** An event that is no JSON or has no known type: counted by the caller, never swallowed. */
  readonly onUnreadable: (error: Error) => void;
  /** Called once, when the server has accepted the watch; before any event. */
  readonly onOpen?: () => void;
  readonly signal: AbortSignal;
};

/**
 * Whose log is read and which part of it; `previous` reads the run before the last restart, without `tailLines` it begins at
 * `sinceTime` or the start.
 *
 * @public
 */
export type LogOptions = {
  readonly namespace: string;
  readonly pod: string;
  readonly container: string;
  readonly follow: boolean;
  readonly previous: boolean;
  readonly tailLines?: number;
  /** Truncated to whole seconds by the kubelet. */
  readonly sinceTime?: string;
  readonly limitBytes?: number;
  readonly signal: AbortSignal;
};

/**
 * A question to the cluster’s authorizers: whether somebody may do something. A SubjectAccessReview.
 *
 * @public
 */
export type AccessReview = {
  readonly user: string;
  readonly groups: readonly string[];
  /** Left out: in every namespace. */
  readonly namespace?: string;
  readonly verb: string;
  /** API group; empty for the core group. */
  readonly group: string;
  readonly resource: string;
  readonly subresource?: string;
  readonly signal: AbortSignal;
};

/**
 * An object as it is sent to a cluster. Plain JSON.
 *
 * @public
 */
export type KubeManifest = {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    /** Absent for a kind without namespaces. */
    readonly namespace?: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
    readonly [field: string]: unknown;
  };
  readonly [field: string]: unknown;
};

type WriteOptions<T> = {
  /** Must be that of the manifest; absent for a kind without namespaces. */
  readonly namespace?: string;
  readonly name: string;
  /** The server checks and answers as if, and changes nothing. */
  readonly dryRun?: boolean;
  readonly fieldManager: string;
  readonly project: Projection<T>;
  readonly signal: AbortSignal;
};

/** A server-side apply of one manifest in the name of one field manager. @public */
export type ApplyOptions<T> = WriteOptions<T> & {
  /** `metadata.resourceVersion` in it makes the server refuse when the object has changed since. */
  readonly manifest: KubeManifest;
  /** Takes fields over from other managers instead of being refused. */
  readonly force: boolean;
};

/** The making of one object that must not exist yet. @public */
export type CreateOptions<T> = WriteOptions<T> & {
  readonly manifest: KubeManifest;
};

/** A change of one object, or of one of its subresources, that exists. @public */
export type MergePatchOptions<T> = WriteOptions<T> & {
  /** JSON Merge Patch (RFC 7396). `metadata.resourceVersion` in it is a precondition. */
  readonly patch: Readonly<Record<string, unknown>>;
  /** Such as `scale`. */
  readonly subresource?: 'scale' | 'status';
};

/** Which object is deleted, on which conditions, and what becomes of the objects that it owns. @public */
export type DeleteOptions = {
  readonly namespace?: string;
  readonly name: string;
  /** The server refuses when the object is another one, or has changed. */
  readonly preconditions?: {
    readonly uid?: string;
    readonly resourceVersion?: string;
  };
  readonly propagation: 'Background' | 'Foreground' | 'Orphan';
  readonly dryRun?: boolean;
  readonly signal: AbortSignal;
};

/**
 * The only way to a cluster’s API server. An implementation holds one connection pool per cluster, asks for credentials
 * per connection, follows no redirects and throws only `KubeError`.
 *
 * @public
 */
export interface KubeApi {
  /** The cluster’s name in the portal. */
  readonly cluster: string;
  /**
   * How far the server’s clock is ahead of ours, in milliseconds; below zero when it is behind, 0 when the two are about equal,
   * absent while unknown. Times in objects are the server’s.
   */
  readonly serverLeadMs?: number;
  /** The Kubernetes version that the server says it has, such as `v1.32.0`. @throws KubeError */
  version(signal: AbortSignal): Promise<string>;
  /** One object. @throws KubeError; `isNotFound` when there is none; reason `Aborted` after the signal. */
  get<T>(type: ResourceType, options: GetOptions<T>): Promise<T>;
  /** One page. @throws KubeError; `isExpired` when `continue` is too old; reason `Aborted` after the signal. */
  list<T>(type: ResourceType, options: ListOptions<T>): Promise<ListPage<T>>;
  /**
   * Events in the server’s order until the server or `idleMs` ends the watch or the signal aborts (the generator returns) or
   * it fails.
   * @throws KubeError; `isExpired` both for HTTP 410 and for a 410 inside the stream
   */
  watch<T>(
    type: ResourceType,
    options: WatchOptions<T>,
  ): AsyncGenerator<WatchEvent<T>, void, void>;
  /** Server-side apply: creates the object or changes the fields the manifest names. @throws KubeError; `isConflict` when another manager owns a field, or the resourceVersion is not the one sent */
  apply<T>(type: ResourceType, options: ApplyOptions<T>): Promise<T>;
  /** Creates an object and answers with it as stored. @throws KubeError; `isAlreadyExists` when there is one of that name */
  create<T>(type: ResourceType, options: CreateOptions<T>): Promise<T>;
  /** Changes the fields the patch names. @throws KubeError; `isNotFound`; `isConflict` when the resourceVersion is not the one sent */
  mergePatch<T>(type: ResourceType, options: MergePatchOptions<T>): Promise<T>;
  /** Returns when the server has accepted it; the object may live on until its finalizers are done. @throws KubeError; `isNotFound`; `isConflict` when a precondition does not hold */
  delete(type: ResourceType, options: DeleteOptions): Promise<void>;
  /** Whether the cluster allows it. @throws KubeError; `isForbidden` when we may not ask. */
  reviewAccess(review: AccessReview): Promise<boolean>;
  /** Raw bytes of one container’s log with timestamps; reading slowly slows the server down. Returns when the signal aborts. @throws KubeError */
  readLog(options: LogOptions): AsyncGenerator<Buffer, void, void>;
  /** Closes the pool. Calls under way fail as unreachable. */
  close(): Promise<void>;
}

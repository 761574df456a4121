// SPDX-License-Identifier: Apache-2.0
import type { Projection } from '@tenantry/backstage-plugin-tenants-node';
import { KindState } from './KindState';
import { ObjectReflector } from './ObjectReflector';
import type { ObjectMeta } from './objects';
import {
  Reflector,
  type ReflectorObserver,
  type ReflectorShared,
  type ReflectorSink,
} from './Reflector';
import type { Store } from './Store';
import type { WatchedType } from './watchedKinds';

export type InformerOptions<T extends ObjectMeta> = {
  readonly shared: ReflectorShared;
  readonly type: WatchedType;
  /** Only what is in this namespace; of the namespaces themselves, only this one. */
  readonly namespace?: string;
  readonly project: Projection<T>;
  /** Where the objects are kept; of other namespaces it may hold others. */
  readonly store: Store<T>;
  /** The freshness changed. */
  readonly onState: () => void;
  /** The server’s state is here, and it is followed. */
  readonly onConnection: () => void;
};

/** Counters of one informer, since its start. */
export type InformerCounts = {
  /** Whole states taken in. */
  readonly lists: number;
  /** Events or items that could not be read. */
  readonly unreadable: number;
  /** Changes the watch told. */
  readonly events: number;
  /** Connections that ended, as agreed or not. */
  readonly disconnects: number;
};

/** One kind of one cluster, or of one namespace of it: a reflector that keeps a store, and its freshness. */
export class Informer<T extends ObjectMeta> {
  readonly state: KindState;
  readonly namespace?: string;
  private lists = 0;
  private unreadable = 0;
  private events = 0;
  private disconnects = 0;
  private heardAt?: number;
  private retryAt?: number;
  private synced = false;

  constructor(private readonly options: InformerOptions<T>) {
    this.namespace = options.namespace;
    this.state = new KindState({
      clock: options.shared.clock,
      onChange: options.onState,
    });
  }

  /** Runs until the signal aborts. */
  async run(signal: AbortSignal): Promise<void> {
    this.state.start();
    const reflector = this.createReflector();
    try {
      await reflector.run(signal);
    } finally {
      this.state.stop();
    }
  }

  /** How many objects it keeps. */
  get size(): number {
    const { store, namespace, type } = this.options;
    if (namespace === undefined) return store.size;
    return type.namespaced
      ? store.sizeOf(namespace)
      : Number(store.get('', namespace) !== undefined);
  }

  /** When the server last said something, in milliseconds since the epoch. */
  get lastHeardAt(): number | undefined {
    return this.heardAt;
  }

  /** When it will be tried again; `undefined` while connected or connecting. */
  get nextTryAt(): number | undefined {
    return this.retryAt;
  }

  /** True once a whole state has been taken in. */
  get hasSynced(): boolean {
    return this.synced;
  }

  get counts(): InformerCounts {
    const { lists, unreadable, events, disconnects } = this;
    return { lists, unreadable, events, disconnects };
  }

  /** A namespace may be readable by its name where the list of namespaces is not. */
  private createReflector(): { run(signal: AbortSignal): Promise<void> } {
    const { shared, type, namespace, project } = this.options;
    const sink = this.sink();
    const observer = this.observer();
    const options = { ...shared, type, project, sink, observer };
    return namespace === undefined || type.namespaced
      ? new Reflector<T>({
          ...options,
          namespace,
          olderVersions: type.olderVersions,
        })
      : new ObjectReflector<T>({ ...options, name: namespace });
  }

  private sink(): ReflectorSink<T> {
    const { store } = this.options;
    const sizeNow = () => this.size;
    return {
      get size() {
        return sizeNow();
      },
      replace: objects => this.replace(objects),
      upsert: object => {
        this.events++;
        store.upsert(object);
      },
      remove: object => {
        this.events++;
        store.remove(object);
      },
    };
  }

  private replace(objects: readonly T[]): void {
    const { store, namespace, type } = this.options;
    if (namespace === undefined || type.namespaced) {
      store.replace(objects, namespace);
      return;
    }
    const present = store.get('', namespace);
    if (present && objects.length === 0) store.remove(present);
    for (const object of objects) store.upsert(object);
  }

  private observer(): ReflectorObserver {
    const { clock } = this.options.shared;
    return {
      connected: () => {
        this.retryAt = undefined;
        this.synced = true;
        this.state.connected();
        this.options.onConnection();
      },
      disconnected: error => {
        this.disconnects++;
        this.state.disconnected(error);
      },
      heard: () => {
        this.heardAt = clock.now();
        this.retryAt = undefined;
      },
      waiting: until => {
        this.retryAt = until;
      },
      unreadable: () => {
        this.unreadable++;
      },
      relisted: () => {
        this.lists++;
      },
    };
  }
}

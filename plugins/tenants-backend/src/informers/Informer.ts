// SPDX-License-Identifier: Apache-2.0
import type { Projection } from '@tenantry/backstage-plugin-tenants-node';
import { KindState } from './KindState';
import type { ObjectMeta } from './objects';
import {
  Reflector,
  type ReflectorObserver,
  type ReflectorShared,
  type ReflectorSink,
} from './Reflector';
import { Store, type StoreChange } from './Store';
import type { WatchedType } from './watchedKinds';

export type InformerOptions<T> = {
  readonly shared: ReflectorShared;
  readonly type: WatchedType;
  readonly project: Projection<T>;
  /** An object changed. Cheap and synchronous. */
  readonly onChange: (change: StoreChange<T>) => void;
  /** The freshness changed. */
  readonly onState: () => void;
};

/** Counters of one informer, since its start. */
export type InformerCounts = {
  readonly lists: number;
  readonly unreadable: number;
};

/** One kind of one cluster: its store, kept by a reflector, with its freshness. */
export class Informer<T extends ObjectMeta> {
  readonly store: Store<T>;
  readonly state: KindState;
  readonly type: WatchedType;
  private lists = 0;
  private unreadable = 0;
  private heardAt?: number;
  private retryAt?: number;
  private synced = false;

  constructor(private readonly options: InformerOptions<T>) {
    this.type = options.type;
    this.store = new Store<T>(options.onChange);
    this.state = new KindState({
      clock: options.shared.clock,
      onChange: options.onState,
    });
  }

  /** Runs until the signal aborts. */
  async run(signal: AbortSignal): Promise<void> {
    const { shared, type, project } = this.options;
    this.state.start();
    const reflector = new Reflector<T>({
      ...shared,
      type,
      project,
      sink: this.sink(),
      observer: this.observer(),
    });
    try {
      await reflector.run(signal);
    } finally {
      this.state.stop();
    }
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
    return { lists: this.lists, unreadable: this.unreadable };
  }

  private sink(): ReflectorSink<T> {
    const { store } = this;
    return {
      get size() {
        return store.size;
      },
      replace: objects => store.replace(objects),
      upsert: object => store.upsert(object),
      remove: object => store.remove(object),
    };
  }

  private observer(): ReflectorObserver {
    const { clock } = this.options.shared;
    return {
      connected: () => {
        this.retryAt = undefined;
        this.synced = true;
        this.state.connected();
      },
      disconnected: error => this.state.disconnected(error),
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

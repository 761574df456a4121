// SPDX-License-Identifier: Apache-2.0
import type { Projection } from '@tenantry/backstage-plugin-tenants-node';
import type { KindReport } from './clusterPartial';
import { Informer, type InformerCounts } from './Informer';
import type { KindFreshness } from './KindState';
import type { KindMeasure } from './Lister';
import type { ObjectMeta } from './objects';
import type { ReflectorShared } from './Reflector';
import { Store, type Carry, type StoreChange } from './Store';
import type { WatchedType } from './watchedKinds';

export type KindInformersOptions<T extends ObjectMeta> = {
  readonly shared: ReflectorShared;
  readonly type: WatchedType;
  /** Watched one by one; absent: the whole cluster at once. */
  readonly namespaces?: readonly string[];
  readonly project: Projection<T>;
  /** What an object keeps of the versions before it. Default: nothing. */
  readonly carry?: Carry<T>;
  /** An object changed. Cheap and synchronous. */
  readonly onChange: (change: StoreChange<T>) => void;
  /** The freshness changed somewhere. */
  readonly onState: (state: KindFreshness) => void;
  /** A connection somewhere was made. */
  readonly onConnection: () => void;
};

/** What the parts of a kind are together: old where one is old, and refused only where all are. */
const worstFirst: readonly KindFreshness[] = [
  'stale',
  'refreshing',
  'synced',
  'forbidden',
  'notServed',
];

const noCounts: InformerCounts = {
  lists: 0,
  unreadable: 0,
  events: 0,
  disconnects: 0,
};

function addCounts(a: InformerCounts, b: InformerCounts): InformerCounts {
  return {
    lists: a.lists + b.lists,
    unreadable: a.unreadable + b.unreadable,
    events: a.events + b.events,
    disconnects: a.disconnects + b.disconnects,
  };
}

/** The state of a whole whose parts are these. */
export function combinedState(states: readonly KindFreshness[]): KindFreshness {
  return worstFirst.find(state => states.includes(state)) ?? 'refreshing';
}

/** One kind of one cluster: its store, filled by one informer, or by one for each namespace. */
export class KindInformers<T extends ObjectMeta> {
  readonly store: Store<T>;
  readonly type: WatchedType;
  private readonly informers: readonly Informer<T>[];

  constructor(options: KindInformersOptions<T>) {
    const { shared, type, project, onState, onConnection } = options;
    this.type = type;
    this.store = new Store<T>(options.onChange, options.carry);
    const { store } = this;
    const scopes = options.namespaces ?? [undefined];
    this.informers = scopes.map(namespace => {
      const informer: Informer<T> = new Informer<T>({
        shared,
        type,
        namespace,
        project,
        store,
        onState: () => onState(informer.state.value),
        onConnection,
      });
      return informer;
    });
  }

  /** Runs until the signal aborts. */
  async run(signal: AbortSignal): Promise<void> {
    await Promise.all(this.informers.map(informer => informer.run(signal)));
  }

  /** How many connections are held open. */
  get watches(): number {
    return this.informers.length;
  }

  get state(): KindFreshness {
    return combinedState(this.informers.map(({ state }) => state.value));
  }

  /** True once every part has taken in a whole state, or was refused. */
  get isSettled(): boolean {
    return this.informers.every(
      ({ hasSynced, state: { value } }) =>
        hasSynced || value === 'forbidden' || value === 'notServed',
    );
  }

  /** True while a part is not connected for a reason that is known. */
  get hasFailed(): boolean {
    return this.informers.some(
      ({ state: { lastError } }) => lastError !== undefined,
    );
  }

  get counts(): InformerCounts {
    return this.informers
      .map(({ counts }) => counts)
      .reduce(addCounts, noCounts);
  }

  /** When the server last said something of it, in milliseconds since the epoch. */
  get heardAt(): number | undefined {
    return this.informers.reduce<number | undefined>(
      (last, { lastHeardAt }) =>
        last === undefined || (lastHeardAt ?? last) > last ? lastHeardAt : last,
      undefined,
    );
  }

  get measure(): KindMeasure {
    const { type, store, counts } = this;
    return {
      kind: type.kind,
      objects: store.size,
      heardAt: this.heardAt,
      ...counts,
    };
  }

  /** When the parts that are not connected will be tried again, in milliseconds since the epoch. */
  nextTries(): readonly number[] {
    return this.informers.flatMap(({ nextTryAt, state }) =>
      nextTryAt !== undefined && state.value !== 'synced' ? [nextTryAt] : [],
    );
  }

  reports(): readonly KindReport[] {
    return this.informers.map(informer => ({
      type: this.type,
      namespace: informer.namespace,
      state: informer.state.value,
      objects: informer.size,
      error: informer.state.lastError,
      heardAt: informer.lastHeardAt,
      hasSynced: informer.hasSynced,
    }));
  }
}

// SPDX-License-Identifier: Apache-2.0
import type { LoggerService } from '@backstage/backend-plugin-api';
import type {
  ClusterStatus,
  Freshness,
  PartialData,
} from '@tenantry/backstage-plugin-tenants-common';
import type {
  CustomKind,
  KubeApi,
} from '@tenantry/backstage-plugin-tenants-node';
import type { Clock } from '../time/Clock';
import { clusterPartial, clusterProblems, kindMessage } from './clusterPartial';
import { carryEnds } from './containerEnds';
import type { CustomListing, CustomObject } from './CustomListing';
import { Interner } from './Interner';
import { combinedState, KindInformers } from './KindInformers';
import type { KindFreshness } from './KindState';
import type { ClusterView, KindMeasure, Listers } from './Lister';
import { ListGate } from './ListGate';
import type { ObjectMeta, ObjectsByKind, WatchedKind } from './objects';
import { customProjection } from './projections/custom';
import { projectionOf } from './projections/projectionOf';
import type { ReflectorShared } from './Reflector';
import { Store, type Carry } from './Store';
import { waitFor } from './waitFor';
import {
  reducedKindNames,
  watchedKindNames,
  watchedType,
  type WatchedType,
} from './watchedKinds';

export type ClusterInformersOptions = {
  readonly api: KubeApi;
  readonly clock: Clock;
  /** 0 ≤ n < 1. */
  readonly random: () => number;
  readonly logger: LoggerService;
  /** Called with the namespace that changed; with an empty one when the freshness did. */
  readonly onChange: (namespace: string) => void;
  /** Watched one by one, with the reduced kinds; absent: the whole cluster at once. */
  readonly namespaces?: readonly string[];
  /** Default: all, or the reduced ones. */
  readonly kinds?: readonly WatchedKind[];
  /** Kinds that modules added. */
  readonly customKinds?: readonly CustomKind[];
};

/** So long namespaces, and with them tenants, wait for everything else to be read for the first time. */
const maxHeldBackMs = 10_000;
/** So many watches of a cluster gather their initial state at once; those of a whole cluster all may. */
const maxStatesAtOnce = 32;

function isoTime(ms: number | undefined): string | undefined {
  return ms === undefined ? undefined : new Date(ms).toISOString();
}

function namesTenants({ kind }: WatchedType): boolean {
  return kind === 'Namespace';
}

/** What objects keep of the versions before them. */
const carries: {
  readonly [K in WatchedKind]?: Carry<ObjectsByKind[K]>;
} = { pods: carryEnds };

/**
 * All watched kinds of one cluster: the informers, and what they say together.
 *
 * The cluster’s freshness is the worst of the kinds it serves to us. A kind that is forbidden, in one namespace or in all, is
 * named in `partial` and does not hold up the others; a kind that is not served is no gap: the cluster has no such objects.
 */
export class ClusterInformers implements ClusterView {
  readonly listers: Listers;
  /** Those that are watched. */
  private readonly kinds: readonly KindInformers<ObjectMeta>[];
  private version?: string;
  private told?: Freshness;
  private toldLeadMs = 0;
  private signal?: AbortSignal;
  private lookWhetherRead?: () => void;

  constructor(private readonly options: ClusterInformersOptions) {
    const shared: ReflectorShared = {
      api: options.api,
      clock: options.clock,
      random: options.random,
      listGate: new ListGate(),
      stateGate: new ListGate(maxStatesAtOnce),
      watchList: { usable: true },
    };
    const interner = new Interner();
    const kinds: KindInformers<ObjectMeta>[] = [];
    const add = <T extends ObjectMeta>(kind: KindInformers<T>) => {
      // Only read from here on, so the narrower type of what it holds does not matter.
      kinds.push(kind as unknown as KindInformers<ObjectMeta>);
      return kind.store;
    };
    const wanted = new Set(options.kinds ?? this.defaultKinds());
    const stores = watchedKindNames.map(kind => [
      kind,
      wanted.has(kind)
        ? add(this.createKind(kind, shared, interner))
        : new Store<ObjectMeta>(() => undefined),
    ]);
    const custom = (options.customKinds ?? []).map(
      (kind): CustomListing => ({
        kind,
        objects: add(this.createCustomKind(kind, shared, interner)),
      }),
    );
    this.kinds = kinds;
    this.listers = { ...(Object.fromEntries(stores) as Listers), custom };
  }

  get name(): string {
    return this.options.api.cluster;
  }

  get serverLeadMs(): number | undefined {
    return this.options.api.serverLeadMs;
  }

  /** Runs until the signal aborts. Never throws. */
  async run(signal: AbortSignal): Promise<void> {
    this.signal = signal;
    const others = this.kinds.filter(({ type }) => !namesTenants(type));
    const running = others.map(kind => kind.run(signal));
    // Tenants that appear before what is in them would be shown with gaps that are none.
    await this.firstReading(others, signal);
    const first = this.kinds.filter(({ type }) => namesTenants(type));
    await Promise.all([...running, ...first.map(kind => kind.run(signal))]);
  }

  /** Resolves when the kinds are read or have failed for the first time, or have taken too long. */
  private async firstReading(
    kinds: readonly KindInformers<ObjectMeta>[],
    signal: AbortSignal,
  ): Promise<void> {
    const { clock } = this.options;
    const done = new AbortController();
    this.lookWhetherRead = () => {
      if (kinds.every(kind => kind.isSettled || kind.hasFailed)) done.abort();
    };
    this.lookWhetherRead();
    await waitFor(maxHeldBackMs, {
      clock,
      signal: AbortSignal.any([signal, done.signal]),
    });
    this.lookWhetherRead = undefined;
  }

  /** How many connections are held open for watches. */
  get watches(): number {
    return this.kinds.reduce((sum, { watches }) => sum + watches, 0);
  }

  /** True once every kind has taken in a whole state or was refused. */
  get isSettled(): boolean {
    return this.kinds.every(kind => kind.isSettled);
  }

  get freshness(): Freshness {
    const state = combinedState(this.kinds.map(kind => kind.state));
    return state === 'forbidden' || state === 'notServed' ? 'stale' : state;
  }

  get partial(): readonly PartialData[] {
    return clusterPartial(
      this.name,
      this.kinds.flatMap(kind => kind.reports()),
    );
  }

  observedAt(): string | undefined {
    let last = -Infinity;
    for (const { heardAt = last } of this.kinds) last = Math.max(last, heardAt);
    return last === -Infinity ? undefined : isoTime(last);
  }

  get status(): ClusterStatus {
    const reports = this.kinds.flatMap(kind => kind.reports());
    const { freshness } = this;
    const problems = clusterProblems(this.name, reports);
    return {
      name: this.name,
      freshness,
      observedAt: this.observedAt(),
      version: this.version,
      problem: problems[0],
      kinds: this.kinds.map(kind => ({
        kind: kind.type.kind,
        state: kind.state,
        objects: kind.store.size,
        message: kindMessage(this.name, kind, problems),
        ...(kind.type.optional && { optional: true }),
      })),
      nextTryAt: this.nextTryAt(freshness),
    };
  }

  /** Counters of a kind, for metrics. */
  counts(name: WatchedKind) {
    const { kind } = watchedType(name);
    return this.kinds.find(({ type }) => type.kind === kind)?.counts;
  }

  /** What each kind’s informers have done and hold, for metrics. */
  measures(): readonly KindMeasure[] {
    return this.kinds.map(({ measure }) => measure);
  }

  private defaultKinds(): readonly WatchedKind[] {
    return this.options.namespaces ? reducedKindNames : watchedKindNames;
  }

  private nextTryAt(freshness: Freshness): string | undefined {
    if (freshness === 'synced') return undefined;
    const tries = this.kinds.flatMap(kind => kind.nextTries());
    return tries.length > 0 ? isoTime(Math.min(...tries)) : undefined;
  }

  private createCustomKind(
    kind: CustomKind,
    shared: ReflectorShared,
    interner: Interner,
  ): KindInformers<CustomObject> {
    const { onChange, namespaces } = this.options;
    return new KindInformers<CustomObject>({
      shared,
      namespaces,
      type: { ...kind.type, optional: true },
      project: customProjection(kind, interner),
      onChange: ({ object }) => onChange(object.namespace),
      onState: state => this.kindChanged(kind.type.kind, state),
      onConnection: () => this.lookAtClock(),
    });
  }

  private createKind<K extends WatchedKind>(
    kind: K,
    shared: ReflectorShared,
    interner: Interner,
  ): KindInformers<ObjectsByKind[K]> {
    const { onChange, namespaces } = this.options;
    const namesNamespace = kind === 'namespaces';
    return new KindInformers<ObjectsByKind[K]>({
      shared,
      namespaces,
      type: watchedType(kind),
      project: projectionOf(kind, interner),
      carry: carries[kind],
      onChange: ({ object }) =>
        onChange(namesNamespace ? object.name : object.namespace),
      onState: state => this.kindChanged(kind, state),
      onConnection: () => this.lookAtClock(),
    });
  }

  private kindChanged(kind: string, state: KindFreshness): void {
    const { logger, onChange } = this.options;
    logger.debug('Kind changed state', { kind, state });
    this.lookWhetherRead?.();
    const { freshness } = this;
    if (freshness !== this.told) {
      this.told = freshness;
      logger.info('Cluster changed freshness', { freshness });
      if (freshness === 'synced') this.readVersion();
    }
    onChange('');
  }

  /** All ages are others then. */
  private lookAtClock(): void {
    const { serverLeadMs = 0 } = this;
    if (serverLeadMs === this.toldLeadMs) return;
    this.toldLeadMs = serverLeadMs;
    const { logger, onChange } = this.options;
    logger.info('Clock of the cluster differs from ours', { serverLeadMs });
    onChange('');
  }

  /** The version is only shown; what keeps us from reading it shows in the kinds. */
  private readVersion(): void {
    const { api, logger, onChange } = this.options;
    if (!this.signal) return;
    api.version(this.signal).then(
      version => {
        if (version === this.version) return;
        this.version = version;
        onChange('');
      },
      () => logger.debug('The version could not be read'),
    );
  }
}

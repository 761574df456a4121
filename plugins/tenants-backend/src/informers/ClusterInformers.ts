// SPDX-License-Identifier: Apache-2.0
import type { LoggerService } from '@backstage/backend-plugin-api';
import type {
  ClusterStatus,
  Freshness,
  PartialData,
} from '@tenantry/backstage-plugin-tenants-common';
import type { KubeApi } from '@tenantry/backstage-plugin-tenants-node';
import type { Clock } from '../time/Clock';
import { clusterPartial, type KindReport } from './clusterPartial';
import { Informer } from './Informer';
import { Interner } from './Interner';
import type { ClusterView, Listers } from './Lister';
import { ListGate } from './ListGate';
import type { ObjectMeta, ObjectsByKind, WatchedKind } from './objects';
import { projectionOf } from './projections/projectionOf';
import type { ReflectorShared } from './Reflector';
import { watchedKindNames, watchedType } from './watchedKinds';

export type ClusterInformersOptions = {
  readonly api: KubeApi;
  readonly clock: Clock;
  /** 0 ≤ n < 1. */
  readonly random: () => number;
  readonly logger: LoggerService;
  /** Called with the namespace that changed; with an empty one when the freshness did. */
  readonly onChange: (namespace: string) => void;
  /** Default: all. */
  readonly kinds?: readonly WatchedKind[];
};

const worstFirst = ['stale', 'refreshing', 'synced'] as const;

function isoTime(ms: number | undefined): string | undefined {
  return ms === undefined ? undefined : new Date(ms).toISOString();
}

/**
 * All watched kinds of one cluster: the informers, and what they say together.
 *
 * The cluster’s freshness is the worst of the kinds it serves to us. A kind that is forbidden or not served is named in
 * `partial` and does not hold up the others; an optional kind that is not served is no gap at all.
 */
export class ClusterInformers implements ClusterView {
  readonly listers: Listers;
  private readonly informers: ReadonlyMap<WatchedKind, Informer<ObjectMeta>>;
  private version?: string;
  private told?: Freshness;
  private signal?: AbortSignal;

  constructor(private readonly options: ClusterInformersOptions) {
    const shared: ReflectorShared = {
      api: options.api,
      clock: options.clock,
      random: options.random,
      listGate: new ListGate(),
      watchList: { usable: true },
    };
    const interner = new Interner();
    const informers = new Map<WatchedKind, Informer<ObjectMeta>>();
    const listers: Partial<Record<WatchedKind, unknown>> = {};
    const add = <K extends WatchedKind>(kind: K) => {
      const informer = this.createInformer(kind, shared, interner);
      listers[kind] = informer.store;
      informers.set(kind, informer as unknown as Informer<ObjectMeta>);
    };
    watchedKindNames.forEach(add);
    this.informers = informers;
    this.listers = listers as Listers;
  }

  get name(): string {
    return this.options.api.cluster;
  }

  /** Runs until the signal aborts. Never throws. */
  async run(signal: AbortSignal): Promise<void> {
    const wanted = new Set(this.options.kinds ?? watchedKindNames);
    const running = [...this.informers]
      .filter(([kind]) => wanted.has(kind))
      .map(([, informer]) => informer.run(signal));
    this.signal = signal;
    await Promise.all(running);
  }

  get freshness(): Freshness {
    const states = new Set(this.reports().map(({ state }) => state));
    return worstFirst.find(state => states.has(state)) ?? 'stale';
  }

  get partial(): readonly PartialData[] {
    return clusterPartial(this.name, this.reports());
  }

  get status(): ClusterStatus {
    const reports = this.reports();
    const { freshness } = this;
    const problems = clusterPartial(this.name, reports);
    const heard = reports.flatMap(({ heardAt }) => heardAt ?? []);
    return {
      name: this.name,
      freshness,
      observedAt: heard.length > 0 ? isoTime(Math.max(...heard)) : undefined,
      version: this.version,
      problem: problems[0],
      kinds: reports.map(report => ({
        kind: report.type.kind,
        state: report.state,
        objects: report.objects,
        message: problems.find(({ kind }) => kind === report.type.kind)
          ?.message,
      })),
      nextTryAt: this.nextTryAt(freshness),
    };
  }

  /** Counters of a kind, for metrics. */
  counts(kind: WatchedKind) {
    return this.informers.get(kind)?.counts;
  }

  private nextTryAt(freshness: Freshness): string | undefined {
    if (freshness === 'synced') return undefined;
    const tries = [...this.informers.values()].flatMap(({ nextTryAt, state }) =>
      nextTryAt !== undefined && state.value !== 'synced' ? nextTryAt : [],
    );
    return tries.length > 0 ? isoTime(Math.min(...tries)) : undefined;
  }

  private reports(): readonly KindReport[] {
    const wanted = this.options.kinds ?? watchedKindNames;
    return wanted.flatMap(kind => {
      const informer = this.informers.get(kind);
      if (!informer) return [];
      return {
        type: informer.type,
        state: informer.state.value,
        objects: informer.store.size,
        error: informer.state.lastError,
        heardAt: informer.lastHeardAt,
        hasSynced: informer.hasSynced,
      };
    });
  }

  private createInformer<K extends WatchedKind>(
    kind: K,
    shared: ReflectorShared,
    interner: Interner,
  ): Informer<ObjectsByKind[K]> {
    const { onChange } = this.options;
    const namesNamespace = kind === 'namespaces';
    return new Informer<ObjectsByKind[K]>({
      shared,
      type: watchedType(kind),
      project: projectionOf(kind, interner),
      onChange: ({ object }) =>
        onChange(namesNamespace ? object.name : object.namespace),
      onState: () => this.stateChanged(kind),
    });
  }

  private stateChanged(kind: WatchedKind): void {
    const { logger, onChange } = this.options;
    const state = this.informers.get(kind)?.state.value;
    logger.debug('Kind changed state', { kind, state: state ?? '' });
    const { freshness } = this;
    if (freshness !== this.told) {
      this.told = freshness;
      logger.info('Cluster changed freshness', { freshness });
      if (freshness === 'synced') this.readVersion();
    }
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

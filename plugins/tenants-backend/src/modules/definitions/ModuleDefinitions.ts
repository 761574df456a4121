// SPDX-License-Identifier: Apache-2.0
import type { DefinitionsStatus } from '@tenantry/backstage-plugin-tenants-common';
import type { ModuleDefinitionSource } from '@tenantry/backstage-plugin-tenants-node';
import {
  parseDefinitions,
  type ModuleCatalogue,
} from '@tenantry/backstage-plugin-tenants-node/definitions';
import { Listeners } from '../../snapshots/Listeners';
import type { Clock } from '../../time/Clock';
import { mergeSources, type MergeCandidate } from './mergeSources';
import { SourceState } from './SourceState';

/** A source, and how often it is read when it tells of no change. */
export type ScheduledSource = {
  readonly source: ModuleDefinitionSource;
  readonly everyMs: number;
};

type Options = {
  readonly sources: readonly ScheduledSource[];
  readonly clock: Clock;
  /** Kinds that modules of tenants may hold beside the usual ones, as `apiVersion/Kind`. */
  readonly allowedKinds?: readonly string[];
  /** A source could not be read for a reason that its files do not explain. */
  readonly onFailure: (source: string, error: unknown) => void;
};

/** Changes that come within this time are read once. */
const SETTLE_MS = 200;
/** A source that answers no sooner is given up until the next time. */
const READ_TIMEOUT_MS = 60_000;

/**
 * The module definitions in use. Each source is read when it says that it changed, and from time to time; content that is the same is not
 * parsed again. Content with mistakes is refused: what was good last stays in use, and the status tells the mistakes.
 */
export class ModuleDefinitions {
  private readonly states: readonly SourceState[];
  private readonly listeners = new Listeners<ModuleCatalogue>();
  private catalogue?: ModuleCatalogue;

  constructor(private readonly options: Options) {
    this.states = options.sources.map(({ source }) => new SourceState(source));
  }

  /** The catalogue in use; `undefined` before every source has been read once. */
  current(): ModuleCatalogue | undefined {
    return this.catalogue;
  }

  /** What became of each source, in the order of the configuration. */
  status(): readonly DefinitionsStatus[] {
    return this.states.map(state => state.status());
  }

  /** Calls back when another catalogue comes into use. Returns the way to stop. */
  onChange(listener: (catalogue: ModuleCatalogue) => void): () => void {
    return this.listeners.add(listener);
  }

  /** Begins to read. Resolves when every source has been tried once; never rejects. */
  async start(signal: AbortSignal): Promise<void> {
    const { sources } = this.options;
    if (sources.length === 0) this.merge();
    await Promise.all(
      this.states.map((state, index) =>
        this.follow(state, sources[index].everyMs, signal),
      ),
    );
  }

  private async follow(
    state: SourceState,
    everyMs: number,
    signal: AbortSignal,
  ): Promise<void> {
    const { clock } = this.options;
    let cancel: () => void = () => {};
    let isReading = false;
    let isDirty = false;
    const read = async () => {
      if (signal.aborted) return;
      cancel();
      if (isReading) {
        isDirty = true;
        return;
      }
      isReading = true;
      isDirty = false;
      await this.read(state, signal);
      isReading = false;
      cancel = clock.after(isDirty ? SETTLE_MS : everyMs, () => void read());
    };
    const stop = state.source.onChange?.(() => {
      if (isReading) isDirty = true;
      else {
        cancel();
        cancel = clock.after(SETTLE_MS, () => void read());
      }
    });
    signal.addEventListener(
      'abort',
      () => {
        cancel();
        stop?.();
      },
      { once: true },
    );
    await read();
  }

  private async read(state: SourceState, signal: AbortSignal): Promise<void> {
    const { clock, onFailure } = this.options;
    const timeout = new AbortController();
    const cancel = clock.after(READ_TIMEOUT_MS, () => timeout.abort());
    const both = AbortSignal.any([signal, timeout.signal]);
    const outcome = await state.read(both, clock.now());
    cancel();
    if (signal.aborted) return;
    if (outcome.failure !== undefined)
      onFailure(state.source.id, outcome.failure);
    const isReady = this.states.every(each => each.isTried);
    if (isReady && (outcome.isNew || !this.catalogue)) this.merge();
  }

  private merge(): void {
    const { clock, allowedKinds } = this.options;
    const candidates: MergeCandidate[] = this.states.map(state => ({
      id: state.source.id,
      newest: state.newest,
      good: state.good,
    }));
    const merged = mergeSources(candidates, files =>
      parseDefinitions(files, { allowedKinds }),
    );
    for (const state of this.states) {
      const { used, problems } = merged.sources.get(state.source.id) ?? {};
      state.settle({ used, problems: problems ?? [], now: clock.now() });
    }
    const { catalogue } = merged;
    if (!catalogue || catalogue.version === this.catalogue?.version) return;
    this.catalogue = catalogue;
    this.listeners.emit(catalogue);
  }
}

// SPDX-License-Identifier: Apache-2.0
import {
  createMergePatch,
  type Operation,
} from '@tenantry/backstage-plugin-tenants-common';
import { contentVersion } from '../snapshots/contentVersion';
import { Listeners } from '../snapshots/Listeners';
import type { Clock } from '../time/Clock';
import type { Wakeups } from './engine/Wakeups';
import type { OperationHistory } from './store/OperationHistory';

/** How often what is watched is looked at. */
const WATCH_LIMITS = {
  /** Other replicas write too. */
  everyMs: 500,
  /** What this process writes is gathered for so long. */
  gatherMs: 50,
  newest: 50,
} as const;

/** A value at one version. `json` is made once. */
export type WatchedValue = {
  readonly version: string;
  readonly json: string;
  readonly value: unknown;
};

/** From one version to the next; no `to` when it is gone. */
export type WatchedChange = {
  readonly from: WatchedValue;
  readonly to?: WatchedValue;
  readonly patchJson: string;
};

/** What can be watched: one operation, the operations of a tenant, or all. */
export type WatchTarget =
  | { readonly operation: string }
  | { readonly tenant: string | undefined };

type Watched = {
  readonly target: WatchTarget;
  readonly changes: Listeners<WatchedChange>;
  /** What the database said when it was last read: equal, and nothing has changed. */
  signature: string;
  current: WatchedValue;
};

type WatchedOperationsOptions = {
  readonly history: OperationHistory;
  readonly wakeups: Wakeups;
  readonly clock: Clock;
  readonly onFailure: (error: unknown) => void;
};

/** One reader’s view of a watched value. */
export type Watch = {
  readonly current: () => WatchedValue;
  readonly onChange: (listener: (change: WatchedChange) => void) => () => void;
  readonly close: () => void;
};

/**
 * What readers of streams follow of the operations. Each value is read once for all its readers, and only while it has some;
 * its changes come from the database, so that it does not matter which replica made them. Bounded by the limits on streams.
 */
export class WatchedOperations {
  private readonly watched = new Map<string, Watched>();
  private readonly opening = new Map<string, Promise<Watched | undefined>>();
  private readonly readers = new Map<string, number>();
  private cancelTimer?: () => void;
  private stopListening = () => {};
  private looking = false;

  constructor(private readonly options: WatchedOperationsOptions) {}

  /** Number of values that are watched. */
  get size(): number {
    return this.watched.size;
  }

  /** Opens a view; `undefined` when there is no such operation. */
  async open(target: WatchTarget): Promise<Watch | undefined> {
    const key = JSON.stringify(target);
    this.readers.set(key, (this.readers.get(key) ?? 0) + 1);
    const entry = this.watched.get(key) ?? (await this.begin(key, target));
    if (!entry) {
      this.leave(key);
      return undefined;
    }
    let isOpen = true;
    return {
      current: () => entry.current,
      onChange: listener => entry.changes.add(listener),
      close: () => {
        if (isOpen) this.leave(key);
        isOpen = false;
      },
    };
  }

  private async begin(
    key: string,
    target: WatchTarget,
  ): Promise<Watched | undefined> {
    const known = this.opening.get(key);
    if (known) return known;
    const opening = this.read(target).then(read => {
      if (!read) return undefined;
      const entry = {
        target,
        changes: new Listeners<WatchedChange>(),
        ...read,
      };
      this.watched.set(key, entry);
      this.schedule(WATCH_LIMITS.everyMs);
      return entry;
    });
    this.opening.set(key, opening);
    try {
      return await opening;
    } finally {
      this.opening.delete(key);
    }
  }

  private leave(key: string): void {
    const left = (this.readers.get(key) ?? 1) - 1;
    if (left > 0) {
      this.readers.set(key, left);
      return;
    }
    this.readers.delete(key);
    this.watched.delete(key);
    if (this.watched.size > 0) return;
    this.cancelTimer?.();
    this.cancelTimer = undefined;
    this.stopListening();
    this.stopListening = () => {};
  }

  private schedule(delayMs: number): void {
    const { clock, wakeups } = this.options;
    if (this.watched.size === 1 && !this.cancelTimer) {
      this.stopListening();
      this.stopListening = wakeups.onWritten(() =>
        this.schedule(WATCH_LIMITS.gatherMs),
      );
    }
    if (this.looking) return;
    this.cancelTimer?.();
    this.cancelTimer = clock.after(delayMs, () => void this.look());
  }

  private async look(): Promise<void> {
    this.looking = true;
    try {
      for (const entry of [...this.watched.values()]) await this.refresh(entry);
    } catch (error) {
      this.options.onFailure(error);
    } finally {
      this.looking = false;
      if (this.watched.size > 0) this.schedule(WATCH_LIMITS.everyMs);
    }
  }

  private async refresh(entry: Watched): Promise<void> {
    const signature = await this.signatureOf(entry.target);
    if (signature === entry.signature) return;
    const read = await this.read(entry.target);
    const from = entry.current;
    if (!read) {
      entry.signature = signature;
      entry.changes.emit({ from, patchJson: 'null' });
      return;
    }
    entry.signature = read.signature;
    if (read.current.version === from.version) return;
    entry.current = read.current;
    const patch = createMergePatch(from.value, read.current.value);
    entry.changes.emit({
      from,
      to: read.current,
      patchJson: JSON.stringify(patch),
    });
  }

  private async read(
    target: WatchTarget,
  ): Promise<{ signature: string; current: WatchedValue } | undefined> {
    // Before the value: what is written between the two is read once more.
    const signature = await this.signatureOf(target);
    const value = await this.valueOf(target);
    if (!value) return undefined;
    const json = JSON.stringify(value);
    return {
      signature,
      current: { value, json, version: contentVersion(value) },
    };
  }

  private async valueOf(target: WatchTarget): Promise<unknown> {
    const { history } = this.options;
    if ('operation' in target) return history.get(target.operation);
    const { tenant } = target;
    const limit = WATCH_LIMITS.newest;
    const [newest, active] = await Promise.all([
      history.list({ tenant, limit }),
      history.list({ tenant, limit, state: 'active' }),
    ]);
    const all = [...newest.items, ...active.items];
    const operations = Object.fromEntries(
      all.map((operation): [string, Operation] => [operation.id, operation]),
    );
    return { operations };
  }

  private async signatureOf(target: WatchTarget): Promise<string> {
    const { history } = this.options;
    const rows =
      'operation' in target
        ? await history.versions([target.operation])
        : await history.newestVersions(target.tenant, WATCH_LIMITS.newest);
    return rows.map(({ id, version }) => `${id} ${version}`).join('\n');
  }
}

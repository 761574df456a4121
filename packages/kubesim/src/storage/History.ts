// SPDX-License-Identifier: Apache-2.0
import type { Kind } from '../kinds/Kind';
import { Revision } from './Revision';

/** @public */
export type ChangeType = 'ADDED' | 'MODIFIED' | 'DELETED';

/** One change of one object. The JSON in its watch lines is made at most once and shared by all watchers. */
export class HistoryEvent {
  private gone: Revision | undefined;

  constructor(
    readonly type: ChangeType,
    readonly kind: Kind,
    readonly revision: Revision,
    readonly previous: Revision | undefined,
  ) {}

  /** The watch line with the given type; a selector can turn MODIFIED into ADDED or DELETED. */
  line(type: ChangeType): string {
    return `{"type":"${type}","object":${this.shown(type).json}}\n`;
  }

  /** What a line shows: of an object that is gone, or no longer selected, its last state with the version of the change. */
  shown(type: ChangeType): Revision {
    if (type !== 'DELETED' || !this.previous) return this.revision;
    this.gone ??= lastState(this.previous, this.revision);
    return this.gone;
  }
}

function lastState({ object }: Revision, { object: after, version }: Revision) {
  const { resourceVersion } = after.metadata;
  const metadata = { ...object.metadata, resourceVersion };
  return new Revision({ ...object, metadata }, version);
}

/** The latest changes of one kind, at most twice `limit`; watches resume from it. */
export class History {
  private events: HistoryEvent[] = [];
  private dropped = 0;

  constructor(private readonly limit: number) {}

  /** Versions before this one can no longer be resumed from. */
  get compactedAt(): number {
    return this.dropped;
  }

  append(event: HistoryEvent): void {
    this.events.push(event);
    if (this.events.length > this.limit * 2) this.keep(this.limit);
  }

  /** Forgets everything up to a version. */
  compact(version: number): void {
    this.events = [];
    this.dropped = version;
  }

  /** Changes after a version, oldest first; `undefined` when some of them are gone. */
  since(version: number): readonly HistoryEvent[] | undefined {
    if (version < this.dropped) return undefined;
    let low = 0;
    let high = this.events.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.events[middle].revision.version <= version) low = middle + 1;
      else high = middle;
    }
    return this.events.slice(low);
  }

  private keep(count: number): void {
    const cut = this.events.length - count;
    this.dropped = this.events[cut - 1].revision.version;
    this.events = this.events.slice(cut);
  }
}

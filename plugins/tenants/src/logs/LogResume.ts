// SPDX-License-Identifier: Apache-2.0
import type { LogSource } from '@tenantry/backstage-plugin-tenants-common';
import { comparableTime, type WireLine } from './wireLines';

/** How far back the log is read again after a drop: nodes disagree on the time, and the kubelet knows whole seconds only. */
export const RESUME_OVERLAP_MS = 30_000;

type Position = { time: string; seen: number; toSkip: number };

/** Names a container across connections. */
export function sourceKey(source: LogSource): string {
  const { cluster, namespace, pod, container } = source;
  return `${cluster}/${namespace}/${pod}/${container}`;
}

/**
 * Joins the log of a new connection to what was read before: lines that were seen are left out, by time and by
 * how many lines of the last time were seen. Without a drop every line is new.
 */
export class LogResume {
  readonly #positions = new Map<string, Position>();
  #newest = Number.NaN;

  /** From when on to read again; `undefined` when nothing was read yet. */
  get sinceTime(): string | undefined {
    if (Number.isNaN(this.#newest)) return undefined;
    return new Date(this.#newest - RESUME_OVERLAP_MS).toISOString();
  }

  /** Call before the first line of a new connection. */
  reconnect(): void {
    for (const position of this.#positions.values()) {
      position.toSkip = position.seen;
    }
  }

  /** Whether a line was not seen before; remembers it. */
  isNew(source: LogSource, line: WireLine): boolean {
    const key = sourceKey(source);
    const time = comparableTime(line.time);
    const position = this.#positions.get(key);
    if (!position || time > position.time) {
      this.#positions.set(key, { time, seen: 1, toSkip: 0 });
      this.#newest = Math.max(
        Date.parse(line.time),
        Number.isNaN(this.#newest) ? 0 : this.#newest,
      );
      return true;
    }
    if (position.toSkip === 0) {
      if (time === position.time) position.seen += 1;
      return true;
    }
    if (time === position.time) position.toSkip -= 1;
    return false;
  }
}

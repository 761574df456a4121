// SPDX-License-Identifier: Apache-2.0
import type { LogSource } from '@tenantry/backstage-plugin-tenants-common';
import { sourceKey } from './sourceKey';
import { comparableTime } from './wireLines';

/** How far back the log is read again after a drop: nodes disagree on the time, and the kubelet knows whole seconds only. */
export const RESUME_OVERLAP_MS = 30_000;

type Position = { time: string; seen: number; toSkip: number };

function timeOf(line: string): string {
  const space = line.indexOf(' ');
  return space < 0 ? line : line.slice(0, space);
}

/** The last line's time as it is written, and how many lines at the end have it. */
function lastTime(text: string): { time: string; count: number } {
  const time = timeOf(text.slice(text.lastIndexOf('\n') + 1));
  let count = 0;
  let end = text.length;
  while (end > 0) {
    const start = text.lastIndexOf('\n', end - 1) + 1;
    if (timeOf(text.slice(start, end)) !== time) break;
    count += 1;
    end = start - 1;
  }
  return { time, count };
}

/**
 * Joins the log of a new connection to what was read before: lines that were seen are left out, by time and by
 * how many lines of the last time were seen. Without a drop every line is new, and only the last ones are looked at.
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

  /** What comes of a container is new: the portal goes on exactly behind what was read. */
  forget(source: LogSource): void {
    const position = this.#positions.get(sourceKey(source));
    if (position) position.toSkip = 0;
  }

  /** The lines that were not seen before; remembers them. `undefined` when there is none. */
  takeNew(source: LogSource, text: string): string | undefined {
    const key = sourceKey(source);
    if (this.#positions.get(key)?.toSkip) {
      const lines = text.split('\n').filter(line => this.#isNew(key, line));
      return lines.length > 0 ? lines.join('\n') : undefined;
    }
    const { time, count } = lastTime(text);
    this.#reach(key, time, count);
    return text;
  }

  #isNew(key: string, line: string): boolean {
    const written = timeOf(line);
    const time = comparableTime(written);
    const position = this.#positions.get(key);
    if (!position || time > position.time || position.toSkip === 0) {
      this.#reach(key, written, 1);
      return true;
    }
    if (time === position.time) position.toSkip -= 1;
    return false;
  }

  #reach(key: string, written: string, count: number): void {
    const time = comparableTime(written);
    const position = this.#positions.get(key);
    if (position?.time === time) position.seen += count;
    if (position && position.time >= time) return;
    this.#positions.set(key, { time, seen: count, toSkip: 0 });
    const at = Date.parse(written);
    if (!(at <= this.#newest)) this.#newest = at;
  }
}

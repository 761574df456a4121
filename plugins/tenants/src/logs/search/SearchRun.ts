// SPDX-License-Identifier: Apache-2.0
import type { LogSearch } from '@tenantry/backstage-plugin-tenants-common';
import { BLOCK_ROWS } from '../buffer/LogBlock';
import { slotOf, type LogBuffer } from '../LogBuffer';
import type { Hits } from '../rows/RowList';
import type { LogWork } from '../work/LogWork';
import type { SearchJob } from '../work/searchChunk';

/** What a {@link SearchRun} looks through. */
export type SearchRunOptions = {
  readonly buffer: LogBuffer;
  readonly work: LogWork;
  readonly search: LogSearch;
  /** Tells when rows came. */
  readonly subscribe: (listener: () => void) => () => void;
};

/** How often it is told what was found. */
const TELL_EVERY_MS = 100;

type Range = { readonly from: number; readonly to: number };

/** A search through all rows that are held and all that come, block by block, elsewhere. */
export class SearchRun implements Hits {
  readonly #options: SearchRunOptions;
  readonly #listeners = new Set<() => void>();
  #keys: number[] = [];
  #scannedFrom: number;
  #scannedTo: number;
  #version = 0;
  #failure: Error | undefined;
  #toldAt = -Infinity;
  #late: ReturnType<typeof setTimeout> | undefined;

  constructor(options: SearchRunOptions) {
    this.#options = options;
    this.#scannedFrom = options.buffer.firstKey;
    this.#scannedTo = this.#scannedFrom;
  }

  /** Keys of the hits, oldest first. It grows; whoever needs to know sees it by the version. */
  get keys(): readonly number[] {
    return this.#keys;
  }

  get scannedFrom(): number {
    return this.#scannedFrom;
  }

  get scannedTo(): number {
    return this.#scannedTo;
  }

  get search(): LogSearch {
    return this.#options.search;
  }

  /** Why it ended early. */
  get failure(): Error | undefined {
    return this.#failure;
  }

  /** Another number whenever something changed. */
  readonly version = (): number => this.#version;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Looks through what is there and comes, until `signal` fires. */
  async run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      const range = this.#nextRange();
      if (!range) {
        await this.#untilRows(signal);
        continue;
      }
      try {
        const found = await this.#options.work.search(this.#jobOf(range));
        if (signal.aborted) return;
        this.#take(range, found);
        this.#tellSoon();
      } catch (error) {
        this.#failure = error instanceof Error ? error : new Error('failed');
        this.#tell();
        return;
      }
    }
  }

  /** What to look through next: never more than a block, the newest hits last. */
  #nextRange(): Range | undefined {
    const { firstKey, endKey } = this.#options.buffer;
    if (firstKey < this.#scannedFrom) {
      const to = this.#scannedFrom;
      const block = Math.floor((to - 1) / BLOCK_ROWS) * BLOCK_ROWS;
      return { from: Math.max(firstKey, block), to };
    }
    const from = Math.max(firstKey, this.#scannedTo);
    if (from >= endKey) return undefined;
    const block = (Math.floor(from / BLOCK_ROWS) + 1) * BLOCK_ROWS;
    return { from, to: Math.min(endKey, block) };
  }

  #jobOf({ from, to }: Range): SearchJob {
    const block = this.#options.buffer.blockOf(from);
    const first = slotOf(from);
    const end = first + to - from;
    const starts = block.starts.slice(first, end);
    const lengths = block.lengths.slice(first, end);
    const flags = block.flags.slice(first, end);
    let low = Infinity;
    let high = 0;
    for (let i = 0; i < starts.length; i++) {
      if (lengths[i] === 0) continue;
      low = Math.min(low, starts[i]);
      high = Math.max(high, starts[i] + lengths[i]);
    }
    const base = Math.min(low, high);
    for (let i = 0; i < starts.length; i++) {
      starts[i] = Math.max(0, starts[i] - base);
    }
    const bytes = block.bytes.slice(base, high);
    return { search: this.search, bytes, starts, lengths, flags };
  }

  #take({ from, to }: Range, found: Uint32Array): void {
    const keys = Array.from(found, row => from + row);
    if (to === this.#scannedFrom && from < to) {
      this.#keys = [...keys, ...this.#keys];
      this.#scannedFrom = from;
    } else {
      for (const key of keys) this.#keys.push(key);
    }
    this.#scannedTo = Math.max(this.#scannedTo, to);
    this.#dropGone();
  }

  #dropGone(): void {
    const { firstKey } = this.#options.buffer;
    if (this.#keys.length === 0 || this.#keys[0] >= firstKey) return;
    this.#keys = this.#keys.filter(key => key >= firstKey);
  }

  #untilRows(signal: AbortSignal): Promise<void> {
    return new Promise(resolve => {
      const stop = this.#options.subscribe(() => {
        stop();
        resolve();
      });
      signal.addEventListener('abort', () => {
        stop();
        resolve();
      });
    });
  }

  /** Each time it is told, the page is drawn anew: not for every one of some hundred blocks, nor for each line that comes. */
  #tellSoon(): void {
    const waitMs = TELL_EVERY_MS - (performance.now() - this.#toldAt);
    if (waitMs <= 0) this.#tell();
    else this.#late ??= setTimeout(() => this.#tell(), waitMs);
  }

  #tell(): void {
    clearTimeout(this.#late);
    this.#late = undefined;

    this.#version += 1;
    this.#toldAt = performance.now();
    for (const listener of [...this.#listeners]) listener();
  }
}

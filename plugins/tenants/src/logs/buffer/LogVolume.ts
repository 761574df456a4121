// SPDX-License-Identifier: Apache-2.0

/** How much was written in a stretch of time. */
export type VolumeBucket = {
  /** Start, in milliseconds since the epoch. */
  readonly at: number;
  readonly lines: number;
  readonly warnings: number;
  readonly errors: number;
};

const WARN = 3;
const ERROR = 4;
/** Buckets held at the most; then they are made twice as wide. */
const MAX_BUCKETS = 4_096;
const FIRST_WIDTH_MS = 1_000;

type Counts = { lines: number; warnings: number; errors: number };

/** Counts lines, warnings and errors over time, of all that was read, in bounded room. */
export class LogVolume {
  #width = FIRST_WIDTH_MS;
  #counts = new Map<number, Counts>();
  #from = Infinity;
  #to = -Infinity;

  /** Width of a bucket in milliseconds. */
  get widthMs(): number {
    return this.#width;
  }

  add(at: number, level: number): void {
    if (Number.isNaN(at)) return;
    const counts = this.#at(Math.floor(at / this.#width));
    counts.lines += 1;
    if (level === WARN) counts.warnings += 1;
    if (level === ERROR) counts.errors += 1;
    if (at < this.#from) this.#from = at;
    if (at > this.#to) this.#to = at;
    if (this.#counts.size > MAX_BUCKETS) this.#widen();
  }

  /** At most `count` buckets of equal width from the first line to the last. Empty ones are there too. */
  buckets(count: number): readonly VolumeBucket[] {
    if (this.#from > this.#to) return [];
    const first = Math.floor(this.#from / this.#width);
    const last = Math.floor(this.#to / this.#width);
    const merge = Math.ceil((last - first + 1) / count);
    const all = Array.from(
      { length: Math.ceil((last - first + 1) / merge) },
      (_unused, i) => ({
        at: (first + i * merge) * this.#width,
        lines: 0,
        warnings: 0,
        errors: 0,
      }),
    );
    for (const [index, counts] of this.#counts) {
      const bucket = all[Math.floor((index - first) / merge)];
      bucket.lines += counts.lines;
      bucket.warnings += counts.warnings;
      bucket.errors += counts.errors;
    }
    return all;
  }

  #at(index: number): Counts {
    const known = this.#counts.get(index);
    if (known) return known;
    const counts = { lines: 0, warnings: 0, errors: 0 };
    this.#counts.set(index, counts);
    return counts;
  }

  #widen(): void {
    const before = this.#counts;
    this.#width *= 2;
    this.#counts = new Map();
    for (const [index, counts] of before) {
      const wider = this.#at(Math.floor(index / 2));
      wider.lines += counts.lines;
      wider.warnings += counts.warnings;
      wider.errors += counts.errors;
    }
  }
}

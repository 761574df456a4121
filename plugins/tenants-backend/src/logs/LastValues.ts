// SPDX-License-Identifier: Apache-2.0

/** Text units that are held at most, whatever the number of values. */
const MAX_HELD_LENGTH = 128 * 1024;

/** The last of many values. */
export class LastValues<T> {
  private readonly held: T[] = [];
  private first = 0;
  private length = 0;

  constructor(
    private readonly count: number,
    private readonly lengthOf: (value: T) => number,
  ) {}

  get size(): number {
    return this.held.length - this.first;
  }

  /** Whether something was let go because of its length, not because of the number. */
  wasCutShort = false;

  push(value: T): void {
    this.held.push(value);
    this.length += this.lengthOf(value);
    while (this.size > this.count || this.isTooLong()) this.drop();
    // Dropped in large steps, so that each new value costs the same.
    if (this.first > 1_000) {
      this.held.splice(0, this.first);
      this.first = 0;
    }
  }

  take(): T[] {
    return this.held.slice(this.first);
  }

  private isTooLong(): boolean {
    if (this.length <= MAX_HELD_LENGTH || this.size <= 1) return false;
    this.wasCutShort = true;
    return true;
  }

  private drop(): void {
    this.length -= this.lengthOf(this.held[this.first]);
    this.first += 1;
  }
}

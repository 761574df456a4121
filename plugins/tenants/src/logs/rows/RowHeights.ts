// SPDX-License-Identifier: Apache-2.0

/** Height of a row that is neither wrapped nor opened, in CSS pixels. */
export const ROW_HEIGHT_PX = 20;
/** Places of one group of measured rows. */
const GROUP = 1_024;
/** Rows that are remembered at the most; they are measured anew when they are drawn. */
const MAX_MEASURED = 20_000;

/** Heights of the rows by place: all the same but for those that were measured. */
export class RowHeights {
  readonly #extra = new Map<number, number>();
  readonly #groups = new Map<number, number>();

  /** Notes a height. Returns whether it is another than it was taken for. */
  measure(place: number, px: number): boolean {
    const extra = px - ROW_HEIGHT_PX;
    const before = this.#extra.get(place) ?? 0;
    if (Math.abs(extra - before) < 1) return false;
    if (this.#extra.size >= MAX_MEASURED) {
      this.clear();
      return this.measure(place, px);
    }
    this.#extra.set(place, extra);
    const group = Math.floor(place / GROUP);
    const sum = this.#groups.get(group) ?? 0;
    this.#groups.set(group, sum + extra - before);
    return true;
  }

  clear(): void {
    this.#extra.clear();
    this.#groups.clear();
  }

  /** Distance from the top of `start` to the top of `place`, in CSS pixels. */
  offsetOf(place: number, start: number): number {
    const rows = (place - start) * ROW_HEIGHT_PX;
    return rows + this.#extraBefore(place) - this.#extraBefore(start);
  }

  /** The place that lies `px` below the top of `start`, of the places up to `end`. */
  placeAt(px: number, start: number, end: number): number {
    let low = start;
    let high = end;
    while (low < high) {
      const middle = Math.floor((low + high) / 2);
      if (this.offsetOf(middle + 1, start) <= px) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #extraBefore(place: number): number {
    if (this.#extra.size === 0) return 0;
    const group = Math.floor(place / GROUP);
    let sum = 0;
    for (const [number, extra] of this.#groups) {
      if (number < group) sum += extra;
    }
    for (let p = group * GROUP; p < place; p++) sum += this.#extra.get(p) ?? 0;
    return sum;
  }
}

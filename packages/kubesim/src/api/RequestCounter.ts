// SPDX-License-Identifier: Apache-2.0

/** How many requests came, by `${verb} ${resource}` as in `list pods` or `get deployments.apps/scale`. @public */
export class RequestCounter {
  private readonly byWhat = new Map<string, number>();

  get total(): number {
    let sum = 0;
    for (const count of this.byWhat.values()) sum += count;
    return sum;
  }

  /** The number of requests of one sort, as in `get('watch pods')`. */
  get(what: string): number {
    return this.byWhat.get(what) ?? 0;
  }

  add(what: string): void {
    this.byWhat.set(what, this.get(what) + 1);
  }

  counts(): Record<string, number> {
    return Object.fromEntries(
      [...this.byWhat].sort(([a], [b]) => (a < b ? -1 : 1)),
    );
  }

  reset(): void {
    this.byWhat.clear();
  }
}

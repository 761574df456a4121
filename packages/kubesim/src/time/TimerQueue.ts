// SPDX-License-Identifier: Apache-2.0

type Timer = {
  readonly at: number;
  readonly order: number;
  readonly run: () => void;
  cancelled: boolean;
};

/** Timers in the order in which they fall due; those of the same moment in the order of their making. A binary heap. */
export class TimerQueue {
  private readonly heap: Timer[] = [];
  private made = 0;

  /** When the first timer falls due; `undefined` when nothing waits. */
  get next(): number | undefined {
    while (this.heap[0]?.cancelled) this.pop();
    return this.heap[0]?.at;
  }

  add(at: number, run: () => void): () => void {
    const timer: Timer = { at, order: this.made, run, cancelled: false };
    this.made += 1;
    this.heap.push(timer);
    this.rise(this.heap.length - 1);
    return () => {
      timer.cancelled = true;
    };
  }

  /** Takes out the first timer that is due. */
  takeDue(
    now: number,
  ): { readonly at: number; readonly run: () => void } | undefined {
    const at = this.next;
    return at !== undefined && at <= now ? this.pop() : undefined;
  }

  private pop(): Timer | undefined {
    const first = this.heap[0];
    const last = this.heap.pop();
    if (last && this.heap.length > 0) {
      this.heap[0] = last;
      this.sink();
    }
    return first;
  }

  private rise(start: number): void {
    let at = start;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (!this.before(at, parent)) return;
      this.swap(at, parent);
      at = parent;
    }
  }

  private sink(): void {
    let at = 0;
    for (;;) {
      const left = 2 * at + 1;
      const right = left + 1;
      let least = at;
      if (left < this.heap.length && this.before(left, least)) least = left;
      if (right < this.heap.length && this.before(right, least)) least = right;
      if (least === at) return;
      this.swap(at, least);
      at = least;
    }
  }

  private before(left: number, right: number): boolean {
    const [a, b] = [this.heap[left], this.heap[right]];
    return a.at < b.at || (a.at === b.at && a.order < b.order);
  }

  private swap(left: number, right: number): void {
    [this.heap[left], this.heap[right]] = [this.heap[right], this.heap[left]];
  }
}

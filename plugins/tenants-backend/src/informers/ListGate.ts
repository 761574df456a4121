// SPDX-License-Identifier: Apache-2.0

/** Lets only so many lists of a cluster run at once, so that a lost connection does not become a flood. */
export class ListGate {
  private running = 0;
  private readonly waiting: (() => void)[] = [];

  constructor(private readonly maxRunning = 4) {}

  /** Runs `task` when there is room. Waiters come in order; their number is bounded by the number of reflectors. */
  async run<R>(task: () => Promise<R>): Promise<R> {
    if (this.running >= this.maxRunning) {
      await new Promise<void>(resolve => this.waiting.push(resolve));
    } else {
      this.running++;
    }
    try {
      return await task();
    } finally {
      const next = this.waiting.shift();
      if (next) next();
      else this.running--;
    }
  }
}

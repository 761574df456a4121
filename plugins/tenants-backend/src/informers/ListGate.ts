// SPDX-License-Identifier: Apache-2.0

/** Lets only so many lists of a cluster run at once, so that a lost connection does not become a flood. */
export class ListGate {
  private running = 0;
  private readonly waiting: (() => void)[] = [];

  constructor(private readonly maxRunning = 4) {}

  /** Resolves when there is room, with the way to leave. Waiters come in order; their number is bounded by the number of reflectors. */
  async enter(): Promise<() => void> {
    if (this.running >= this.maxRunning) {
      await new Promise<void>(resolve => this.waiting.push(resolve));
    } else {
      this.running++;
    }
    let left = false;
    return () => {
      if (left) return;
      left = true;
      const next = this.waiting.shift();
      if (next) next();
      else this.running--;
    };
  }

  /** Runs `task` when there is room. */
  async run<R>(task: () => Promise<R>): Promise<R> {
    const leave = await this.enter();
    try {
      return await task();
    } finally {
      leave();
    }
  }
}

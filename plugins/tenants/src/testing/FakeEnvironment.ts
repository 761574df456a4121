// SPDX-License-Identifier: Apache-2.0
import type { LiveEnvironment } from '../live/LiveEnvironment';

type Task = { at: number; run: () => void };

/** An environment whose time and visibility the test owns. */
export class FakeEnvironment implements LiveEnvironment {
  #now = Date.parse('2026-11-21T14:32:07.000Z');
  #visible = true;
  readonly #tasks = new Set<Task>();
  readonly #listeners = new Set<() => void>();

  now(): number {
    return this.#now;
  }

  schedule(ms: number, run: () => void): () => void {
    const task = { at: this.#now + ms, run };
    this.#tasks.add(task);
    return () => this.#tasks.delete(task);
  }

  random(): number {
    return 0.5;
  }

  isVisible(): boolean {
    return this.#visible;
  }

  onVisibilityChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Hides or shows the tab. */
  setVisible(visible: boolean): void {
    this.#visible = visible;
    for (const listener of this.#listeners) listener();
  }

  /** Lets time pass and runs what falls due, in order. */
  pass(ms: number): void {
    const end = this.#now + ms;
    for (;;) {
      const due = [...this.#tasks]
        .filter(task => task.at <= end)
        .sort((a, b) => a.at - b.at)[0];
      if (!due) break;
      this.#tasks.delete(due);
      this.#now = Math.max(this.#now, due.at);
      due.run();
    }
    this.#now = end;
  }
}

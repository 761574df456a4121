// SPDX-License-Identifier: Apache-2.0
import type { TabChannel } from '../logs/tabs/LogTabs';

type Listener = (event: { readonly data: unknown }) => void;

/** A channel between tabs, delivered at once and to all but the sender, as browsers do. */
export class FakeTabChannel implements TabChannel {
  readonly #all: Set<FakeTabChannel>;
  readonly #listeners = new Set<Listener>();

  private constructor(all: Set<FakeTabChannel>) {
    this.#all = all;
    all.add(this);
  }

  /** Makes channels that reach one another. */
  static hub(): () => FakeTabChannel {
    const all = new Set<FakeTabChannel>();
    return () => new FakeTabChannel(all);
  }

  postMessage(message: unknown): void {
    const data: unknown = structuredClone(message);
    for (const other of this.#all) {
      if (other === this) continue;
      for (const listener of [...other.#listeners]) listener({ data });
    }
  }

  addEventListener(_type: 'message', listener: Listener): void {
    this.#listeners.add(listener);
  }

  removeEventListener(_type: 'message', listener: Listener): void {
    this.#listeners.delete(listener);
  }
}

// SPDX-License-Identifier: Apache-2.0

/** Callbacks for one kind of change. Their number is bounded by the limits on streams. */
export class Listeners<T> {
  private readonly listeners = new Set<(value: T) => void>();

  get size(): number {
    return this.listeners.size;
  }

  /** Returns the way to stop. */
  add(listener: (value: T) => void): () => void {
    // Wrapped, so that one function added twice is called twice and stopped one at a time.
    const own = (value: T) => listener(value);
    this.listeners.add(own);
    return () => {
      this.listeners.delete(own);
    };
  }

  /** Calls each, in the order they were added. */
  emit(value: T): void {
    for (const listener of this.listeners) listener(value);
  }
}

// SPDX-License-Identifier: Apache-2.0

/** Values that many objects share, each held once under a text that says all of it. When full it starts anew: only sharing is lost. */
export class SharedValues<T extends object> {
  private readonly values = new Map<string, T>();

  constructor(private readonly maxEntries: number) {}

  get size(): number {
    return this.values.size;
  }

  /** The frozen value of a key, made where there is none. */
  get(key: string, make: () => T): T {
    const known = this.values.get(key);
    if (known) return known;
    if (this.values.size >= this.maxEntries) this.values.clear();
    const made = Object.freeze(make());
    this.values.set(key, made);
    return made;
  }
}

// SPDX-License-Identifier: Apache-2.0

const emptyMap: Readonly<Record<string, string>> = Object.freeze({});

/** Strings and small maps that many objects share are held once. When full it starts anew: only sharing is lost. */
export class Interner {
  private readonly texts = new Map<string, string>();
  private readonly maps = new Map<string, Readonly<Record<string, string>>>();

  constructor(private readonly maxEntries = 100_000) {}

  text(value: string): string {
    const known = this.texts.get(value);
    if (known !== undefined) return known;
    if (this.texts.size >= this.maxEntries) this.texts.clear();
    this.texts.set(value, value);
    return value;
  }

  textOrNone(value: string | undefined): string | undefined {
    return value === undefined ? undefined : this.text(value);
  }

  /** The same frozen map for the same keys and values, given in turn, in the same order. */
  map(entries: readonly string[]): Readonly<Record<string, string>> {
    if (entries.length === 0) return emptyMap;
    const key = entries.join('\0');
    const known = this.maps.get(key);
    if (known) return known;
    if (this.maps.size >= this.maxEntries) this.maps.clear();
    const made: Record<string, string> = {};
    for (let i = 0; i < entries.length; i += 2) {
      made[this.text(entries[i] ?? '')] = this.text(entries[i + 1] ?? '');
    }
    this.maps.set(key, Object.freeze(made));
    return made;
  }

  get size(): number {
    return this.texts.size + this.maps.size;
  }
}

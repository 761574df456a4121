// SPDX-License-Identifier: Apache-2.0
import type { ObjectMeta, ResourceAmounts } from './objects';
import { SharedValues } from './SharedValues';

/** Moments of one object, and of objects made together, are the same few. */
const RECENT_MOMENTS = 8;
const emptyMap: Readonly<Record<string, string>> = Object.freeze({});

/** Strings and small values that many objects share are held once. When full it starts anew: only sharing is lost. */
export class Interner {
  private readonly texts = new Map<string, string>();
  private readonly moments: (string | undefined)[] = new Array(RECENT_MOMENTS);
  private nextMoment = 0;
  private readonly maps: SharedValues<Readonly<Record<string, string>>>;
  /** By what they are written as. */
  readonly amounts: SharedValues<ResourceAmounts>;
  /** By kind, name and uid. */
  readonly controllers: SharedValues<NonNullable<ObjectMeta['controller']>>;

  constructor(private readonly maxEntries = 100_000) {
    this.maps = new SharedValues(maxEntries);
    this.amounts = new SharedValues(maxEntries);
    this.controllers = new SharedValues(maxEntries);
  }

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

  /** A timestamp: shared with the newest ones only, as most never come again. */
  moment(value: string | undefined): string | undefined {
    if (value === undefined) return undefined;
    const known = this.moments.indexOf(value);
    if (known >= 0) return this.moments[known];
    this.moments[this.nextMoment] = value;
    this.nextMoment = (this.nextMoment + 1) % RECENT_MOMENTS;
    return value;
  }

  /** The same frozen map for the same keys and values, given in turn, in the same order. */
  map(entries: readonly string[]): Readonly<Record<string, string>> {
    if (entries.length === 0) return emptyMap;
    return this.maps.get(entries.join('\0'), () => {
      const made: Record<string, string> = {};
      for (let i = 0; i < entries.length; i += 2) {
        made[this.text(entries[i] ?? '')] = this.text(entries[i + 1] ?? '');
      }
      return made;
    });
  }

  get size(): number {
    const { texts, maps, amounts, controllers } = this;
    return texts.size + maps.size + amounts.size + controllers.size;
  }
}

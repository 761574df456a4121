// SPDX-License-Identifier: Apache-2.0
import type { JsonValue } from '../ModuleCatalogue';
import type { ValuePath } from './YamlDocument';

type Mark = { readonly key?: number; readonly value: number };
type Root = {
  readonly root: JsonValue | undefined;
  /** Where the root stands. */
  readonly start: number;
};

/** Remembers where the members of read mappings and lists stand, as offsets in the text. */
export class Marks {
  private readonly members = new WeakMap<object, Map<PropertyKey, Mark>>();

  add(parent: object): void {
    this.members.set(parent, new Map());
  }

  set(parent: object, member: PropertyKey, mark: Mark): void {
    this.members.get(parent)?.set(member, mark);
  }

  /** Where the value at a path stands, or the nearest value around it. */
  offsetOf(from: Root, path: ValuePath): number {
    return this.find(from, path)?.value ?? from.start;
  }

  /** Where the key at a path stands. */
  keyOffsetOf(from: Root, path: ValuePath): number {
    const mark = this.find(from, path);
    return mark?.key ?? mark?.value ?? from.start;
  }

  private find({ root }: Root, path: ValuePath): Mark | undefined {
    let value: unknown = root;
    let found: Mark | undefined;
    for (const member of path) {
      if (typeof value !== 'object' || value === null) break;
      const mark = this.members.get(value)?.get(member);
      if (!mark) break;
      found = mark;
      value = Reflect.get(value, member);
    }
    return found;
  }
}

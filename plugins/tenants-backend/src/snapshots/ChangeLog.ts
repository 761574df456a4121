// SPDX-License-Identifier: Apache-2.0

/** A change with its place in the order. */
type Sequenced = { readonly sequence: number };

/** The latest changes, so that a reader who was away for a moment gets patches. Bounded: the oldest fall out. */
export class ChangeLog<T extends Sequenced> {
  private readonly changes: T[] = [];
  /** Everything after this sequence number is kept. */
  private completeAfter = 0;

  /** @param limit - How many changes are kept. */
  constructor(private readonly limit: number) {}

  /** Adds a change whose sequence number is greater than all before it. */
  add(change: T): void {
    this.changes.push(change);
    // Trimmed in bulk: shifting an array by one for each change would cost its whole length.
    if (this.changes.length < this.limit * 2) return;
    const dropped = this.changes.splice(0, this.changes.length - this.limit);
    this.completeAfter = dropped[dropped.length - 1].sequence;
  }

  /** All changes after a sequence number, oldest first, or `undefined` when some of them are no longer kept. */
  since(sequence: number): readonly T[] | undefined {
    if (sequence < this.completeAfter) return undefined;
    const first = this.changes.findIndex(c => c.sequence > sequence);
    return first < 0 ? [] : this.changes.slice(first);
  }
}

// SPDX-License-Identifier: Apache-2.0
import type { LogLine } from './LogLine';

/** Where a source stands. */
export type LineHead = {
  readonly source: number;
  lines: readonly LogLine[];
  next: number;
  /** Of the line at `next`, never earlier than that of the line before it. */
  at: number;
  time: string;
};

/** The sources by the time of their next line: a binary heap, so that twenty sources cost little more than two. */
export class LineHeads {
  private readonly heap: LineHead[] = [];

  get first(): LineHead | undefined {
    return this.heap[0];
  }

  add(head: LineHead): void {
    readTime(head);
    this.heap.push(head);
    this.rise(this.heap.length - 1);
  }

  /** The first source’s line has been taken, and it has another one. */
  advance(): void {
    const head = this.heap[0];
    head.next += 1;
    readTime(head);
    this.sink(0);
  }

  /** The first source has no line at hand any more. */
  remove(): void {
    const last = this.heap.pop();
    if (!last || this.heap.length === 0) return;
    this.heap[0] = last;
    this.sink(0);
  }

  private rise(from: number): void {
    let at = from;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (!isBefore(this.heap[at], this.heap[parent])) return;
      this.swap(at, parent);
      at = parent;
    }
  }

  private sink(from: number): void {
    let at = from;
    for (;;) {
      const left = 2 * at + 1;
      const right = left + 1;
      let least = at;
      if (this.precedes(left, least)) least = left;
      if (this.precedes(right, least)) least = right;
      if (least === at) return;
      this.swap(at, least);
      at = least;
    }
  }

  private precedes(a: number, b: number): boolean {
    return a < this.heap.length && isBefore(this.heap[a], this.heap[b]);
  }

  private swap(a: number, b: number): void {
    [this.heap[a], this.heap[b]] = [this.heap[b], this.heap[a]];
  }
}

function readTime(head: LineHead): void {
  const { at, time } = head.lines[head.next];
  if (at < head.at || (at === head.at && time < head.time)) return;
  head.at = at;
  head.time = time;
}

/** Times of different nodes differ by more than a microsecond anyway; within one the text decides. */
function isBefore(a: LineHead, b: LineHead): boolean {
  if (a.at !== b.at) return a.at < b.at;
  if (a.time !== b.time) return a.time < b.time;
  return a.source < b.source;
}

// SPDX-License-Identifier: Apache-2.0

const LINE = / pod (\d+) line (\d+) /g;

/** Looks at every line of a run: which pod wrote it, and whether it comes behind the one before. */
export class LogTally {
  lines = 0;
  lost = 0;
  doubled = 0;
  private readonly next = new Map<string, number>();

  /** How many lines a text holds. */
  static count(text: string): number {
    return text.match(LINE)?.length ?? 0;
  }

  take(text: string): void {
    for (const [, pod, number] of text.matchAll(LINE)) {
      this.lines += 1;
      const line = Number(number);
      const expected = this.next.get(pod) ?? 0;
      if (line < expected) this.doubled += 1;
      else this.lost += line - expected;
      this.next.set(pod, Math.max(expected, line + 1));
    }
  }
}

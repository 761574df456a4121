// SPDX-License-Identifier: Apache-2.0

/** What a page with a log view lets itself be told. The same for both sides. */
export type Bench = {
  /** Shows this many lines. Resolves when the last is held; the figure is the time to the first 100 lines, in milliseconds. */
  load(lines: number): Promise<number>;
  /** Adds lines at a rate. Resolves with how long frames took, in milliseconds. */
  append(linesPerSecond: number, seconds: number): Promise<number[]>;
  /** Looks for a text. Resolves with how long frames took until the search was through, in milliseconds. */
  search(text: string): Promise<number[]>;
  /** Elements of the lines in the document. */
  rowNodes(): number;
};

declare global {
  interface Window {
    bench: Bench;
  }
}

const LEVELS = ['INFO', 'INFO', 'INFO', 'DEBUG', 'WARN', 'INFO', 'ERROR'];

/** A line of a log, without its time. */
export function lineText(n: number): string {
  const level = LEVELS[n % LEVELS.length];
  return `${level} request ${n} GET /api/v1/orders/${n % 977} 200 ${
    n % 113
  } ms worker=${n % 16}`;
}

/** Notes how long frames take while a task runs. */
export async function timeFrames(task: () => Promise<void>): Promise<number[]> {
  const frames: number[] = [];
  let last = performance.now();
  let running = true;
  const note = () => {
    const now = performance.now();
    frames.push(now - last);
    last = now;
    if (running) requestAnimationFrame(note);
  };
  requestAnimationFrame(note);
  await task();
  running = false;
  return frames;
}

/** Waits for something, looking in each frame. */
export async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) {
    await new Promise(resolve => requestAnimationFrame(resolve));
  }
}

/** Hands lines over at a rate, in batches as a network would. */
export async function pour(
  linesPerSecond: number,
  seconds: number,
  add: (from: number, count: number) => void,
): Promise<void> {
  const start = performance.now();
  let sent = 0;
  while (performance.now() - start < seconds * 1_000) {
    const due = ((performance.now() - start) / 1_000) * linesPerSecond;
    const count = Math.floor(due - sent);
    if (count > 0) add(sent, count);
    sent += count;
    await new Promise(resolve => setTimeout(resolve, 20));
  }
}

// SPDX-License-Identifier: Apache-2.0
import type { ContainerRun, LogLine } from './LogSource';

/** As a kubelet rotates files: the oldest lines of a run go beyond this number. */
export const MAX_LINES_PER_RUN = 5_000;

type Listener = (line: LogLine | undefined) => void;

/** The lines of one run of a container. */
export class LogBuffer implements ContainerRun {
  private kept: LogLine[] = [];
  private readonly listeners = new Set<Listener>();
  private over = false;

  /** @param onFollowed - Called when somebody begins to follow. */
  constructor(private readonly onFollowed: () => void = () => {}) {}

  get lines(): readonly LogLine[] {
    return this.kept.length > MAX_LINES_PER_RUN
      ? this.kept.slice(-MAX_LINES_PER_RUN)
      : this.kept;
  }

  get ended(): boolean {
    return this.over;
  }

  get followed(): boolean {
    return this.listeners.size > 0;
  }

  append(line: LogLine): void {
    if (this.over) return;
    this.kept.push(line);
    // Dropped in large steps, so that a long run does not copy its lines at each new one.
    if (this.kept.length >= 2 * MAX_LINES_PER_RUN)
      this.kept = this.kept.slice(-MAX_LINES_PER_RUN);
    for (const listener of [...this.listeners]) listener(line);
  }

  end(): void {
    if (this.over) return;
    this.over = true;
    for (const listener of [...this.listeners]) listener(undefined);
    this.listeners.clear();
  }

  follow(listener: Listener): () => void {
    if (this.over) {
      listener(undefined);
      return () => {};
    }
    this.listeners.add(listener);
    this.onFollowed();
    return () => this.listeners.delete(listener);
  }
}

// SPDX-License-Identifier: Apache-2.0
import { Listeners } from '../../snapshots/Listeners';

/** Tells workers and readers of this process at once what they would find by looking again. Losing one costs time, nothing else. */
export class Wakeups {
  private readonly work = new Listeners<string>();
  private readonly written = new Listeners<string>();

  /** There is an operation to run or to stop, told by this process or by another replica. */
  wake(operation: string): void {
    this.work.emit(operation);
    this.written.emit(operation);
  }

  /** This process has written to an operation. */
  wrote(operation: string): void {
    this.written.emit(operation);
  }

  /** Returns the way to stop. */
  onWake(listener: (operation: string) => void): () => void {
    return this.work.add(listener);
  }

  /** Returns the way to stop. */
  onWritten(listener: (operation: string) => void): () => void {
    return this.written.add(listener);
  }
}

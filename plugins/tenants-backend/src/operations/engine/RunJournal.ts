// SPDX-License-Identifier: Apache-2.0
import type { Clock } from '../../time/Clock';
import type { NewEvent } from '../store/admitEvents';
import type { Lease } from '../store/Lease';
import type { OperationJournal } from '../store/OperationJournal';
import type { JournalEntry } from '../store/writeEntry';
import { endEvents, joinEntries } from './journalEntries';
import { OperationLog } from './OperationLog';
import type { RunStep } from './StepList';
import type { LifecycleEvent } from './transition';

/** How long lines of a log wait for others. */
const FLUSH_MS = 250;

type RunJournalOptions = {
  readonly lease: Lease;
  readonly journal: Pick<OperationJournal, 'write' | 'settle'>;
  readonly clock: Clock;
  /** Something was written. */
  readonly onWritten: (operation: string) => void;
  /** Lines could not be written: the lease is lost, or the database is away for too long. */
  readonly onLost: () => void;
};

/**
 * What one run writes: entries that are carried until the next write, and what the running step says, which is written at least
 * every 250 ms. One write after the other, as each says how far it has seen the row.
 */
export class RunJournal {
  /** The step that speaks. */
  current?: RunStep;
  private readonly log = new OperationLog();
  private carried: JournalEntry = {};
  private writing: Promise<void> = Promise.resolve();
  private cancelFlush = () => {};
  private stopped = false;

  constructor(private readonly options: RunJournalOptions) {}

  /** Keeps an entry for the next write. */
  carry(entry: JournalEntry): void {
    this.carried = joinEntries(this.carried, entry);
  }

  say(event: NewEvent): void {
    this.log.add(event);
  }

  progress(message: string): void {
    this.log.progress(message);
  }

  /** Writes what is carried. @throws LeaseLostError */
  async write(): Promise<void> {
    const { journal, lease, onWritten } = this.options;
    await this.inTurn(() => journal.write(lease, this.take()));
    onWritten(lease.id);
  }

  /** Writes what is carried and gives the lease up. @throws LeaseLostError */
  async settle(event: LifecycleEvent): Promise<void> {
    const { journal, lease, onWritten } = this.options;
    this.stop();
    await this.inTurn(() => {
      this.carry({ events: endEvents(event, lease) });
      return journal.settle(lease, { event, entry: this.take() });
    });
    onWritten(lease.id);
  }

  /** Writes lines as they come, until it is stopped. */
  start(): void {
    if (this.stopped) return;
    this.cancelFlush = this.options.clock.after(FLUSH_MS, () => {
      const flushed =
        this.log.isEmpty || !this.current ? Promise.resolve() : this.write();
      flushed.then(
        () => this.start(),
        () => this.options.onLost(),
      );
    });
  }

  stop(): void {
    this.stopped = true;
    this.cancelFlush();
  }

  private inTurn(write: () => Promise<void>): Promise<void> {
    const turn = this.writing.then(write);
    this.writing = turn.catch(() => undefined);
    return turn;
  }

  private take(): JournalEntry {
    const { events, progress } = this.log.take();
    const key = this.current?.plan.key;
    const steps =
      progress !== undefined && key !== undefined
        ? [{ key, message: progress }]
        : [];
    const whole = joinEntries({ events, steps }, this.carried);
    this.carried = {};
    return whole;
  }
}

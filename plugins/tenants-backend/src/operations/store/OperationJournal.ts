// SPDX-License-Identifier: Apache-2.0
import type { Knex } from 'knex';
import { inTransaction } from '../../database/inTransaction';
import { isPostgres } from '../../database/isPostgres';
import { transition, type LifecycleEvent } from '../engine/transition';
import { LeaseLostError } from '../OperationErrors';
import type { DatabaseTime } from './DatabaseTime';
import { lifecycleOf, refreshLease, type Lease } from './Lease';
import { lockTenant } from './tenantQueue';
import type { OperationRow, StepRow } from './OperationRow';
import type { PreparedStatements } from './PreparedStatements';
import { retryTransient, WRITE_LIMITS, type Pause } from './transientErrors';
import {
  newWriteId,
  writeEntry,
  type JournalEntry,
  type RowChange,
} from './writeEntry';

/** How a lease ends. */
export type Settlement = {
  readonly event: LifecycleEvent;
  readonly entry: JournalEntry;
};

type JournalOptions = {
  readonly knex: Knex;
  readonly time: DatabaseTime;
  readonly statements: PreparedStatements;
  readonly pause: Pause;
};

/** Somebody wrote to the operation since it was seen; a request to cancel, say. */
class SeenTooEarly extends Error {}

const READS = 10;

/**
 * What a worker writes about its operation. Every write is refused when the lease is somebody else’s: owner and fence are
 * compared in the statement that writes. An answer that got lost with its connection is looked up by the write’s own name, so
 * that nothing is written twice.
 */
export class OperationJournal {
  constructor(private readonly options: JournalOptions) {}

  /** Steps of an operation, in their order. */
  async steps(lease: Lease): Promise<readonly StepRow[]> {
    return this.patiently(async () =>
      this.options
        .knex<StepRow>('operation_steps')
        .where({ operation: lease.seq })
        .orderBy('position'),
    );
  }

  /** Writes an entry; the lease is held on. @throws LeaseLostError */
  async write(lease: Lease, entry: JournalEntry): Promise<void> {
    await this.guarded(lease, async writeId => {
      const { time, statements } = this.options;
      const write = { lease, entry, writeId, time, statements };
      const written = await this.atOnce(db => writeEntry(db, write));
      if (!written) throw new SeenTooEarly();
      Object.assign(lease, written);
    });
  }

  /**
   * Writes an entry and gives the lease up as the state machine says.
   *
   * @throws LeaseLostError
   */
  async settle(lease: Lease, { event, entry }: Settlement): Promise<void> {
    await this.guarded(lease, async writeId => {
      const { knex, time, statements } = this.options;
      const write = { lease, entry, writeId, time, statements };
      const written = await inTransaction(knex, async trx => {
        await lockTenant(trx, lease.tenant, statements);
        // The row is as it was seen, or nothing is written.
        const change = this.changeBy(trx, lease, event);
        const settles = change.ended_at ? 'ends' : 'rests';
        return writeEntry(trx, { ...write, change, settles });
      });
      if (!written) throw new SeenTooEarly();
      Object.assign(lease, written);
    });
  }

  /**
   * Makes the lease last for its full length from now on, and sees what state the operation is in.
   *
   * @throws LeaseLostError
   */
  async renew(lease: Lease, lengthMs: number): Promise<void> {
    const { knex, time, pause } = this.options;
    const { seq, owner, fence } = lease;
    const rows: Pick<OperationRow, 'state'>[] = await retryTransient(
      async () =>
        knex('operations')
          .where({ seq, owner, fence })
          .update({ due_at: knex.raw(`${time.now()} + ${lengthMs}`) })
          .returning('state'),
      { attempts: WRITE_LIMITS.requestAttempts, pause },
    );
    if (rows.length === 0) throw new LeaseLostError(lease.id);
    lease.state = rows[0].state;
  }

  /** Writes until it is written, or the lease is lost. */
  private async guarded(
    lease: Lease,
    write: (writeId: string) => Promise<void>,
  ): Promise<void> {
    const writeId = newWriteId();
    for (let read = 0; read < READS; read++) {
      let tried = false;
      try {
        await this.patiently(async () => {
          // The answer to the attempt before may have been lost after it was written.
          if (tried && (await this.wasWritten(lease, writeId))) return;
          tried = true;
          await write(writeId);
        });
        return;
      } catch (error) {
        if (!(error instanceof SeenTooEarly)) throw error;
        await this.see(lease);
      }
    }
    throw new LeaseLostError(lease.id);
  }

  private changeBy(trx: Knex, lease: Lease, event: LifecycleEvent): RowChange {
    const moved = transition(lifecycleOf(lease), event, 0);
    if (!moved.ok) throw new Error(moved.reason);
    const now = (delayMs: number) =>
      trx.raw(`${this.options.time.now()} + cast(? as bigint)`, [delayMs]);
    return toChange(moved.next, now);
  }

  private async wasWritten(lease: Lease, writeId: string): Promise<boolean> {
    const row = await findRow(this.options.knex, lease);
    if (row?.write_id !== writeId) return false;
    refreshLease(lease, row);
    return true;
  }

  private async see(lease: Lease): Promise<void> {
    const row = await this.patiently(() => findRow(this.options.knex, lease));
    if (!holds(row, lease)) throw new LeaseLostError(lease.id);
    refreshLease(lease, row);
  }

  private atOnce<T>(run: (db: Knex) => Promise<T>): Promise<T> {
    const { knex } = this.options;
    return isPostgres(knex) ? run(knex) : inTransaction(knex, run);
  }

  private patiently<T>(work: () => Promise<T>): Promise<T> {
    const { pause } = this.options;
    const attempts = WRITE_LIMITS.workerAttempts;
    return retryTransient(work, { attempts, pause });
  }
}

function findRow(db: Knex, { seq }: Lease): Promise<OperationRow | undefined> {
  return db<OperationRow>('operations').where({ seq }).first();
}

function holds(
  row: OperationRow | undefined,
  { owner, fence }: Lease,
): row is OperationRow {
  return row?.owner === owner && Number(row.fence) === fence;
}

/** The columns of what the machine says comes next. */
function toChange(
  next: Extract<ReturnType<typeof transition>, { ok: true }>['next'],
  now: (delayMs: number) => Knex.Raw,
): RowChange {
  const { state, attempt, dueAt, error, leased } = next;
  const ended = ['succeeded', 'failed', 'cancelled'].includes(state);
  return {
    state,
    attempt,
    error: error === undefined ? null : JSON.stringify(error),
    ...(leased ? {} : { owner: null, slot: null }),
    due_at: dueAt === undefined ? null : now(Math.round(dueAt)),
    ...(ended ? { ended_at: now(0) } : {}),
  };
}

// SPDX-License-Identifier: Apache-2.0
import { ServiceUnavailableError } from '@backstage/errors';

/** How often a write is tried when the database refuses it for the moment. */
export const WRITE_LIMITS = {
  /** For a person who waits: about 5 s. */
  requestAttempts: 12,
  /** For a worker, which can wait for a database that is restarted: about 20 s, less than a lease. */
  workerAttempts: 28,
  firstPauseMs: 10,
  longestPauseMs: 1_000,
} as const;

/** Waits between two attempts. */
export type Pause = (ms: number) => Promise<void>;

/** Somebody else was faster: a serialization failure, a deadlock, a lock, a place in a unique index; or a pooler keeps no names of statements. */
const CONTENTION =
  /^(23505|26000|42P05|40001|40P01|55P03|SQLITE_BUSY.*|SQLITE_LOCKED.*|SQLITE_CONSTRAINT_(UNIQUE|PRIMARYKEY))$/;
/** The database is not there, has no room, or no more connections. */
const AWAY =
  /^(08...|53...|57P0.|ECONN.*|EPIPE|ETIMEDOUT|EHOSTUNREACH|SQLITE_FULL|SQLITE_IOERR.*|SQLITE_CANTOPEN.*|SQLITE_READONLY.*)$/;

/** Whether another attempt may do. */
export function isTransient(error: unknown): boolean {
  return CONTENTION.test(codeOf(error)) || isAway(error);
}

/** Whether the database cannot be written to for the moment; what was sent may have been done or not. */
export function isAway(error: unknown): boolean {
  if (AWAY.test(codeOf(error))) return true;
  if (!(error instanceof Error)) return false;
  // The driver and the pool give these no code. SQLite takes a transaction back by itself when there is no room, and what says so
  // is hidden by the attempt to take it back again.
  return (
    error.name === 'KnexTimeoutError' ||
    /Connection terminated|Connection ended|is not queryable|Unable to acquire a connection|no transaction is active/.test(
      error.message,
    )
  );
}

function codeOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error
    ? String(error.code)
    : '';
}

/**
 * Does a piece of work that can be done again as a whole until the database takes it.
 *
 * @throws ServiceUnavailableError when the database is away for all attempts; what `work` throws else
 */
export async function retryTransient<T>(
  work: () => Promise<T>,
  { attempts, pause }: { readonly attempts: number; readonly pause: Pause },
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      if (!isTransient(error)) throw error;
      if (attempt >= attempts) throw unavailable(error);
    }
    const { firstPauseMs, longestPauseMs } = WRITE_LIMITS;
    const longest = Math.min(longestPauseMs, firstPauseMs * 2 ** attempt);
    // Those that met once must not meet again.
    await pause(longest * (0.25 + 0.75 * Math.random()));
  }
}

function unavailable(error: unknown): Error {
  return new ServiceUnavailableError(
    'The database takes no writes at the moment; operations cannot be started or changed. Try again, or look at the database’s log and disk.',
    error,
  );
}

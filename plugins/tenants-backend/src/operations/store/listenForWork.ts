// SPDX-License-Identifier: Apache-2.0
import type { Knex } from 'knex';
import { z } from 'zod';
import type { Clock } from '../../time/Clock';
import { waitFor } from '../../informers/waitFor';
import { isPostgres } from '../../database/isPostgres';
import { NOTIFY_CHANNEL } from './tenantQueue';

/** Wait before a lost connection is made anew, doubled up to the second. */
const RECONNECT_MS = { first: 1_000, longest: 30_000 } as const;

type ListenOptions = {
  readonly knex: Knex;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** @param operation - Its id. */
  readonly onWork: (operation: string) => void;
  /** Called once until it works again. Polling finds the work meanwhile. */
  readonly onFailure: (error: unknown) => void;
};

/** What is used of a connection of the driver. */
type Listening = {
  query(sql: string): Promise<unknown>;
  on(event: string, listener: (value?: unknown) => void): void;
  end(): Promise<void>;
};

const notification = z.object({ payload: z.string().max(40) });

/**
 * Hears what other replicas put into the queue, on a connection of its own. Only a wake-up: what is missed is found by polling.
 * Does nothing on SQLite.
 */
export function listenForWork(options: ListenOptions): void {
  if (!isPostgres(options.knex)) return;
  void keepListening(options);
}

async function keepListening(options: ListenOptions): Promise<void> {
  const { signal, onFailure } = options;
  const tries = { delayMs: RECONNECT_MS.first as number, told: false };
  const onListening = () => {
    tries.delayMs = RECONNECT_MS.first;
    tries.told = false;
  };
  while (!signal.aborted) {
    try {
      await listenOnce(options, onListening);
    } catch (error) {
      if (!tries.told && !signal.aborted) onFailure(error);
      tries.told = true;
    }
    await waitFor(tries.delayMs, options);
    tries.delayMs = Math.min(RECONNECT_MS.longest, tries.delayMs * 2);
  }
}

/** Resolves when the signal aborts. @throws when the connection is lost */
async function listenOnce(
  { knex, signal, onWork }: ListenOptions,
  onListening: () => void,
): Promise<void> {
  const connection: Listening = await knex.client.acquireRawConnection();
  try {
    const over = new Promise<void>((resolve, reject) => {
      signal.addEventListener('abort', () => resolve(), { once: true });
      if (signal.aborted) resolve();
      connection.on('error', error => reject(error));
      connection.on('end', () =>
        reject(new Error('The connection has ended.')),
      );
    });
    // Looked at below; must not count as unhandled until then.
    over.catch(() => undefined);
    connection.on('notification', message => {
      const { data } = notification.safeParse(message);
      if (data) onWork(data.payload);
    });
    await connection.query(`LISTEN ${NOTIFY_CHANNEL}`);
    onListening();
    await over;
  } finally {
    await connection.end().catch(() => undefined);
  }
}

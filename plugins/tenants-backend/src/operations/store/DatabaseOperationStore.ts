// SPDX-License-Identifier: Apache-2.0
import { setTimeout as delay } from 'node:timers/promises';
import type { Knex } from 'knex';
import { databaseTime, type DatabaseTime } from './DatabaseTime';
import { OperationClaims } from './OperationClaims';
import { OperationHistory } from './OperationHistory';
import { OperationJournal } from './OperationJournal';
import { OperationQueue } from './OperationQueue';
import { PreparedStatements } from './PreparedStatements';
import { RevisionStore } from './RevisionStore';
import type { Pause } from './transientErrors';

type StoreOptions = {
  readonly knex: Knex;
  /** The database’s own clock when left out. */
  readonly time?: DatabaseTime;
  /** How to wait between two attempts at a write. */
  readonly pause?: Pause;
  /** Leases of all replicas together; 10 when left out. */
  readonly concurrency?: number;
};

/** Operations in the plugin’s database, on SQLite for one process and on PostgreSQL for any number. */
export class DatabaseOperationStore {
  /** The way in. */
  readonly queue: OperationQueue;
  /** What workers take. */
  readonly claims: OperationClaims;
  /** What workers write. */
  readonly journal: OperationJournal;
  /** What anybody reads. */
  readonly history: OperationHistory;
  readonly revisions: RevisionStore;

  constructor({ knex, time, pause, concurrency }: StoreOptions) {
    const measured = time ?? databaseTime(knex);
    const parts = {
      knex,
      time: measured,
      statements: new PreparedStatements(measured),
      pause: pause ?? (ms => delay(ms)),
      concurrency,
    };
    this.queue = new OperationQueue(parts);
    this.claims = new OperationClaims(parts);
    this.journal = new OperationJournal(parts);
    this.history = new OperationHistory(parts);
    this.revisions = new RevisionStore(parts);
  }
}

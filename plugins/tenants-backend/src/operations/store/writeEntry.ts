// SPDX-License-Identifier: Apache-2.0
import { randomBytes } from 'node:crypto';
import type {
  ChangeSetEntry,
  Operation,
  OperationError,
  OperationStep,
} from '@tenantry/backstage-plugin-tenants-common';
import type { Knex } from 'knex';
import { isPostgres } from '../../database/isPostgres';
import type { StepPlan } from '../OperationExecutor';
import {
  admitEvents,
  cleanText,
  type AdmittedEvents,
  type NewEvent,
} from './admitEvents';
import type { DatabaseTime } from './DatabaseTime';
import type { Lease, LeaseSeen } from './Lease';
import type { OperationRow, StepRow } from './OperationRow';
import type { PreparedStatements } from './PreparedStatements';
import { NOTIFY_CHANNEL, promoteNext } from './tenantQueue';

/** A change of a step that is there. What is left out stays as it is. */
export type StepWrite = {
  readonly key: string;
  readonly state?: OperationStep['state'];
  readonly position?: number;
  /** An empty text removes it. */
  readonly message?: string;
  readonly changes?: readonly ChangeSetEntry[];
  readonly error?: OperationError;
  readonly begins?: boolean;
  readonly ends?: boolean;
};

/** A step that is not there yet. */
export type NewStep = StepPlan & {
  readonly position: number;
  /** `pending` when left out. */
  readonly state?: OperationStep['state'];
  readonly message?: string;
  readonly begins?: boolean;
};

/** What is written at once. */
export type JournalEntry = {
  readonly planned?: true;
  readonly result?: Operation['result'];
  readonly newSteps?: readonly NewStep[];
  readonly steps?: readonly StepWrite[];
  readonly events?: readonly NewEvent[];
};

/** Columns of the operation that change with it; SQL for what the database computes. */
export type RowChange = Partial<
  Pick<
    OperationRow,
    'state' | 'attempt' | 'owner' | 'slot' | 'error' | 'result' | 'planned'
  >
> & { readonly due_at?: Knex.Raw | null; readonly ended_at?: Knex.Raw };

/** Everything one write needs. */
export type Write = {
  readonly lease: Lease;
  readonly entry: JournalEntry;
  readonly change?: RowChange;
  readonly writeId: string;
  readonly time: DatabaseTime;
  readonly statements: PreparedStatements;
  /** The lease is given up with it; when the operation `ends`, the next one of its tenant may be taken. To be written under the tenant’s lock. */
  readonly settles?: 'ends' | 'rests';
};

/** Names one write, so that a lost answer can be looked up. */
export function newWriteId(): string {
  return randomBytes(12).toString('hex');
}

/**
 * Writes an entry if the lease is held and the row is as it was seen; all of it or nothing. On PostgreSQL that is one
 * statement, on SQLite it must run in a transaction. Resolves with how the row is then, for the lease once that is committed: until
 * then it may be taken back. `undefined`: nothing was written.
 */
export async function writeEntry(
  db: Knex,
  write: Write,
): Promise<Partial<LeaseSeen> | undefined> {
  const admitted = admitEvents(write.lease, write.entry.events ?? []);
  const held = heldUpdate(db, write, admitted);
  const written = isPostgres(db)
    ? await writeAtOnce(db, { write, admitted, held })
    : await writeInTurn(db, { write, admitted, held });
  if (!written) return undefined;
  const { rows: _, ...counts } = admitted;
  const { lease, change } = write;
  return {
    ...counts,
    version: lease.version + 1,
    ...(change?.state === undefined ? {} : { state: change.state }),
  };
}

type Prepared = {
  readonly write: Write;
  readonly admitted: AdmittedEvents;
  readonly held: Knex.QueryBuilder;
};

function heldUpdate(
  db: Knex,
  { lease, entry, change, writeId }: Write,
  { lastEvent, eventBytes, dropped }: AdmittedEvents,
): Knex.QueryBuilder {
  const { seq, owner, fence, version } = lease;
  return db('operations')
    .where({ seq, owner, fence, version })
    .update({
      version: version + 1,
      write_id: writeId,
      last_event: lastEvent,
      event_bytes: eventBytes,
      dropped: dropped ? 1 : 0,
      ...(entry.planned ? { planned: 1 } : {}),
      ...(entry.result ? { result: JSON.stringify(entry.result) } : {}),
      ...change,
    });
}

const STEP_UPDATE = (now: string) => `
  UPDATE operation_steps s SET
    state = coalesce(v.state, s.state),
    position = coalesce(v.position, s.position),
    message = nullif(coalesce(v.message, s.message), ''),
    changes = coalesce(v.changes, s.changes),
    error = coalesce(v.error, s.error),
    started_at = CASE WHEN v.begins THEN ${now} ELSE s.started_at END,
    ended_at = CASE WHEN v.ends THEN ${now} WHEN v.begins THEN NULL ELSE s.ended_at END
  FROM held, jsonb_to_recordset(cast(? as jsonb)) AS v(key text, state text, position int,
    message text, changes text, error text, begins boolean, ends boolean)
  WHERE s.operation = held.seq AND s.step_key = v.key`;

const STEP_INSERT = (now: string) => `
  INSERT INTO operation_steps (operation, step_key, position, title, environment, cluster, wave, state, message, input, started_at)
  SELECT held.seq, v.key, v.position, v.title, v.environment, v.cluster, v.wave,
    v.state, v.message, v.input, CASE WHEN v.begins THEN ${now} END
  FROM held, jsonb_to_recordset(cast(? as jsonb)) AS v(key text, position int, title text,
    environment text, cluster text, wave int, state text, message text, input text, begins boolean)`;

const EVENT_INSERT = (now: string) => `
  INSERT INTO operation_events (operation, seq, at, type, level, step, message)
  SELECT held.seq, v.seq, ${now}, v.type, v.level, v.step, v.message
  FROM held, jsonb_to_recordset(cast(? as jsonb)) AS v(seq int, type text, level text, step int, message text)`;

/** The next of the tenant: the one that ends was the only one under way, and none that waits was ready before. */
const PROMOTE = `
  UPDATE operations n SET ready = 1 FROM held WHERE n.seq = (
    SELECT q.seq FROM operations q WHERE q.tenant = ? AND q.state = 'queued'
    ORDER BY q.priority, q.seq LIMIT 1)`;

/** One statement, so that a journal of its own costs a step one round trip. */
async function writeAtOnce(
  db: Knex,
  { write, admitted, held }: Prepared,
): Promise<boolean> {
  const now = write.time.now();
  const { entry } = write;
  const { sql, bindings } = held.returning('seq').toSQL();
  const parts = [`held AS (${sql})`];
  const values: unknown[] = [...bindings];
  const add = (name: string, part: string, rows: readonly unknown[]) => {
    if (rows.length === 0) return;
    parts.push(`${name} AS (${part})`);
    values.push(JSON.stringify(rows));
  };
  add('changed', STEP_UPDATE(now), (entry.steps ?? []).map(toStepValues));
  add('added', STEP_INSERT(now), (entry.newSteps ?? []).map(toNewStepValues));
  add('said', EVENT_INSERT(now), admitted.rows);
  if (write.settles === 'ends') {
    parts.push(`promoted AS (${PROMOTE})`);
    values.push(write.lease.tenant);
  }
  const told = write.settles ? ', pg_notify(?, ?)' : '';
  if (write.settles) values.push(NOTIFY_CHANNEL, write.lease.id);
  const statement = `WITH ${parts.join(', ')} SELECT seq${told} FROM held`;
  const rows = await write.statements.run(db, statement, values);
  return rows.length === 1;
}

async function writeInTurn(
  db: Knex,
  { write, admitted, held }: Prepared,
): Promise<boolean> {
  if ((await held) !== 1) return false;
  const { entry, lease, time } = write;
  const now = db.raw(time.now());
  for (const step of entry.steps ?? []) {
    const changed = stepColumns(step, now);
    if (Object.keys(changed).length === 0) continue;
    await db('operation_steps')
      .where({ operation: lease.seq, step_key: step.key })
      .update(changed);
  }
  const added = (entry.newSteps ?? []).map(step => {
    const { key, begins, ...rest } = toNewStepValues(step);
    return {
      ...rest,
      operation: lease.seq,
      step_key: key,
      started_at: begins ? now : null,
    };
  });
  if (added.length > 0) await db.batchInsert('operation_steps', added, 50);
  const said = admitted.rows.map(event => ({
    ...event,
    step: event.step ?? null,
    operation: lease.seq,
    at: now,
  }));
  if (said.length > 0) await db.batchInsert('operation_events', said, 50);
  if (write.settles === 'ends') await promoteNext(db, lease.tenant);
  return true;
}

function stepColumns(step: StepWrite, now: Knex.Raw): object {
  const { state, position, message, changes, error } = toStepValues(step);
  const columns: Partial<Record<keyof StepRow, unknown>> = {
    state,
    position,
    message: message === '' ? null : message,
    changes,
    error,
    started_at: step.begins ? now : undefined,
    ended_at: endOf(step, now),
  };
  return Object.fromEntries(
    Object.entries(columns).filter(([, value]) => value !== undefined),
  );
}

function endOf({ begins, ends }: StepWrite, now: Knex.Raw) {
  if (ends) return now;
  return begins ? null : undefined;
}

function toStepValues(step: StepWrite) {
  const { message, changes, error } = step;
  return {
    ...step,
    message: message === undefined ? undefined : cleanText(message),
    changes: changes === undefined ? undefined : toText(changes),
    error: error === undefined ? undefined : toText(error),
  };
}

function toNewStepValues(step: NewStep) {
  const { key, position, title, environment, cluster, wave, input } = step;
  return {
    key,
    position,
    title: cleanText(title).slice(0, 300),
    environment: environment ?? null,
    cluster: cluster ?? null,
    wave: wave ?? null,
    state: step.state ?? (step.begins ? 'running' : 'pending'),
    message: step.message ? cleanText(step.message) : null,
    input: toText(input),
    begins: step.begins ?? false,
  };
}

/** JSON without the one character that a database does not take in text. */
function toText(value: unknown): string {
  return JSON.stringify(value).replaceAll('\\u0000', '');
}

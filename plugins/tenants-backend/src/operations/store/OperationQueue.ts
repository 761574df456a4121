// SPDX-License-Identifier: Apache-2.0
import { randomBytes } from 'node:crypto';
import { ConflictError } from '@backstage/errors';
import type {
  OperationRequest,
  OperationType,
} from '@tenantry/backstage-plugin-tenants-common';
import type { Knex } from 'knex';
import { inTransaction } from '../../database/inTransaction';
import { isPostgres } from '../../database/isPostgres';
import { contentVersion } from '../../snapshots/contentVersion';
import { transition, type LifecycleEvent } from '../engine/transition';
import { RETRY_LIMITS } from '../engine/retryDelay';
import { cleanText } from './admitEvents';
import type { DatabaseTime } from './DatabaseTime';
import { LEASE_LIMITS, toLifecycle } from './Lease';
import { joinEnvironments, type OperationRow } from './OperationRow';
import type { PreparedStatements } from './PreparedStatements';
import { lockTenant, notify, promoteNext } from './tenantQueue';
import { retryTransient, WRITE_LIMITS, type Pause } from './transientErrors';

/** What runs first when workers are few. */
export const PRIORITIES = { interactive: 0, scheduled: 10 } as const;

/** An operation as it is asked for. */
export type NewOperation = {
  readonly tenant: string;
  readonly type: OperationType;
  readonly title: string;
  readonly request: OperationRequest;
  readonly environments: readonly string[];
  readonly requestedBy: string;
  /** The requester and its groups; absent for a service. */
  readonly ownership?: readonly string[];
  readonly priority: keyof typeof PRIORITIES;
  /** The same key from the same requester for the same tenant is the same operation. */
  readonly idempotencyKey: string;
  readonly retryOf?: string;
};

/** By what a repeated request is known. */
export type OperationIdentity = Pick<
  NewOperation,
  'tenant' | 'type' | 'request' | 'requestedBy' | 'idempotencyKey' | 'retryOf'
>;

/** What else is written when an operation is, or neither is. */
export type Alongside = (
  trx: Knex.Transaction,
  operation: OperationRow,
) => Promise<void>;

type QueueOptions = {
  readonly knex: Knex;
  readonly time: DatabaseTime;
  readonly statements: PreparedStatements;
  readonly pause: Pause;
};

/** The way into the queue, and out of it before or while it runs. */
export class OperationQueue {
  constructor(private readonly options: QueueOptions) {}

  /**
   * Puts an operation into the queue, or finds the one that was put there under the same key.
   *
   * @throws ConflictError when the key came with another request before, or too many operations of the tenant wait
   * @throws ServiceUnavailableError when the database takes no writes
   */
  async enqueue(
    wanted: NewOperation,
    alongside: Alongside = async () => {},
  ): Promise<OperationRow> {
    const hash = hashOf(wanted);
    return this.inTransaction(async trx => {
      await trx('operation_tenants')
        .insert({ tenant: wanted.tenant, fence: 0 })
        .onConflict('tenant')
        .ignore();
      await lockTenant(trx, wanted.tenant, this.options.statements);
      const known = await findByKey(trx, wanted);
      if (known) return sameRequest(known, hash);
      await refuseTooMany(trx, wanted.tenant);
      const row = await this.insert(trx, wanted, hash);
      await promoteNext(trx, wanted.tenant);
      await alongside(trx, row);
      await notify(trx, row.id);
      return row;
    });
  }

  /** The operation that was started by the same request before. @throws ConflictError when the key came with another one */
  async findRepeated(
    identity: OperationIdentity,
  ): Promise<OperationRow | undefined> {
    const known = await findByKey(this.options.knex, identity);
    return known && sameRequest(known, hashOf(identity));
  }

  /** Asks an operation to stop. One that has not begun ends at once. Resolves with it; `undefined` when there is none. */
  async requestCancel(
    id: string,
    by: string,
    alongside: Alongside = async () => {},
  ): Promise<OperationRow | undefined> {
    return this.change(
      id,
      { type: 'cancelRequested' },
      {
        message: `${by} asked to cancel it.`,
        alongside,
      },
    );
  }

  /**
   * Takes operations whose worker is lost away from it. Resolves with how many there were.
   *
   * @param limit - At most so many at once.
   */
  async reapLost(limit = 20): Promise<number> {
    const { knex, time } = this.options;
    const lost: Pick<OperationRow, 'id' | 'owner'>[] = await knex('operations')
      .whereIn('state', ['running', 'cancelling'])
      .where('due_at', '<=', knex.raw(time.now()))
      .whereNotNull('owner')
      .orderBy('due_at')
      .limit(limit)
      .select('id', 'owner');
    let reaped = 0;
    for (const { id, owner } of lost) {
      const row = await this.change(
        id,
        { type: 'leaseExpired' },
        {
          message: 'Its worker was lost.',
          onlyExpiredOf: owner ?? '',
        },
      );
      if (row) reaped += 1;
    }
    return reaped;
  }

  private change(
    id: string,
    event: LifecycleEvent,
    how: {
      readonly message: string;
      readonly alongside?: Alongside;
      readonly onlyExpiredOf?: string;
    },
  ): Promise<OperationRow | undefined> {
    return this.inTransaction(async trx => {
      const found = await trx<OperationRow>('operations').where({ id }).first();
      if (!found) return undefined;
      await lockTenant(trx, found.tenant, this.options.statements);
      const { seq } = found;
      const current = () => trx<OperationRow>('operations').where({ seq });
      const row = await current()
        .modify(query => {
          if (how.onlyExpiredOf === undefined) return;
          query
            .where({ owner: how.onlyExpiredOf })
            .where('due_at', '<=', trx.raw(this.options.time.now()));
        })
        .modify(query => {
          if (isPostgres(trx)) query.forUpdate();
        })
        .first();
      if (!row) return undefined;
      const moved = transition(toLifecycle(row), event, 0);
      if (!moved.ok) return row;
      await current().update(this.columns(trx, row, moved.next));
      await this.say(trx, row, how.message);
      await promoteNext(trx, row.tenant);
      await how.alongside?.(trx, row);
      await notify(trx, id);
      return current().first();
    });
  }

  private columns(
    trx: Knex.Transaction,
    row: OperationRow,
    next: Extract<ReturnType<typeof transition>, { ok: true }>['next'],
  ) {
    const now = trx.raw(this.options.time.now());
    const ended = ['failed', 'cancelled'].includes(next.state);
    const givesUp = row.owner !== null && !next.leased;
    return {
      state: next.state,
      attempt: next.attempt,
      ready: 0,
      error: next.error === undefined ? null : JSON.stringify(next.error),
      version: row.version + 1,
      last_event: row.last_event + 1,
      ...(givesUp ? { owner: null, slot: null } : {}),
      ...(next.leased ? {} : { due_at: ended ? null : now }),
      ...(ended ? { ended_at: now } : {}),
    };
  }

  private async insert(
    trx: Knex.Transaction,
    wanted: NewOperation,
    hash: string,
  ): Promise<OperationRow> {
    const [row]: OperationRow[] = await trx('operations')
      .insert({
        id: randomBytes(12).toString('hex'),
        tenant: wanted.tenant,
        type: wanted.type,
        title: cleanText(wanted.title).slice(0, 300),
        priority: PRIORITIES[wanted.priority],
        state: 'queued',
        ready: 0,
        request: JSON.stringify(wanted.request),
        request_hash: hash,
        idempotency_key: wanted.idempotencyKey,
        requested_by: wanted.requestedBy,
        ownership: wanted.ownership ? JSON.stringify(wanted.ownership) : null,
        environments: joinEnvironments(wanted.environments),
        retry_of: wanted.retryOf ?? null,
        attempt: 0,
        max_attempts: RETRY_LIMITS.retries + 1,
        planned: 0,
        fence: 0,
        created_at: trx.raw(this.options.time.now()),
        last_event: 1,
        event_bytes: 0,
        dropped: 0,
        version: 1,
      })
      .returning('*');
    await this.say(trx, { ...row, last_event: 0 }, 'Waits for a worker.');
    return row;
  }

  private async say(
    trx: Knex.Transaction,
    row: OperationRow,
    message: string,
  ): Promise<void> {
    await trx('operation_events').insert({
      operation: row.seq,
      seq: row.last_event + 1,
      at: trx.raw(this.options.time.now()),
      type: 'state',
      level: 'info',
      message: cleanText(message),
    });
  }

  private inTransaction<T>(
    work: (trx: Knex.Transaction) => Promise<T>,
  ): Promise<T> {
    const { knex, pause } = this.options;
    return retryTransient(() => inTransaction(knex, work), {
      attempts: WRITE_LIMITS.requestAttempts,
      pause,
    });
  }
}

function hashOf({ type, request, retryOf }: OperationIdentity): string {
  return contentVersion([type, request, retryOf]);
}

function findByKey(
  db: Knex,
  { requestedBy, tenant, idempotencyKey }: OperationIdentity,
): Promise<OperationRow | undefined> {
  return db<OperationRow>('operations')
    .where({
      requested_by: requestedBy,
      tenant,
      idempotency_key: idempotencyKey,
    })
    .first();
}

function sameRequest(known: OperationRow, hash: string): OperationRow {
  if (known.request_hash === hash) return known;
  throw new ConflictError(
    `The idempotency key was used for another request before: operation ${known.id}. Use a new key.`,
  );
}

async function refuseTooMany(
  trx: Knex.Transaction,
  tenant: string,
): Promise<void> {
  const waiting = await trx<OperationRow>('operations')
    .where({ tenant, state: 'queued' })
    .limit(LEASE_LIMITS.waitingPerTenant)
    .select('seq');
  if (waiting.length < LEASE_LIMITS.waitingPerTenant) return;
  throw new ConflictError(
    `${LEASE_LIMITS.waitingPerTenant} operations of the tenant ${tenant} wait already. Cancel some, or wait until they have run.`,
  );
}

// SPDX-License-Identifier: Apache-2.0
import { randomBytes } from 'node:crypto';
import {
  OPERATION_TYPES,
  type OperationType,
} from '@tenantry/backstage-plugin-tenants-common';
import type { Knex } from 'knex';
import { inTransaction } from '../../database/inTransaction';
import { isPostgres } from '../../database/isPostgres';
import type { DatabaseTime } from './DatabaseTime';
import { LEASE_LIMITS, toLease, type Lease } from './Lease';
import { OPERATION_COLUMNS, type OperationRow } from './OperationRow';
import type { PreparedStatements } from './PreparedStatements';
import { isAway, isTransient, type Pause } from './transientErrors';

/** `queue`: what has not begun · `due`: what waited or is to be tried again. */
export type ClaimFrom = 'queue' | 'due';

type ClaimOptions = {
  readonly knex: Knex;
  readonly time: DatabaseTime;
  readonly statements: PreparedStatements;
  readonly pause: Pause;
  /** Leases of all replicas together. */
  readonly concurrency?: number;
};

/** What may be taken, and for how long. */
export type ClaimHow = {
  /** All types when left out. A replica leaves what it does not know to newer ones. */
  readonly types?: readonly OperationType[];
  readonly lengthMs?: number;
};

type Claim = {
  readonly which: string;
  readonly order: string;
  readonly now: string;
  readonly owner: string;
  readonly lengthMs: number;
};

const FROM: Readonly<
  Record<ClaimFrom, (now: string) => { which: string; order: string }>
> = {
  queue: () => ({
    which: `o.state = 'queued' AND o.ready = 1`,
    order: 'o.priority, o.seq',
  }),
  due: now => ({
    which: `o.state IN ('running', 'retrying', 'cancelling') AND o.due_at <= ${now} AND o.owner IS NULL`,
    order: 'o.due_at, o.seq',
  }),
};

/** Columns of a claim, in terms of the row as it was. Bindings: the owner, the lease’s length. */
const CLAIMED = (now: string) => `
  state = CASE WHEN o.state = 'cancelling' THEN 'cancelling' ELSE 'running' END,
  attempt = o.attempt + CASE WHEN o.state IN ('queued', 'retrying') THEN 1 ELSE 0 END,
  last_event = o.last_event + CASE WHEN o.state IN ('queued', 'retrying') THEN 1 ELSE 0 END,
  started_at = coalesce(o.started_at, ${now}),
  ready = 0, error = NULL, version = o.version + 1,
  owner = ?, due_at = ${now} + ?`;

/** By name: a newer version may add some while this one runs. */
const COLUMNS = OPERATION_COLUMNS.map(column => `o.${column}`).join(', ');

const BEGUN = `'Begun (try ' || attempt || ' of ' || max_attempts || ').'`;

/** Contended claims before a worker looks again later. */
const ATTEMPTS = 5;

/**
 * Gives operations to workers. What the SQL writes is what the state machine says of `claimed`; a test holds the two together.
 * That no tenant has two operations under way, and that there are never more leases than allowed, are unique indexes.
 */
export class OperationClaims {
  private readonly concurrency: number;

  constructor(private readonly options: ClaimOptions) {
    this.concurrency = options.concurrency ?? LEASE_LIMITS.concurrency;
  }

  /** The lease of the next operation; `undefined` when there is none, or every slot is taken. @throws when the database fails */
  async claim(
    from: ClaimFrom,
    { types, lengthMs = LEASE_LIMITS.lengthMs }: ClaimHow = {},
  ): Promise<Lease | undefined> {
    const { knex, pause, time } = this.options;
    for (let attempt = 1; ; attempt++) {
      const owner = randomBytes(16).toString('hex');
      const now = time.now();
      const { which, order } = FROM[from](now);
      const known = `${which}${typesIn(types)}`;
      const claim: Claim = { which: known, order, now, owner, lengthMs };
      try {
        const row = isPostgres(knex)
          ? await this.claimAtOnce(claim)
          : await this.claimInTurn(claim);
        return row && toLease(row);
      } catch (error) {
        if (!isTransient(error)) throw error;
        // The answer may be lost after the lease was given.
        const given = isAway(error) ? await this.findBy(owner) : undefined;
        if (given) return toLease(given);
        if (attempt === ATTEMPTS) throw error;
        await pause(10 * attempt);
      }
    }
  }

  private findBy(owner: string): Promise<OperationRow | undefined> {
    return this.options
      .knex<OperationRow>('operations')
      .where({ owner })
      .first();
  }

  private async claimAtOnce({
    which,
    order,
    now,
    ...how
  }: Claim): Promise<OperationRow | undefined> {
    const { knex, statements } = this.options;
    // In the text: of a number it does not know the server thinks the worst, and plans anew each time.
    const slots = Math.trunc(this.concurrency);
    const [row] = await statements.run<OperationRow>(
      knex,
      `WITH free AS (
         SELECT s FROM generate_series(0, ${slots - 1}) s
         WHERE NOT EXISTS (SELECT 1 FROM operations taken WHERE taken.slot = s)
         ORDER BY random() LIMIT 1),
       head AS (
         SELECT o.seq, o.tenant, o.state AS state_before
         FROM operations o JOIN operation_tenants t ON t.tenant = o.tenant
         WHERE ${which} AND EXISTS (SELECT 1 FROM free)
         ORDER BY ${order} LIMIT 1 FOR UPDATE OF t SKIP LOCKED),
       lease AS (
         UPDATE operation_tenants t SET fence = greatest(t.fence + 1, ${now})
         FROM head WHERE t.tenant = head.tenant RETURNING t.fence),
       claimed AS (
         UPDATE operations o SET ${CLAIMED(
           now,
         )}, fence = lease.fence, slot = free.s
         FROM head, lease, free WHERE o.seq = head.seq AND ${which}
         RETURNING ${COLUMNS}, head.state_before),
       said AS (
         INSERT INTO operation_events (operation, seq, at, type, level, message)
         SELECT seq, last_event, ${now}, 'state', 'info', ${BEGUN}
         FROM claimed WHERE state_before IN ('queued', 'retrying'))
       SELECT * FROM claimed`,
      [how.owner, how.lengthMs],
    );
    return row;
  }

  private claimInTurn({
    which,
    order,
    now,
    ...how
  }: Claim): Promise<OperationRow | undefined> {
    const { knex } = this.options;
    return inTransaction(knex, async trx => {
      const slot = await this.freeSlot(trx);
      if (slot === undefined) return undefined;
      const [head]: OperationRow[] = await trx.raw(
        `SELECT o.* FROM operations o WHERE ${which} ORDER BY ${order} LIMIT 1`,
      );
      if (!head) return undefined;
      const [{ fence }]: { fence: number }[] = await trx.raw(
        `UPDATE operation_tenants SET fence = max(fence + 1, ${now}) WHERE tenant = ? RETURNING fence`,
        [head.tenant],
      );
      const [row]: OperationRow[] = await trx.raw(
        `UPDATE operations AS o SET ${CLAIMED(
          now,
        )}, fence = ?, slot = ? WHERE o.seq = ? AND ${which} RETURNING *`,
        [how.owner, how.lengthMs, fence, slot, head.seq],
      );
      if (row && ['queued', 'retrying'].includes(head.state)) {
        await trx.raw(
          `INSERT INTO operation_events (operation, seq, at, type, level, message)
           SELECT seq, last_event, ${now}, 'state', 'info', ${BEGUN} FROM operations WHERE seq = ?`,
          [row.seq],
        );
      }
      return row;
    });
  }

  private async freeSlot(trx: Knex.Transaction): Promise<number | undefined> {
    const taken: Pick<OperationRow, 'slot'>[] = await trx('operations')
      .whereNotNull('slot')
      .select('slot');
    const slots = new Set(taken.map(({ slot }) => slot));
    for (let slot = 0; slot < this.concurrency; slot++) {
      if (!slots.has(slot)) return slot;
    }
    return undefined;
  }
}

/** SQL for the types, all of which are words of ours. */
function typesIn(types: readonly OperationType[] | undefined): string {
  if (!types) return '';
  const words = OPERATION_TYPES.filter(type => types.includes(type));
  return ` AND o.type IN (${
    words.map(type => `'${type}'`).join(', ') || "''"
  })`;
}

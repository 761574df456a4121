// SPDX-License-Identifier: Apache-2.0
import {
  isFinalState,
  type Operation,
  type OperationEventList,
  type OperationList,
  type OperationQuery,
} from '@tenantry/backstage-plugin-tenants-common';
import type { Knex } from 'knex';
import { inTransaction } from '../../database/inTransaction';
import type { DatabaseTime } from './DatabaseTime';
import {
  toEvent,
  toOperation,
  type EventRow,
  type OperationRow,
  type StepRow,
} from './OperationRow';

/** How long operations are kept after their end. */
export const RETENTION = { days: 30, batch: 500 } as const;

const ACTIVE = ['queued', 'running', 'retrying', 'cancelling'] as const;
const ENDED = ['succeeded', 'failed', 'cancelled'] as const;
const DAY_MS = 24 * 60 * 60 * 1000;

type HistoryOptions = { readonly knex: Knex; readonly time: DatabaseTime };

/** Which operations, and from where on. */
export type HistoryQuery = Partial<OperationQuery> & {
  readonly tenant?: string;
  readonly limit: number;
};

/** How many operations there are in which state. */
export type OperationCounts = Readonly<
  Partial<Record<Operation['state'], number>>
>;

/** What operations were and are. Reads only, except for what is removed after its time. */
export class OperationHistory {
  constructor(private readonly options: HistoryOptions) {}

  /** The row of an operation. */
  find(id: string): Promise<OperationRow | undefined> {
    return this.rows().where({ id }).first();
  }

  async get(id: string): Promise<Operation | undefined> {
    const row = await this.find(id);
    if (!row) return undefined;
    const [operation] = await this.assemble([row], { withChanges: true });
    return operation;
  }

  /** Newest first; rows carry no changes. */
  async list(query: HistoryQuery): Promise<OperationList> {
    const { limit } = query;
    const rows: OperationRow[] = await this.rows()
      .modify(builder => narrow(builder, query))
      .orderBy('seq', 'desc')
      .limit(limit + 1);
    const page = rows.slice(0, limit);
    return {
      items: await this.assemble(page, { withChanges: false }),
      ...(rows.length > limit
        ? { nextCursor: String(page[page.length - 1].seq) }
        : {}),
    };
  }

  /** Lines after a sequence number. */
  async listEvents(
    row: OperationRow,
    { after, limit }: { readonly after: number; readonly limit: number },
  ): Promise<OperationEventList> {
    const rows: EventRow[] = await this.options
      .knex<EventRow>('operation_events')
      .where({ operation: row.seq })
      .where('seq', '>', after)
      .orderBy('seq')
      .limit(limit);
    const last = rows.length > 0 ? rows[rows.length - 1].seq : after;
    return {
      items: rows.map(toEvent),
      after: last,
      ended: isFinalState(row.state) && last >= row.last_event,
    };
  }

  /** The versions of those operations that still are. A version grows with every write. */
  async versions(
    ids: readonly string[],
  ): Promise<readonly Pick<OperationRow, 'id' | 'version'>[]> {
    return this.rows().whereIn('id', ids).select('id', 'version');
  }

  /** The versions of the newest operations, and of the newest that have not ended. */
  async newestVersions(
    tenant: string | undefined,
    limit: number,
  ): Promise<readonly Pick<OperationRow, 'id' | 'version'>[]> {
    const newest = (active: boolean) =>
      this.rows()
        .modify(builder => {
          if (tenant !== undefined) builder.where({ tenant });
          if (active) builder.whereIn('state', ACTIVE);
        })
        .orderBy('seq', 'desc')
        .limit(limit)
        .select('id', 'version');
    return (await Promise.all([newest(false), newest(true)])).flat();
  }

  async counts(): Promise<OperationCounts> {
    const rows: { state: Operation['state']; n: number | string }[] =
      await this.rows()
        .whereIn('state', ACTIVE)
        .groupBy('state')
        .select('state')
        .count('* as n');
    return Object.fromEntries(rows.map(({ state, n }) => [state, Number(n)]));
  }

  /** Removes operations that ended longer ago than is kept, in batches. Resolves with how many. */
  async removeOld(): Promise<number> {
    const { knex, time } = this.options;
    const oldest = knex.raw(`${time.now()} - ${RETENTION.days * DAY_MS}`);
    let removed = 0;
    for (;;) {
      const old = await this.rows()
        .whereNotNull('ended_at')
        .where('ended_at', '<', oldest)
        .limit(RETENTION.batch)
        .select('seq');
      if (old.length === 0) return removed;
      const seqs = old.map(({ seq }) => seq);
      await inTransaction(knex, async trx => {
        for (const table of ['operation_events', 'operation_steps']) {
          await trx(table).whereIn('operation', seqs).delete();
        }
        await trx('operations').whereIn('seq', seqs).delete();
      });
      removed += seqs.length;
    }
  }

  private rows(): Knex.QueryBuilder<OperationRow, OperationRow[]> {
    return this.options.knex<OperationRow>('operations');
  }

  private async assemble(
    rows: readonly OperationRow[],
    { withChanges }: { readonly withChanges: boolean },
  ): Promise<Operation[]> {
    if (rows.length === 0) return [];
    const steps = new Map<string, StepRow[]>();
    const all: StepRow[] = await this.options
      .knex<StepRow>('operation_steps')
      .whereIn(
        'operation',
        rows.map(({ seq }) => seq),
      );
    for (const step of all) {
      const key = String(step.operation);
      steps.set(key, [...(steps.get(key) ?? []), step]);
    }
    const before = await this.before(rows);
    return rows.map(row =>
      toOperation(row, {
        steps: steps.get(String(row.seq)) ?? [],
        waitsFor: row.state === 'queued' ? waitsFor(row, before) : undefined,
        withChanges,
      }),
    );
  }

  /** What runs or is next, of the tenants that have something in the queue. */
  private async before(
    rows: readonly OperationRow[],
  ): Promise<readonly OperationRow[]> {
    const queued = rows.filter(({ state }) => state === 'queued');
    if (queued.length === 0) return [];
    return this.rows()
      .whereIn('tenant', [...new Set(queued.map(({ tenant }) => tenant))])
      .where(builder =>
        builder
          .whereIn('state', ['running', 'retrying', 'cancelling'])
          .orWhere({ ready: 1 }),
      );
  }
}

function waitsFor(row: OperationRow, before: readonly OperationRow[]) {
  const other = before.find(
    ({ tenant, id }) => tenant === row.tenant && id !== row.id,
  );
  return other && { id: other.id, title: other.title };
}

function narrow(
  builder: Knex.QueryBuilder<OperationRow, OperationRow[]>,
  query: HistoryQuery,
): void {
  const { tenant, state, type, requestedBy, environment, cursor } = query;
  const exact = { tenant, type, requested_by: requestedBy };
  for (const [column, value] of Object.entries(exact)) {
    if (value !== undefined) builder.where(column, value);
  }
  if (state === 'active') builder.whereIn('state', ACTIVE);
  else if (state === 'ended') builder.whereIn('state', ENDED);
  else if (state !== undefined) builder.where('state', state);
  if (environment !== undefined) {
    // Names are labels; anything else matches nothing, and cannot be a pattern.
    const isLabel = /^[a-z0-9-]{1,63}$/.test(environment);
    builder.where('environments', 'like', isLabel ? `%|${environment}|%` : '');
  }
  if (cursor !== undefined) {
    builder.where('seq', '<', /^\d{1,15}$/.test(cursor) ? Number(cursor) : 0);
  }
}

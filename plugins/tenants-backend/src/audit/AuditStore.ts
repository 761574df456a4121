// SPDX-License-Identifier: Apache-2.0
import type {
  AuditEvent,
  AuditPage,
  AuditQuery,
} from '@tenantry/backstage-plugin-tenants-common';
import type { Knex } from 'knex';
import { inTransaction } from '../database/inTransaction';
import { CHAIN_START, chainHash, findBreak } from './AuditChain';
import { toChainedEvent, toRow, type AuditRow } from './AuditRow';

/** Named limits of the audit. */
export const AUDIT_LIMITS = {
  keptDays: 400,
  /** Writers of one tenant at once, across processes, before one gives up. */
  attempts: 20,
  /** Newest events whose chain is checked when the audit is read. */
  checked: 200,
  detailBytes: 4096,
} as const;

/** What a writer says of an event; its place and time are the store’s. */
export type NewAuditEvent = Pick<
  AuditEvent,
  'actor' | 'action' | 'outcome' | 'detail'
> & { readonly tenant: string };

const TABLE = 'audit_events';

/** The table of audit events: appended to, never changed; each tenant’s events are one hash chain. */
export class AuditStore {
  constructor(
    private readonly knex: Knex,
    private readonly clock: { now(): number },
  ) {}

  /**
   * Appends an event.
   *
   * @param transaction - The one of the work that is recorded, so that both are written or neither is. It must then be
   *   retried as a whole when somebody else appended at the same time.
   * @throws when the database does not take it
   */
  async append(
    event: NewAuditEvent,
    transaction?: Knex.Transaction,
  ): Promise<AuditEvent> {
    if (transaction) return this.insertNext(event, transaction);
    for (let attempt = 1; ; attempt++) {
      try {
        return await inTransaction(this.knex, trx =>
          this.insertNext(event, trx),
        );
      } catch (error) {
        if (attempt === AUDIT_LIMITS.attempts || !isConflict(error))
          throw error;
      }
    }
  }

  /** A tenant’s events, newest first. */
  async list(tenant: string, query: AuditQuery): Promise<AuditPage> {
    const { limit, cursor } = query;
    const rows: AuditRow[] = await this.matching(tenant, query)
      .modify(builder => {
        if (cursor !== undefined) builder.where('seq', '<', Number(cursor));
      })
      .orderBy('seq', 'desc')
      .limit(limit + 1);
    const items = rows.slice(0, limit).map(row => toChainedEvent(row).event);
    return {
      items,
      ...(rows.length > limit
        ? { nextCursor: String(items[items.length - 1].seq) }
        : {}),
      chain: await this.checkChain(tenant),
    };
  }

  /** Removes what is older than is kept. Returns how many events that were. */
  async removeOld(): Promise<number> {
    const keptMs = AUDIT_LIMITS.keptDays * 24 * 60 * 60 * 1000;
    const oldest = new Date(this.clock.now() - keptMs).toISOString();
    return this.knex<AuditRow>(TABLE).where('at', '<', oldest).delete();
  }

  private async insertNext(
    { tenant, actor, action, outcome, detail }: NewAuditEvent,
    trx: Knex.Transaction,
  ): Promise<AuditEvent> {
    const last = await trx<AuditRow>(TABLE)
      .where({ tenant })
      .orderBy('seq', 'desc')
      .first();
    const event: AuditEvent = {
      seq: (last?.seq ?? 0) + 1,
      at: new Date(this.clock.now()).toISOString(),
      actor,
      action,
      outcome,
      detail,
    };
    const previousHash = last?.hash ?? CHAIN_START;
    const hash = chainHash(tenant, event, previousHash);
    await trx<AuditRow>(TABLE).insert(
      toRow({ tenant, event, previousHash, hash }),
    );
    return event;
  }

  private matching(
    tenant: string,
    { actor, action, outcome, from, to }: AuditQuery,
  ): Knex.QueryBuilder<AuditRow, AuditRow[]> {
    const wanted = Object.entries({ tenant, actor, action, outcome });
    return this.knex<AuditRow>(TABLE)
      .where(Object.fromEntries(wanted.filter(([, v]) => v !== undefined)))
      .modify(builder => {
        if (from !== undefined) builder.where('at', '>=', toUtc(from));
        if (to !== undefined) builder.where('at', '<', toUtc(to));
      });
  }

  private async checkChain(tenant: string): Promise<AuditPage['chain']> {
    const newest = await this.knex<AuditRow>(TABLE)
      .where({ tenant })
      .orderBy('seq', 'desc')
      .limit(AUDIT_LIMITS.checked);
    const brokenAt = findBreak(newest.reverse().map(toChainedEvent));
    return {
      checked: newest.length,
      ...(brokenAt === undefined ? {} : { brokenAt }),
    };
  }
}

/** The form times are stored in, so that text compares as time. */
function toUtc(time: string): string {
  return new Date(time).toISOString();
}

/** Whether somebody else took the place in the chain, or holds the database for the moment. */
function isConflict(error: unknown): boolean {
  const code =
    typeof error === 'object' && error !== null && 'code' in error
      ? String(error.code)
      : '';
  return /^(23505|40001|40P01|SQLITE_(CONSTRAINT|BUSY).*)$/.test(code);
}

// SPDX-License-Identifier: Apache-2.0
import { auditEventSchema } from '@tenantry/backstage-plugin-tenants-common';
import type { ChainedEvent } from './AuditChain';

/** A row of the table `audit_events`. */
export type AuditRow = {
  tenant: string;
  seq: number;
  at: string;
  actor: string;
  action: string;
  outcome: string;
  detail: string;
  previous_hash: string;
  hash: string;
};

/** The row of an event. */
export function toRow(chained: ChainedEvent): AuditRow {
  const { tenant, event, previousHash, hash } = chained;
  return {
    tenant,
    ...event,
    detail: JSON.stringify(event.detail),
    previous_hash: previousHash,
    hash,
  };
}

/** The event of a row. @throws when the row is not one that this version can read */
export function toChainedEvent(row: AuditRow): ChainedEvent {
  const { tenant, previous_hash: previousHash, hash, detail, ...rest } = row;
  return {
    tenant,
    event: auditEventSchema.parse({ ...rest, detail: JSON.parse(detail) }),
    previousHash,
    hash,
  };
}

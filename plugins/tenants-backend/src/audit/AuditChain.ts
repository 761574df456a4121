// SPDX-License-Identifier: Apache-2.0
import { createHash } from 'node:crypto';
import type { AuditEvent } from '@tenantry/backstage-plugin-tenants-common';
import { canonicalJson } from '../snapshots/contentVersion';

/** What comes before the first event of a tenant. */
export const CHAIN_START = '0'.repeat(43);

/** An event in its place in a tenant’s chain. */
export type ChainedEvent = {
  readonly tenant: string;
  readonly event: AuditEvent;
  readonly previousHash: string;
  readonly hash: string;
};

/** Hash of an event and all before it: changing any of them changes it. */
export function chainHash(
  tenant: string,
  event: AuditEvent,
  previousHash: string,
): string {
  return createHash('sha256')
    .update(canonicalJson([tenant, event, previousHash]))
    .digest('base64url');
}

/** The first of consecutive events, oldest first, that does not fit; `undefined` when all do. */
export function findBreak(events: readonly ChainedEvent[]): number | undefined {
  const broken = events.find(({ tenant, event, previousHash, hash }, index) => {
    const before = index === 0 ? undefined : events[index - 1];
    const follows =
      before === undefined ||
      (before.hash === previousHash && before.event.seq + 1 === event.seq);
    return !follows || chainHash(tenant, event, previousHash) !== hash;
  });
  return broken?.event.seq;
}

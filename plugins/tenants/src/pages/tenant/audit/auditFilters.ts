// SPDX-License-Identifier: Apache-2.0
import {
  AUDIT_OUTCOMES,
  auditQuerySchema,
  type AuditOutcome,
} from '@tenantry/backstage-plugin-tenants-common';

const { actor: actorSchema, action: actionSchema } = auditQuerySchema.shape;
const { from: timeSchema } = auditQuerySchema.shape;

/** What the address says about the audit. */
export type AuditFilters = {
  readonly actor: string | undefined;
  readonly action: string | undefined;
  readonly outcome: AuditOutcome | undefined;
  /** This moment and later, ISO, UTC. */
  readonly from: string | undefined;
  /** Before this moment. */
  readonly to: string | undefined;
};

/** Reads the filters of an address; what the portal would refuse is left out. */
export function parseAuditFilters(search: URLSearchParams): AuditFilters {
  const read = (name: string) => search.get(name) || undefined;
  const actor = actorSchema.safeParse(toActor(read('actor')));
  return {
    actor: actor.success ? actor.data : undefined,
    action: actionSchema.catch(undefined).parse(read('action')),
    outcome: AUDIT_OUTCOMES.find(outcome => outcome === read('outcome')),
    from: timeSchema.catch(undefined).parse(read('from')),
    to: timeSchema.catch(undefined).parse(read('to')),
  };
}

/** A name alone means a user of the default namespace; services are called `plugin:…` or `external:…`. */
function toActor(text: string | undefined): string | undefined {
  if (text === undefined || /[:/]/.test(text)) return text;
  return `user:default/${text}`;
}

/** Whether anything is left out. */
export function hasAuditFilters(filters: AuditFilters): boolean {
  return Object.values(filters).some(value => value !== undefined);
}

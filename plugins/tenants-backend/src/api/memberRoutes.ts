// SPDX-License-Identifier: Apache-2.0
import {
  memberQuerySchema,
  type Member,
  type MemberPage,
  type MemberQuery,
  type Tenant,
} from '@tenantry/backstage-plugin-tenants-common';
import { parseQuery } from './parseInput';
import type { RouteGuard } from './RouteGuard';
import { setReadHeaders } from './sendBody';

type MemberRoutesOptions = {
  readonly guard: RouteGuard;
  /** Everybody who holds a role in a tenant, in an order that lasts. */
  readonly membersOf: (tenant: Tenant) => readonly Member[];
};

/** Who holds which role in a tenant. */
export function memberRoutes({ guard, membersOf }: MemberRoutesOptions) {
  return {
    listMembers: guard.one('listMembers', ({ req, res, snapshot }) => {
      const query = parseQuery(memberQuerySchema, req.query);
      setReadHeaders({ req, res });
      res.json(toPage(membersOf(snapshot.tenant), query));
    }),
  };
}

function toPage(members: readonly Member[], query: MemberQuery): MemberPage {
  const { environment, kind, limit } = query;
  const matching = members.filter(
    member =>
      (environment === undefined || member.environment === environment) &&
      (kind === undefined || member.kind === kind),
  );
  const start = Number(query.cursor ?? 0);
  const end = start + limit;
  return {
    items: matching.slice(start, end),
    totalItems: matching.length,
    ...(end < matching.length ? { nextCursor: String(end) } : {}),
  };
}

// SPDX-License-Identifier: Apache-2.0
import { auditQuerySchema } from '@tenantry/backstage-plugin-tenants-common';
import type { AuditLog } from '../audit/AuditLog';
import type { AuditStore } from '../audit/AuditStore';
import { parseQuery } from './parseInput';
import type { RouteGuard } from './RouteGuard';
import { setReadHeaders } from './sendBody';

type AuditRoutesOptions = {
  readonly guard: RouteGuard;
  readonly audit: Pick<AuditLog, 'record'>;
  readonly auditStore: Pick<AuditStore, 'list'>;
};

/** Who did and saw what in a tenant. */
export function auditRoutes({ guard, audit, auditStore }: AuditRoutesOptions) {
  return {
    listAuditEvents: guard.one(
      'listAuditEvents',
      async ({ req, res, caller, snapshot }) => {
        const query = parseQuery(auditQuerySchema, req.query);
        const { name: tenant } = snapshot.facts;
        const page = await auditStore.list(tenant, query);
        await audit.record({
          tenant,
          actor: caller.id,
          action: 'audit.read',
          outcome: 'allowed',
          detail: { from: query.from ?? '', actor: query.actor ?? '' },
          request: req,
        });
        setReadHeaders({ req, res });
        res.json(page);
      },
    ),
  };
}

// SPDX-License-Identifier: Apache-2.0
import { secretInputSchema } from '@tenantry/backstage-plugin-tenants-common';
import type { AuditLog } from '../audit/AuditLog';
import type { TenantSecrets } from '../modules/secrets';
import { parseBody } from './parseInput';
import type { RouteGuard } from './RouteGuard';
import { setReadHeaders } from './sendBody';
import { untilClosed } from './untilClosed';

type SecretRoutesOptions = {
  readonly guard: RouteGuard;
  readonly secrets: Pick<TenantSecrets, 'list' | 'set'>;
  readonly audit: Pick<AuditLog, 'require' | 'record'>;
};

/** Secrets can be set and never read. */
export function secretRoutes({ guard, secrets, audit }: SecretRoutesOptions) {
  return {
    listSecrets: guard.one('listSecrets', async ({ req, res, snapshot }) => {
      const { name: tenant } = snapshot.facts;
      const items = await secrets.list(tenant, untilClosed(res));
      setReadHeaders({ req, res });
      res.json({ items });
    }),

    setSecret: guard.one(
      'setSecret',
      async ({ req, res, caller, snapshot }) => {
        const { name: tenant } = snapshot.facts;
        const { environment, value } = parseBody(secretInputSchema, req.body);
        const { secret: name } = req.params;
        const act = {
          tenant,
          actor: caller.id,
          action: 'secret.set',
          detail: { environment, secret: name.slice(0, 63) },
          request: req,
        };
        // A secret that nobody could say who set is not set.
        await audit.require({ ...act, outcome: 'allowed' });
        try {
          const by = caller.id;
          const status = await secrets.set(
            { tenant, environment, name, value, by },
            untilClosed(res),
          );
          await audit.record({ ...act, outcome: 'succeeded' });
          res.set('Cache-Control', 'no-store');
          res.json(status);
        } catch (error) {
          await audit.record({ ...act, outcome: 'failed' });
          throw error;
        }
      },
    ),
  };
}

// SPDX-License-Identifier: Apache-2.0
import { planRequestSchema } from '@tenantry/backstage-plugin-tenants-common';
import type { Caller } from '../access/Caller';
import type { Planner } from '../modules/Planner';
import { parseBody } from './parseInput';
import { requestNeeds } from './requestNeeds';
import type { RouteGuard } from './RouteGuard';
import { untilClosed } from './untilClosed';

type PlanRoutesOptions = {
  readonly guard: RouteGuard;
  readonly planner: Planner;
  /** The user and the groups that count as the user’s. */
  readonly ownershipOf: (caller: Caller) => Promise<readonly string[]>;
};

/** What would happen, before anything is touched. */
export function planRoutes({ guard, planner, ownershipOf }: PlanRoutesOptions) {
  return {
    makePlan: guard.request(
      'makePlan',
      ({ req }) => {
        const wanted = parseBody(planRequestSchema, req.body);
        return { wanted, needs: requestNeeds(wanted.tenant, wanted.request) };
      },
      async ({ res, caller, wanted }) => {
        const { plan } = await planner.make(wanted, {
          caller: {
            entityRef: caller.viewsAs ?? caller.id,
            ownership: await ownershipOf(caller),
          },
          signal: untilClosed(res),
        });
        // It says what is in a cluster now and is for nobody else.
        res.set('Cache-Control', 'no-store');
        res.json(plan);
      },
    ),
  };
}

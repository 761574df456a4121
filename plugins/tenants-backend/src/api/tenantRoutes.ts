// SPDX-License-Identifier: Apache-2.0
import {
  platformReadPermission,
  tenantListQuerySchema,
} from '@tenantry/backstage-plugin-tenants-common';
import type { Access } from '../access/Access';
import type { Caller } from '../access/Caller';
import { explainAccess } from '../access/explainAccess';
import type { Grantors } from '../access/Grantors';
import type { TenantPages } from '../snapshots/TenantPages';
import type { TenantSnapshots } from '../snapshots/TenantSnapshots';
import { parseQuery } from './parseInput';
import type { RouteGuard } from './RouteGuard';
import { sendBody, setReadHeaders } from './sendBody';

type TenantRoutesOptions = {
  readonly guard: RouteGuard;
  readonly access: Access;
  readonly grantors: Grantors;
  readonly snapshots: TenantSnapshots;
  readonly pages: TenantPages;
};

/** Tenants: the list, one, and what the caller may do with it. */
export function tenantRoutes(options: TenantRoutesOptions) {
  const { guard, access, grantors, snapshots, pages } = options;
  return {
    listTenants: guard.each('listTenants', async exchange => {
      const { req, res, caller, decision } = exchange;
      const query = parseQuery(tenantListQuerySchema, req.query);
      const seesAllClusters =
        pages.hasGaps && (await seesPlatform(access, caller));
      const viewer = { ...decision, seesAllClusters };
      const page = pages.get(query, viewer);
      await sendBody({ req, res }, page, pages.observedAt(viewer));
    }),

    getTenant: guard.one('getTenant', async ({ req, res, snapshot }) => {
      const observedAt = snapshots.observedAt(snapshot.facts.clusters);
      await sendBody({ req, res }, snapshot.body, observedAt);
    }),

    getAllowedActions: guard.one(
      'getAllowedActions',
      async ({ req, res, caller, snapshot }) => {
        setReadHeaders({ req, res });
        res.json(
          await explainAccess({ access, grantors }, caller, snapshot.facts),
        );
      },
    ),
  };
}

async function seesPlatform(access: Access, caller: Caller): Promise<boolean> {
  const decision = await access.decide(caller, platformReadPermission);
  return !decision.deniesAll;
}

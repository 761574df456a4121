// SPDX-License-Identifier: Apache-2.0
import {
  objectPathSchema,
  objectQuerySchema,
  type PartialData,
  type Tenant,
  type TenantNetwork,
} from '@tenantry/backstage-plugin-tenants-common';
import type { ClusterView } from '../informers/Lister';
import type { ObjectReader } from '../objects';
import { deriveNetwork } from '../tenancy';
import { readUsage, type MetricsReader } from '../usage';
import { parseParams, parseQuery } from './parseInput';
import type { RouteGuard } from './RouteGuard';
import { setReadHeaders } from './sendBody';
import { untilClosed } from './untilClosed';

/** What details are read from. */
export type Details = {
  readonly metrics: MetricsReader;
  readonly objects: ObjectReader;
  /** `undefined` when the cluster is not watched. */
  readonly viewOf: (cluster: string) => ClusterView | undefined;
};

type DetailRoutesOptions = {
  readonly guard: RouteGuard;
  readonly details: Details;
};

/** What is not part of a tenant’s snapshot and is read when somebody looks. */
export function detailRoutes({ guard, details }: DetailRoutesOptions) {
  return {
    getUsage: guard.one('getUsage', async ({ req, res, snapshot }) => {
      const usage = await readUsage(snapshot.tenant, details);
      setReadHeaders({ req, res });
      res.json(usage);
    }),

    getObject: guard.one('getObject', async ({ req, res, snapshot }) => {
      const { tenant: _tenant, ...path } = req.params;
      const ref = {
        ...parseParams(objectPathSchema, path),
        ...parseQuery(objectQuerySchema, req.query),
      };
      const signal = untilClosed(res);
      const object = await details.objects.read(snapshot.tenant, ref, signal);
      setReadHeaders({ req, res });
      // What was masked is still not for caches on the way.
      res.set('Cache-Control', 'no-store');
      res.json(object);
    }),

    getNetwork: guard.one('getNetwork', ({ req, res, snapshot }) => {
      setReadHeaders({ req, res });
      res.json(toNetwork(snapshot.tenant, details));
    }),
  };
}

function toNetwork(tenant: Tenant, { viewOf }: Details): TenantNetwork {
  const environments = tenant.environments.map(environment => {
    const view = viewOf(environment.cluster);
    return deriveNetwork(
      environment,
      view && readsPolicies(view) ? view.listers : undefined,
    );
  });
  const told = tenant.partial.filter(
    ({ kind }) => kind === undefined || kind === 'NetworkPolicy',
  );
  const untold = environments.filter(
    ({ known, cluster }) =>
      !known && told.every(part => part.cluster !== cluster),
  );
  const clusters = [...new Set(untold.map(({ cluster }) => cluster))];
  return { environments, partial: [...told, ...clusters.map(notRead)] };
}

function notRead(cluster: string): PartialData {
  return {
    cluster,
    kind: 'NetworkPolicy',
    reason: 'NotServed',
    message: `The portal does not read network policies of cluster ${cluster}: where namespaces are watched one by one it leaves them out.`,
  };
}

/** Where namespaces are watched one by one, and where the right is missing, no policy is known: that is not the same as none. */
function readsPolicies({ status }: ClusterView): boolean {
  const kind = status.kinds.find(known => known.kind === 'NetworkPolicy');
  if (!kind) return false;
  const { state, objects } = kind;
  const isHeld = state === 'refreshing' && objects > 0;
  return state === 'synced' || state === 'stale' || isHeld;
}

// SPDX-License-Identifier: Apache-2.0
import { InputError, NotAllowedError, NotFoundError } from '@backstage/errors';
import {
  IDEMPOTENCY_KEY_HEADER,
  operationEventQuerySchema,
  operationQuerySchema,
  operationRequestSchema,
  tenantOperatePermission,
} from '@tenantry/backstage-plugin-tenants-common';
import type { Request } from 'express';
import type { Caller } from '../access/Caller';
import type { Actor, OperationService } from '../operations/OperationService';
import type { RevisionReader } from '../records/RecordReader';
import { noSuchOperation } from './noSuchTenant';
import { parseBody, parseQuery } from './parseInput';
import { requestNeeds, type RequestNeeds } from './requestNeeds';
import type { Exchange, RouteGuard } from './RouteGuard';
import { setReadHeaders } from './sendBody';
import { untilClosed } from './untilClosed';

type OperationRoutesOptions = {
  readonly guard: RouteGuard;
  readonly operations: OperationService;
  readonly revisions: Pick<RevisionReader, 'list'>;
  /** The user and the groups that count as the user’s. */
  readonly ownershipOf: (caller: Caller) => Promise<readonly string[]>;
};

const KEY = /^[A-Za-z0-9._-]{1,100}$/;

/** Everything that changes a cluster. */
export function operationRoutes(options: OperationRoutesOptions) {
  return { ...readingRoutes(options), ...changingRoutes(options) };
}

function readingRoutes({
  guard,
  operations,
  revisions,
}: OperationRoutesOptions) {
  return {
    listTenantOperations: guard.one(
      'listTenantOperations',
      async ({ req, res, snapshot }) => {
        const query = parseQuery(operationQuerySchema, req.query);
        const { name: tenant } = snapshot.facts;
        setReadHeaders({ req, res });
        res.json(await operations.list({ ...query, tenant }));
      },
    ),

    listOperations: guard.plain('listOperations', async ({ req, res }) => {
      const query = parseQuery(operationQuerySchema, req.query);
      setReadHeaders({ req, res });
      res.json(await operations.list(query));
    }),

    listRevisions: guard.one(
      'listRevisions',
      async ({ req, res, snapshot }) => {
        setReadHeaders({ req, res });
        res.json({ items: await revisions.list(snapshot.facts.name) });
      },
    ),

    getOperation: guard.request(
      'getOperation',
      exchange => readOperation(operations, exchange),
      async ({ req, res, id }) => {
        setReadHeaders({ req, res });
        res.json(await operations.get(id));
      },
    ),

    listOperationEvents: guard.request(
      'listOperationEvents',
      exchange => readOperation(operations, exchange),
      async ({ req, res, id }) => {
        const query = parseQuery(operationEventQuerySchema, req.query);
        setReadHeaders({ req, res });
        res.json(await operations.listEvents(id, query));
      },
    ),
  };
}

function changingRoutes(options: OperationRoutesOptions) {
  const { guard, operations } = options;
  return {
    startOperation: guard.request(
      'startOperation',
      ({ req }) => {
        const { tenant } = req.params;
        const request = parseBody(operationRequestSchema, req.body);
        return { tenant, request, needs: requestNeeds(tenant, request) };
      },
      async ({ req, res, caller, tenant, request }) => {
        refuseViewers(caller);
        const operation = await operations.start({
          tenant,
          request,
          by: await actorOf(options, caller),
          idempotencyKey: keyOf(req),
          signal: untilClosed(res),
        });
        res.json(operation);
      },
    ),

    cancelOperation: guard.request(
      'cancelOperation',
      async exchange => {
        const { id, needs } = await readOperation(operations, exchange);
        return { id, needs: { ...needs, permission: tenantOperatePermission } };
      },
      async ({ res, caller, id }) => {
        refuseViewers(caller);
        res.json(await operations.cancel(id, await actorOf(options, caller)));
      },
    ),

    retryOperation: guard.request(
      'retryOperation',
      // It takes what starting it takes: another one’s purge is not retried by who may only restart.
      async exchange => {
        const { id, tenant, request } = await readOperation(
          operations,
          exchange,
        );
        const notFound = () => new NotFoundError(noSuchOperation(id));
        return { id, needs: { ...requestNeeds(tenant, request), notFound } };
      },
      async ({ req, res, caller, id }) => {
        refuseViewers(caller);
        const operation = await operations.retry(id, {
          by: await actorOf(options, caller),
          idempotencyKey: keyOf(req),
          signal: untilClosed(res),
        });
        res.json(operation);
      },
    ),
  };
}

/** The operation in the path and what seeing it takes. @throws NotFoundError with the text for hidden ones */
async function readOperation(operations: OperationService, { req }: Exchange) {
  const { operation: id } = req.params;
  const notFound = () => new NotFoundError(noSuchOperation(id));
  const owned = await operations.find(id);
  if (!owned) throw notFound();
  const { tenant, requestedBy, request } = owned;
  const needs: RequestNeeds = { tenant, requestedBy, notFound };
  return { id, tenant, request, needs };
}

async function actorOf(
  { ownershipOf }: OperationRoutesOptions,
  caller: Caller,
): Promise<Actor> {
  return { id: caller.id, ownership: await ownershipOf(caller) };
}

function refuseViewers({ viewsAs }: Caller): void {
  if (viewsAs === undefined) return;
  throw new NotAllowedError(
    `You are viewing as ${viewsAs}, which changes nothing. Leave it to do this yourself.`,
  );
}

function keyOf(req: Request): string | undefined {
  const key = req.get(IDEMPOTENCY_KEY_HEADER);
  if (key === undefined || KEY.test(key)) return key;
  throw new InputError(
    `The header ${IDEMPOTENCY_KEY_HEADER} must be 1 to 100 letters, digits, ".", "_" or "-".`,
  );
}

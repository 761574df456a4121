// SPDX-License-Identifier: Apache-2.0
import { NotAllowedError, NotFoundError } from '@backstage/errors';
import {
  platformReadPermission,
  type Subscription,
} from '@tenantry/backstage-plugin-tenants-common';
import { MissingPermissionError, type Access } from '../../access/Access';
import type { Caller } from '../../access/Caller';
import type { OperationService } from '../../operations/OperationService';
import type {
  WatchedOperations,
  WatchTarget,
} from '../../operations/WatchedOperations';
import type { TenantSnapshots } from '../../snapshots/TenantSnapshots';
import type { Clock } from '../../time/Clock';
import { noSuchOperation, noSuchTenant } from '../noSuchTenant';
import { RequestAccess } from '../RequestAccess';
import type { Feed } from './Feed';
import { OperationFeed } from './OperationFeed';

export type OperationSubscription = Extract<
  Subscription,
  { kind: 'operation' | 'operations' }
>;

type OperationFeedParts = {
  readonly access: Access;
  readonly snapshots: Pick<TenantSnapshots, 'get'>;
  readonly operations: Pick<OperationService, 'find'>;
  readonly watched: WatchedOperations;
  readonly clock: Clock;
};

/** Opens the feed of an operation or of a list of them. @throws NotAllowedError with a sentence for the caller */
export async function openOperationFeed(
  parts: OperationFeedParts,
  subscription: OperationSubscription,
  caller: Caller,
): Promise<Feed> {
  const mayRead =
    subscription.kind === 'operation'
      ? await operationCheck(parts, subscription.params.operation, caller)
      : listCheck(parts, subscription.params.tenant, caller);
  await asRefusal(mayRead(false));
  const watch = await parts.watched.open(targetOf(subscription));
  if (!watch) throw new NotAllowedError('The operation is no longer kept.');
  const { clock } = parts;
  return new OperationFeed({ watch, clock, recheck: () => mayRead(true) });
}

/** @param again - Asks the policy now. @throws when the caller may not see it */
type Check = (again: boolean) => Promise<void>;

async function operationCheck(
  { access, snapshots, operations }: OperationFeedParts,
  id: string,
  caller: Caller,
): Promise<Check> {
  const notFound = () => new NotFoundError(noSuchOperation(id));
  const owned = await operations.find(id);
  if (!owned) throw new NotAllowedError(noSuchOperation(id));
  const requests = new RequestAccess({
    access,
    tenantOf: name => snapshots.get(name),
  });
  return async again => {
    await requests.require(caller, { ...owned, notFound }, again);
  };
}

function listCheck(
  { access, snapshots }: OperationFeedParts,
  tenant: string | undefined,
  caller: Caller,
): Check {
  if (tenant === undefined) {
    return async again => {
      const decision = await (again
        ? access.decideAgain(caller, platformReadPermission)
        : access.decide(caller, platformReadPermission));
      if (decision.deniesAll) {
        throw new MissingPermissionError(platformReadPermission);
      }
    };
  }
  const requests = new RequestAccess({
    access,
    tenantOf: name => snapshots.get(name),
  });
  const notFound = () => new NotFoundError(noSuchTenant(tenant));
  return async again => {
    await requests.require(caller, { tenant, notFound }, again);
  };
}

function targetOf({ kind, params }: OperationSubscription): WatchTarget {
  return kind === 'operation'
    ? { operation: params.operation }
    : { tenant: params.tenant };
}

async function asRefusal(check: Promise<void>): Promise<void> {
  try {
    await check;
  } catch (error) {
    if (!(error instanceof NotFoundError)) throw error;
    throw new NotAllowedError(error.message);
  }
}

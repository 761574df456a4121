// SPDX-License-Identifier: Apache-2.0
import { randomUUID } from 'node:crypto';
import { ConflictError, InputError, NotFoundError } from '@backstage/errors';
import type {
  Operation,
  OperationEventList,
  OperationList,
  OperationRequest,
  Plan,
  Refusal,
} from '@tenantry/backstage-plugin-tenants-common';
import type { AuditStore } from '../audit/AuditStore';
import type { Planner } from '../modules/Planner';
import { lostEnvironments, withoutLost } from './effects/withoutLost';
import type { Wakeups } from './engine/Wakeups';
import { operationTitle } from './operationTitle';
import type { DatabaseOperationStore } from './store/DatabaseOperationStore';
import type { HistoryQuery } from './store/OperationHistory';
import type { Alongside, NewOperation } from './store/OperationQueue';
import { requestOf, type OperationRow } from './store/OperationRow';

/** What cannot be done, answered with 422 and the refusals of its plan. */
export class PlanRefusedError extends Error {
  readonly statusCode = 422;
  override readonly name = 'PlanRefusedError';

  constructor(readonly refusals: readonly Refusal[]) {
    super(
      refusals.length === 1
        ? refusals[0].message
        : `${refusals.length} things stand against it. The first: ${refusals[0]?.message}`,
    );
  }
}

/** Who acts. */
export type Actor = {
  /** Entity reference, or a service’s subject. */
  readonly id: string;
  /** The user and the groups that count as the user’s; a service’s own subject alone. */
  readonly ownership: readonly string[];
};

/** What is to be started. */
export type StartOptions = {
  readonly tenant: string;
  readonly request: OperationRequest;
  readonly by: Actor;
  /** The same key is the same operation; made up when left out. */
  readonly idempotencyKey?: string;
  /** `interactive` when left out. */
  readonly priority?: NewOperation['priority'];
  readonly signal: AbortSignal;
};

type ServiceOptions = {
  readonly store: Pick<DatabaseOperationStore, 'queue' | 'history'>;
  readonly planner: Planner;
  readonly audit: Pick<AuditStore, 'append'>;
  readonly wakeups: Wakeups;
};

/** Starts operations and says what became of them. Who may is decided by its callers. */
export class OperationService {
  constructor(private readonly options: ServiceOptions) {}

  /**
   * Plans a request once more and puts it into the queue, with its audit event in one transaction.
   *
   * @throws PlanRefusedError when it cannot be done
   * @throws ConflictError when another plan was looked at, or the key was used for another request
   * @throws ServiceUnavailableError when the database takes no writes
   */
  async start(options: StartOptions): Promise<Operation> {
    return this.enqueue(options, {});
  }

  /** @throws NotFoundError */
  async get(id: string): Promise<Operation> {
    const operation = await this.options.store.history.get(id);
    if (!operation) throw missing(id);
    return operation;
  }

  /** What permissions are decided by: whose operation it is. `undefined` when there is none. */
  async find(id: string): Promise<Owned | undefined> {
    const row = await this.options.store.history.find(id);
    return row && toOwned(row);
  }

  /** Newest first. */
  list(query: HistoryQuery): Promise<OperationList> {
    return this.options.store.history.list(query);
  }

  /** Lines of its log. @throws NotFoundError */
  async listEvents(
    id: string,
    query: { readonly after: number; readonly limit: number },
  ): Promise<OperationEventList> {
    const { history } = this.options.store;
    const row = await history.find(id);
    if (!row) throw missing(id);
    return history.listEvents(row, query);
  }

  /**
   * Asks an operation to stop.
   *
   * @throws ConflictError when it has ended
   * @throws NotFoundError
   */
  async cancel(id: string, by: Actor): Promise<Operation> {
    const { queue } = this.options.store;
    const before = await this.get(id);
    if (!before.cancellable && before.state !== 'cancelling') {
      throw new ConflictError(
        `The operation ${id} has ${before.state} already; there is nothing to cancel.`,
      );
    }
    const recorded = this.recordAs('operation.cancel', by);
    await queue.requestCancel(id, by.id, recorded);
    this.options.wakeups.wake(id);
    return this.get(id);
  }

  /**
   * Starts a failed or cancelled operation again, as a new one that is planned anew.
   *
   * @throws ConflictError when it has not ended, or has succeeded
   */
  async retry(
    id: string,
    options: Pick<StartOptions, 'by' | 'idempotencyKey' | 'signal'>,
  ): Promise<Operation> {
    const { state, retryable } = await this.get(id);
    const row = await this.options.store.history.find(id);
    if (!row) throw missing(id);
    if (!retryable) {
      throw new ConflictError(
        `The operation ${id} is ${state}; only a failed or cancelled one can be tried again.`,
      );
    }
    const { planVersion: _, ...request } = requestOf(row);
    const { tenant } = row;
    return this.enqueue({ ...options, tenant, request }, { retryOf: id });
  }

  private async enqueue(
    options: StartOptions,
    more: { readonly retryOf?: string },
  ): Promise<Operation> {
    const { tenant, request, by, signal } = options;
    const { idempotencyKey = randomUUID(), priority = 'interactive' } = options;
    const { store, planner, wakeups } = this.options;
    checkConfirmed(tenant, request);
    const identity = {
      tenant,
      type: request.type,
      request,
      requestedBy: by.id,
      idempotencyKey,
      ...more,
    };
    // A repeated request is the same operation, even where a new plan would differ by what it has done.
    const known = await store.queue.findRepeated(identity);
    if (known) return this.get(known.id);
    const caller = { entityRef: by.id, ownership: by.ownership };
    const { plan } = await planner.make(
      { tenant, request },
      { caller, signal },
    );
    checkPlan(plan, request);
    const row = await store.queue.enqueue(
      {
        ...identity,
        title: operationTitle(request, plan),
        environments: environmentsOf(request, plan),
        ownership: by.ownership,
        priority,
      },
      this.recordAs(`operation.${request.type}`, by),
    );
    wakeups.wake(row.id);
    return this.get(row.id);
  }

  private recordAs(action: string, by: Actor): Alongside {
    return async (trx, { tenant, id, title }) => {
      await this.options.audit.append(
        {
          tenant,
          actor: by.id,
          action,
          outcome: 'allowed',
          detail: { operation: id, title },
        },
        trx,
      );
    };
  }
}

/** Whose an operation is, and what it does. */
export type Owned = {
  readonly tenant: string;
  readonly requestedBy: string;
  readonly request: OperationRequest;
};

function toOwned(row: OperationRow): Owned {
  const { tenant, requested_by: requestedBy } = row;
  return { tenant, requestedBy, request: requestOf(row) };
}

function missing(id: string): NotFoundError {
  return new NotFoundError(`There is no operation ${id}.`);
}

function checkConfirmed(tenant: string, request: OperationRequest): void {
  if (request.type !== 'purge' || request.confirm === tenant) return;
  throw new InputError(
    "The field 'confirm' must be the tenant’s name: everything in it will be gone.",
  );
}

function checkPlan(plan: Plan, request: OperationRequest): void {
  const { planVersion } = request;
  if (plan.refusals.length > 0 && !goesOnWithoutLost(plan, request)) {
    throw new PlanRefusedError(plan.refusals);
  }
  if (planVersion === undefined || planVersion === plan.version) return;
  throw new ConflictError(
    'What you looked at no longer holds: another plan would be made now. Look at it and start again.',
  );
}

/** A cluster that can’t be reached fails its environments when the operation runs; those on other clusters do not wait for it. */
function goesOnWithoutLost(
  { refusals, environments }: Plan,
  request: OperationRequest,
): boolean {
  const lost = lostEnvironments(refusals);
  const known = environments.map(({ name }) => name);
  return (
    refusals.every(refusal => [...lost.values()].includes(refusal)) &&
    withoutLost(request, lost, known) !== undefined
  );
}

function environmentsOf(
  request: OperationRequest,
  plan: Plan,
): readonly string[] {
  const planned = plan.environments.map(({ name }) => name);
  if (planned.length > 0) return planned;
  if ('environment' in request) return [request.environment];
  if (request.type === 'apply') return request.environments.map(e => e.name);
  return request.environments ?? [];
}

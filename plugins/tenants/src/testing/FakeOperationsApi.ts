// SPDX-License-Identifier: Apache-2.0
import {
  isFinalState,
  type Operation,
  type OperationEventList,
  type OperationList,
  type OperationQuery,
  type OperationRequestInput,
  type OperationsApi,
  type Plan,
  type PlanRequestInput,
  type RevisionList,
  type SecretInput,
  type SecretList,
  type StartOperationOptions,
  type TenantsCallOptions,
} from '@tenantry/backstage-plugin-tenants-common';
import { cut, refusal, unavailable, untilAborted } from './fakeAnswers';
import { operationFixture } from './operationFixture';
import type { Scenario } from './Scenario';

/** What was asked to be started. */
export type StartedOperation = {
  readonly tenant: string;
  readonly request: OperationRequestInput;
  readonly key: string | undefined;
};

/** A secret that was set. */
export type SetSecret = SecretInput & {
  readonly tenant: string;
  readonly secret: string;
};

/** Operations in memory: an equal idempotency key is the same operation, as in the portal. */
export class FakeOperationsApi implements OperationsApi {
  /** Every plan that was asked for. */
  readonly plans: PlanRequestInput[] = [];
  /** Every start that was asked for, repeats too. */
  readonly started: StartedOperation[] = [];
  readonly cancelled: string[] = [];
  readonly retried: string[] = [];
  readonly secretsSet: SetSecret[] = [];
  readonly #scenario: Scenario;
  readonly #operations: Map<string, Operation>;
  readonly #byKey = new Map<string, Operation>();
  #answers: (Plan | Promise<Plan>)[] = [];
  #refusals: { status: number; message: string }[] = [];

  constructor(scenario: Scenario) {
    this.#scenario = scenario;
    this.#operations = new Map(scenario.operations.map(op => [op.id, op]));
  }

  /** The next plan is this one; then the scenario's again. */
  answerPlan(plan: Plan | Promise<Plan>): void {
    this.#answers.push(plan);
  }

  /** The next plan or start is refused. */
  refuseNext(status: number, message: string): void {
    this.#refusals.push({ status, message });
  }

  /** The operation of that id, as the stream shows it. */
  find(id: string): Operation | undefined {
    return this.#operations.get(id);
  }

  async plan(
    request: PlanRequestInput,
    options: TenantsCallOptions = {},
  ): Promise<Plan> {
    this.plans.push(request);
    await this.#failAsTold(options);
    const answer = this.#answers.shift() ?? this.#scenario.plan;
    return answer;
  }

  async start(
    tenant: string,
    request: OperationRequestInput,
    { idempotencyKey: key, ...options }: StartOperationOptions = {},
  ): Promise<Operation> {
    this.started.push({ tenant, request, key });
    await this.#failAsTold(options);
    const known = key === undefined ? undefined : this.#byKey.get(key);
    if (known) return known;
    const id = `op-new-${this.#byKey.size + 1}`;
    const operation = operationFixture({ id, tenant, type: request.type });
    this.#operations.set(id, operation);
    if (key !== undefined) this.#byKey.set(key, operation);
    return operation;
  }

  async listOfTenant(
    tenant: string,
    query: Partial<OperationQuery> = {},
    options: TenantsCallOptions = {},
  ): Promise<OperationList> {
    await this.#failAsTold(options);
    return this.#page(query, operation => operation.tenant === tenant);
  }

  async list(
    query: Partial<OperationQuery> = {},
    options: TenantsCallOptions = {},
  ): Promise<OperationList> {
    await this.#failAsTold(options);
    return this.#page(query, () => true);
  }

  async get(id: string, options: TenantsCallOptions = {}): Promise<Operation> {
    await this.#failAsTold(options);
    const found = this.#operations.get(id);
    if (!found) throw await refusal(404, `There is no operation ${id}.`);
    return found;
  }

  async listEvents(
    _id: string,
    query: { readonly after?: number; readonly limit?: number } = {},
    options: TenantsCallOptions = {},
  ): Promise<OperationEventList> {
    await this.#failAsTold(options);
    const { after = 0, limit = 200 } = query;
    const items = this.#scenario.operationEvents
      .filter(event => event.seq > after)
      .slice(0, limit);
    return { items, after: items.at(-1)?.seq ?? after, ended: false };
  }

  async cancel(
    id: string,
    options: TenantsCallOptions = {},
  ): Promise<Operation> {
    this.cancelled.push(id);
    const known = await this.get(id, options);
    const next: Operation = {
      ...known,
      state: 'cancelling',
      cancellable: false,
    };
    this.#operations.set(id, next);
    return next;
  }

  async retry(
    id: string,
    options: TenantsCallOptions = {},
  ): Promise<Operation> {
    this.retried.push(id);
    const known = await this.get(id, options);
    const next = operationFixture({
      id: `${id}-again`,
      title: known.title,
      retryOf: id,
    });
    this.#operations.set(next.id, next);
    return next;
  }

  async listRevisions(): Promise<RevisionList> {
    return { items: [...this.#scenario.revisions] };
  }

  async listSecrets(): Promise<SecretList> {
    return { items: [...this.#scenario.secrets] };
  }

  async setSecret(
    tenant: string,
    secret: string,
    input: SecretInput,
  ): Promise<void> {
    this.secretsSet.push({ tenant, secret, ...input });
  }

  #page(
    query: Partial<OperationQuery>,
    wanted: (operation: Operation) => boolean,
  ): OperationList {
    const { state, type, environment, requestedBy } = query;
    const inState = (op: Operation) =>
      state === undefined ||
      (state === 'active' && !isFinalState(op.state)) ||
      (state === 'ended' && isFinalState(op.state)) ||
      state === op.state;
    const items = [...this.#operations.values()].filter(
      op =>
        wanted(op) &&
        inState(op) &&
        (type ?? op.type) === op.type &&
        (requestedBy ?? op.requestedBy) === op.requestedBy &&
        (environment === undefined || op.environments.includes(environment)),
    );
    return cut(items, Number(query.cursor ?? 0), query.limit ?? 50);
  }

  async #failAsTold({ signal }: TenantsCallOptions): Promise<void> {
    const { behaviour, lists } = this.#scenario;
    if (behaviour === 'silent' || lists === 'silent') {
      await untilAborted(signal ?? new AbortController().signal);
    }
    if (behaviour === 'unavailable' || lists === 'unavailable') {
      throw await unavailable();
    }
    const refused = this.#refusals.shift();
    if (refused) throw await refusal(refused.status, refused.message);
    if (behaviour === 'forbidden') {
      throw await refusal(403, 'The policy of the portal denies it.');
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
import type {
  AllowedActions,
  AuditPage,
  AuditQuery,
  EndReason,
  LogDownload,
  LogMessage,
  LogSelection,
  MemberPage,
  MemberQuery,
  PlatformStatus,
  StreamMessage,
  StreamRequest,
  Subscription,
  Tenant,
  TenantList,
  TenantListQuery,
  TenantsApi,
  TenantsCallOptions,
  TenantsStreamOptions,
} from '@tenantry/backstage-plugin-tenants-common';
import { cut, refusal, unavailable, untilAborted } from './fakeAnswers';
import { FakeDetailsApi } from './FakeDetailsApi';
import { FakeModulesApi } from './FakeModulesApi';
import { FakeOperationsApi } from './FakeOperationsApi';
import type { Scenario } from './Scenario';

/** A backend in memory: answers from a scenario, and can be told to send more. */
export class FakeTenantsApi implements TenantsApi {
  readonly modules: FakeModulesApi;
  readonly operations: FakeOperationsApi;
  readonly details: FakeDetailsApi;
  /** Every log selection that was asked for. */
  readonly logSelections: LogSelection[] = [];
  /** Every audit query that was asked. */
  readonly auditQueries: Partial<AuditQuery>[] = [];
  /** Every stream request that was sent. */
  readonly requests: StreamRequest[] = [];
  readonly #scenario: Scenario;
  #dropped = false;
  #pending: StreamMessage[] = [];
  #pendingLogs: LogMessage[] = [];
  #wake: () => void = () => {};

  constructor(scenario: Scenario) {
    this.#scenario = scenario;
    this.modules = new FakeModulesApi(scenario);
    this.operations = new FakeOperationsApi(scenario);
    this.details = new FakeDetailsApi(scenario);
  }

  async list(
    _query: Partial<TenantListQuery> = {},
    { viewAs }: TenantsCallOptions = {},
  ): Promise<TenantList> {
    if (viewAs?.endsWith('/nobody')) {
      throw await refusal(404, `The catalogue has no ${viewAs}.`);
    }
    if (viewAs?.endsWith('/unasked')) {
      throw await refusal(409, 'The portal’s policy cannot be asked.');
    }
    const items = Object.values(this.#scenario.tenants.tenants);
    return { items, totalItems: items.length, counts: {}, partial: [] };
  }

  async get(name: string): Promise<Tenant> {
    const { tenant } = this.#scenario;
    if (name !== tenant.name) {
      throw await refusal(404, `There is no tenant ${name}.`);
    }
    return tenant;
  }

  async allowedActions(): Promise<AllowedActions> {
    return this.#scenario.allowed;
  }

  async listMembers(
    _tenant: string,
    query: Partial<MemberQuery> = {},
    options: TenantsCallOptions = {},
  ): Promise<MemberPage> {
    await this.#failListAsTold(options);
    const { kind, environment, limit = 100, cursor = '0' } = query;
    const items = this.#scenario.members.filter(
      member =>
        (kind === undefined || member.kind === kind) &&
        (environment === undefined || member.environment === environment),
    );
    return { ...cut(items, Number(cursor), limit), totalItems: items.length };
  }

  async listAuditEvents(
    _tenant: string,
    query: Partial<AuditQuery> = {},
    options: TenantsCallOptions = {},
  ): Promise<AuditPage> {
    this.auditQueries.push(query);
    await this.#failListAsTold(options);
    const { actor, action, outcome, from = '', to, limit = 50 } = query;
    const { items, chain } = this.#scenario.audit;
    const matching = items.filter(
      event =>
        [actor ?? event.actor, action ?? event.action].join() ===
          [event.actor, event.action].join() &&
        (outcome ?? event.outcome) === event.outcome &&
        event.at >= from &&
        (to === undefined || event.at < to),
    );
    return { ...cut(matching, Number(query.cursor ?? 0), limit), chain };
  }

  async platform(): Promise<PlatformStatus> {
    return this.#scenario.platform;
  }

  /** Sends one more message on the open stream. `s` is the kind of the subscription. */
  push(message: StreamMessage): void {
    this.#pending.push(message);
    this.#wake();
  }

  /** Sends one more message on the open log. */
  pushLog(message: LogMessage): void {
    this.#pendingLogs.push(message);
    this.#wake();
  }

  async *openStream(
    request: StreamRequest,
    { signal }: TenantsStreamOptions,
  ): AsyncGenerator<StreamMessage> {
    this.requests.push(request);
    await this.#failAsTold(signal);
    for (const sub of request.subs) yield this.#first(sub);
    if (this.#scenario.behaviour === 'drops') {
      this.#dropped = true;
      throw new TypeError('network');
    }
    while (!signal.aborted) {
      for (const message of this.#pending.splice(0)) {
        const sub = request.subs.find(known => known.kind === message.s);
        yield { ...message, s: sub?.id ?? message.s };
      }
      await this.#more(signal);
    }
  }

  async *openLogs(
    _tenant: string,
    selection: LogSelection,
    { signal }: TenantsStreamOptions,
  ): AsyncGenerator<LogMessage> {
    this.logSelections.push(selection);
    const { behaviour, logsRefusal } = this.#scenario;
    if (logsRefusal) {
      throw await refusal(logsRefusal.status, logsRefusal.message);
    }
    if (behaviour === 'unavailable') throw await unavailable();
    yield* this.#scenario.logs;
    if (!selection.follow) {
      yield { type: 'end', reason: 'completed', message: '' };
      return;
    }
    while (!signal.aborted) {
      yield* this.#pendingLogs.splice(0);
      await this.#more(signal);
    }
  }

  async downloadLogs(
    tenant: string,
    selection: LogSelection,
  ): Promise<LogDownload> {
    this.logSelections.push(selection);
    const { logsRefusal } = this.#scenario;
    if (logsRefusal) {
      throw await refusal(logsRefusal.status, logsRefusal.message);
    }
    const text = this.#scenario.logs
      .flatMap(message =>
        message.type === 'event' && message.event.type === 'lines'
          ? [`${message.event.text}\n`]
          : [],
      )
      .join('');
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        controller.enqueue(new TextEncoder().encode(text));
        controller.close();
      },
    });
    return { body, fileName: `${tenant}.log` };
  }

  async #failAsTold(signal: AbortSignal): Promise<void> {
    const { behaviour } = this.#scenario;
    if (behaviour === 'silent') await untilAborted(signal);
    if (behaviour === 'unavailable' || this.#dropped) throw await unavailable();
  }

  async #failListAsTold({ signal }: TenantsCallOptions): Promise<void> {
    const { lists } = this.#scenario;
    if (lists === 'silent') {
      await untilAborted(signal ?? new AbortController().signal);
    }
    if (lists === 'unavailable') throw await unavailable();
  }

  #more(signal: AbortSignal): Promise<void> {
    const woken = new Promise<void>(resolve => {
      this.#wake = resolve;
    });
    return Promise.race([woken, untilAborted(signal)]);
  }

  #first(sub: Subscription): StreamMessage {
    const { tenant, behaviour } = this.#scenario;
    const unknown =
      (sub.kind === 'tenant' && sub.params.tenant !== tenant.name) ||
      (sub.kind === 'operation' &&
        this.operations.find(sub.params.operation) === undefined);
    if (behaviour === 'forbidden' || unknown) {
      const reason: EndReason = 'forbidden';
      return { s: sub.id, n: 1, t: 'end', d: { reason, message: '' } };
    }
    return {
      s: sub.id,
      n: 1,
      t: 'snapshot',
      v: 'v1',
      c: 'fake.1',
      at: new Date().toISOString(),
      d: this.#value(sub),
    };
  }

  #value(sub: Subscription): unknown {
    switch (sub.kind) {
      case 'operation':
        return this.operations.find(sub.params.operation);
      case 'operations':
        return { operations: {} };
      default:
        return this.#scenario[sub.kind];
    }
  }
}

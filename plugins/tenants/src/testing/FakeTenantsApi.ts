// SPDX-License-Identifier: Apache-2.0
import { ResponseError } from '@backstage/errors';
import type {
  AllowedActions,
  EndReason,
  LogMessage,
  LogSelection,
  PlatformStatus,
  StreamMessage,
  StreamRequest,
  Subscription,
  Tenant,
  TenantList,
  TenantsApi,
  TenantsStreamOptions,
} from '@tenantry/backstage-plugin-tenants-common';
import type { Scenario } from './Scenario';

/** Waits until the reader leaves. */
function untilAborted(signal: AbortSignal): Promise<void> {
  return new Promise(resolve => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}

function unavailable(): Promise<ResponseError> {
  return ResponseError.fromResponse(
    new Response('{}', { status: 503, statusText: 'Service Unavailable' }),
  );
}

/** A backend in memory: answers from a scenario, and can be told to send more. */
export class FakeTenantsApi implements TenantsApi {
  /** Every log selection that was asked for. */
  readonly logSelections: LogSelection[] = [];
  /** Every stream request that was sent. */
  readonly requests: StreamRequest[] = [];
  readonly #scenario: Scenario;
  #dropped = false;
  #pending: StreamMessage[] = [];
  #pendingLogs: LogMessage[] = [];
  #wake: () => void = () => {};

  constructor(scenario: Scenario) {
    this.#scenario = scenario;
  }

  async list(): Promise<TenantList> {
    const items = Object.values(this.#scenario.tenants.tenants);
    return { items, totalItems: items.length, counts: {}, partial: [] };
  }

  async get(): Promise<Tenant> {
    return this.#scenario.tenant;
  }

  async allowedActions(): Promise<AllowedActions> {
    return { actions: { 'tenants.logs.read': { allowed: true } } };
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
    if (this.#scenario.behaviour === 'unavailable') throw await unavailable();
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

  async #failAsTold(signal: AbortSignal): Promise<void> {
    const { behaviour } = this.#scenario;
    if (behaviour === 'silent') await untilAborted(signal);
    if (behaviour === 'unavailable' || this.#dropped) throw await unavailable();
  }

  #more(signal: AbortSignal): Promise<void> {
    const woken = new Promise<void>(resolve => {
      this.#wake = resolve;
    });
    return Promise.race([woken, untilAborted(signal)]);
  }

  #first(sub: Subscription): StreamMessage {
    const { tenant, behaviour } = this.#scenario;
    const unknown = sub.kind === 'tenant' && sub.params.tenant !== tenant.name;
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
      d: this.#scenario[sub.kind],
    };
  }
}

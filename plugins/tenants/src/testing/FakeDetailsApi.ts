// SPDX-License-Identifier: Apache-2.0
import type {
  DetailsApi,
  ObjectRef,
  TenantNetwork,
  TenantObject,
  TenantsCallOptions,
  TenantUsage,
} from '@tenantry/backstage-plugin-tenants-common';
import { refusal, unavailable, untilAborted } from './fakeAnswers';
import { networkFixture } from './networkFixture';
import { objectFixture } from './objectFixture';
import type { Scenario } from './Scenario';
import { usageFixture } from './usageFixture';

/** Details in memory, in the shape of the scenario’s tenant. */
export class FakeDetailsApi implements DetailsApi {
  /** How often usage was asked. */
  usageCalls = 0;
  /** Every object that was asked for. */
  readonly objects: ObjectRef[] = [];
  readonly #scenario: Scenario;
  #usage: TenantUsage | undefined;
  #network: TenantNetwork | undefined;
  #refusals: { status: number; message: string }[] = [];

  constructor(scenario: Scenario) {
    this.#scenario = scenario;
  }

  /** From now on this is in use. */
  setUsage(usage: TenantUsage): void {
    this.#usage = usage;
  }

  /** From now on this is the network. */
  setNetwork(network: TenantNetwork): void {
    this.#network = network;
  }

  /** The next question is refused. */
  refuseNext(status: number, message: string): void {
    this.#refusals.push({ status, message });
  }

  async usage(
    _tenant: string,
    options: TenantsCallOptions = {},
  ): Promise<TenantUsage> {
    this.usageCalls += 1;
    await this.#failAsTold(options);
    return this.#usage ?? usageFixture(this.#scenario.tenant);
  }

  async object(
    _tenant: string,
    ref: ObjectRef,
    options: TenantsCallOptions = {},
  ): Promise<TenantObject> {
    this.objects.push(ref);
    await this.#failAsTold(options);
    return objectFixture(ref);
  }

  async network(
    _tenant: string,
    options: TenantsCallOptions = {},
  ): Promise<TenantNetwork> {
    await this.#failAsTold(options);
    return this.#network ?? networkFixture(this.#scenario.tenant);
  }

  async #failAsTold({ signal }: TenantsCallOptions): Promise<void> {
    const { lists } = this.#scenario;
    if (lists === 'silent') {
      await untilAborted(signal ?? new AbortController().signal);
    }
    if (lists === 'unavailable') throw await unavailable();
    const refused = this.#refusals.shift();
    if (refused) throw await refusal(refused.status, refused.message);
  }
}

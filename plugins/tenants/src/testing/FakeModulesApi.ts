// SPDX-License-Identifier: Apache-2.0
import type {
  CategoryList,
  ModuleDetail,
  ModuleInstanceList,
  ModuleList,
  ModulesApi,
  TenantsCallOptions,
  TierList,
} from '@tenantry/backstage-plugin-tenants-common';
import { refusal, unavailable, untilAborted } from './fakeAnswers';
import type { Scenario } from './Scenario';

/** A module catalogue in memory. */
export class FakeModulesApi implements ModulesApi {
  readonly #scenario: Scenario;

  constructor(scenario: Scenario) {
    this.#scenario = scenario;
  }

  async list(options: TenantsCallOptions = {}): Promise<ModuleList> {
    await this.#failAsTold(options);
    return this.#scenario.modules;
  }

  async get(
    module: string,
    options: TenantsCallOptions = {},
  ): Promise<ModuleDetail> {
    await this.#failAsTold(options);
    const found = this.#scenario.moduleDetails.find(m => m.name === module);
    if (!found) throw await refusal(404, `There is no module ${module}.`);
    return found;
  }

  async listInstances(
    module: string,
    options: TenantsCallOptions = {},
  ): Promise<ModuleInstanceList> {
    await this.#failAsTold(options);
    const all = this.#scenario.instances;
    return { items: all.filter(instance => instance.module === module) };
  }

  async listTiers(options: TenantsCallOptions = {}): Promise<TierList> {
    await this.#failAsTold(options);
    return {
      items: [...this.#scenario.tiers],
      clusters: ['eu-north', 'eu-west'],
    };
  }

  async listCategories(
    options: TenantsCallOptions = {},
  ): Promise<CategoryList> {
    await this.#failAsTold(options);
    return { items: this.#scenario.modules.categories };
  }

  async #failAsTold({ signal }: TenantsCallOptions): Promise<void> {
    const { behaviour } = this.#scenario;
    if (behaviour === 'silent') {
      await untilAborted(signal ?? new AbortController().signal);
    }
    if (behaviour === 'unavailable') throw await unavailable();
    if (behaviour === 'forbidden') {
      throw await refusal(403, 'The policy of the portal denies it.');
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
import type {
  Plan,
  PlanRequest,
  Refusal,
} from '@tenantry/backstage-plugin-tenants-common';
import type {
  MadePlan,
  PlanCaller,
  PlannedEnvironment,
  Planner,
} from '../../modules/Planner';

/** A planner that answers as a test says. */
export class FakePlanner implements Planner {
  /** For whom plans were made. */
  readonly callers: PlanCaller[] = [];
  refusals: readonly Refusal[] = [];
  version = 'plan-1';
  environments: readonly PlannedEnvironment[] = [];

  async make(
    { tenant }: PlanRequest,
    { caller }: { readonly caller: PlanCaller },
  ): Promise<MadePlan> {
    this.callers.push(caller);
    const plan: Plan = {
      version: this.version,
      tenant,
      exists: true,
      madeAt: '2026-01-01T00:00:00.000Z',
      definitions: 'definitions-1',
      refusals: [...this.refusals],
      notes: [],
      environments: [],
    };
    return { plan, environments: this.environments };
  }
}

// SPDX-License-Identifier: Apache-2.0
import type { PlanRequest } from '@tenantry/backstage-plugin-tenants-common';
import type {
  MadePlan,
  PlannedEnvironment,
  Planner,
} from '../../../modules/Planner';

/** A planner that answers with the environments a test gives it. */
export class FakePlanner implements Planner {
  environments: readonly PlannedEnvironment[] = [];
  version = 'p1';
  refusal?: string;

  async make({ tenant }: PlanRequest): Promise<MadePlan> {
    const refusals = this.refusal
      ? [
          {
            rule: 'unknown-tier' as const,
            subject: 'x',
            message: this.refusal,
            chain: [],
            fixes: [],
          },
        ]
      : [];
    return {
      plan: {
        version: this.version,
        tenant,
        exists: true,
        madeAt: '2026-01-01T00:00:00.000Z',
        definitions: 'd1',
        refusals,
        notes: [],
        environments: [],
      },
      environments: this.refusal ? [] : this.environments,
    };
  }
}

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
  /** Clusters that its records could not be read from: environments of the answer that are there are refused. */
  readonly lost = new Set<string>();

  async make({ tenant, request }: PlanRequest): Promise<MadePlan> {
    const asked =
      'environments' in request && request.environments
        ? request.environments.map(each =>
            typeof each === 'string' ? each : each.name,
          )
        : undefined;
    const wanted = this.environments.filter(
      ({ name }) => !asked || asked.includes(name),
    );
    const lost = wanted
      .filter(({ cluster }) => this.lost.has(cluster))
      .map(({ name, cluster }) => ({
        rule: 'cluster-unavailable' as const,
        environment: name,
        subject: cluster,
        message: `Cluster "${cluster}" could not be reached.`,
        chain: [],
        fixes: [],
      }));
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
      : lost;
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
      environments: refusals.length > 0 ? [] : wanted,
    };
  }
}

// SPDX-License-Identifier: Apache-2.0
import type {
  EnvironmentPlan,
  PlanNote,
  Refusal,
} from '@tenantry/backstage-plugin-tenants-common';
import type { ModuleCatalogue } from '@tenantry/backstage-plugin-tenants-node/definitions';
import type { TargetSpec } from '../plan';
import type { PlannedEnvironment } from '../Planner';

/** One environment to plan. */
export type EnvironmentRequest = {
  readonly tenant: string;
  readonly target: TargetSpec;
  readonly catalogue: ModuleCatalogue;
  /** `apply`: nothing is compared with the cluster or checked by it. Default: `show`. */
  readonly purpose?: 'show' | 'apply';
  /** Whether files are asked for: then what a repository delivers may be deleted, as its files are said. */
  readonly render?: boolean;
};

/** What became of planning it. */
export type EnvironmentOutcome = {
  /** Absent where its cluster could not be asked. */
  readonly plan?: EnvironmentPlan;
  readonly planned?: PlannedEnvironment;
  readonly refusals: readonly Refusal[];
  readonly notes: readonly PlanNote[];
};

/** Only refusals. */
export function refused(...refusals: readonly Refusal[]): EnvironmentOutcome {
  return { refusals, notes: [] };
}

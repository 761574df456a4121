// SPDX-License-Identifier: Apache-2.0
import type {
  PlanFix,
  Refusal,
} from '@tenantry/backstage-plugin-tenants-common';

/** A change of what was asked for, and what to say of it. */
type Change = NonNullable<PlanFix['change']>;

/** Why a choice could not be made: a refusal whose remedies have not been tried yet. */
export type DeadEnd = Omit<Refusal, 'fixes' | 'environment'> & {
  /** Remedies that are no change of the spec, such as asking somebody. */
  readonly advice: readonly PlanFix[];
  /** Changes that may help: tried before they are offered. */
  readonly candidates: readonly Change[];
};

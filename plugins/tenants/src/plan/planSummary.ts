// SPDX-License-Identifier: Apache-2.0
import type {
  ChangeAction,
  Plan,
} from '@tenantry/backstage-plugin-tenants-common';
import type { Translate } from '../useText';

const WRITES: readonly ChangeAction[] = ['created', 'configured', 'deleted'];

/** How many objects a plan would write or remove. */
export function countWrites(plan: Plan): number {
  return plan.environments
    .flatMap(environment => WRITES.map(a => environment.changes.counts[a] ?? 0))
    .reduce((sum, n) => sum + n, 0);
}

/** Whether a plan would change nothing at all. */
export function isEmptyPlan(plan: Plan): boolean {
  return plan.refusals.length === 0 && countWrites(plan) === 0;
}

/** What a plan says, in one sentence: the only part of it that is announced. */
export function planSummary(t: Translate, plan: Plan): string {
  if (plan.refusals.length > 0) {
    return t('plan.resolve', { count: plan.refusals.length });
  }
  const count = countWrites(plan);
  if (count === 0) return t('plan.nothing');
  const waves = plan.environments.map(
    ({ modules }) => new Set(modules.map(m => m.wave)).size,
  );
  return t('plan.fits', {
    count,
    waves: t('plan.waves', { count: Math.max(1, ...waves) }),
  });
}

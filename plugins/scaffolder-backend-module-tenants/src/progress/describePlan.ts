// SPDX-License-Identifier: Apache-2.0
import { InputError } from '@backstage/errors';
import {
  CHANGE_ACTIONS,
  type ChangeSet,
  type Plan,
} from '@tenantry/backstage-plugin-tenants-common';

/** A plan as lines of a task’s log. */
export function describePlan(plan: Plan): string[] {
  return plan.environments.flatMap(environment => [
    `${environment.name} on ${environment.cluster} (${
      environment.tier
    }): ${countChanges(environment.changes)}`,
    ...environment.modules.map(({ name, version, from, requiredBy }) => {
      const change = from === undefined ? 'new' : `from ${from}`;
      const why = from === version ? 'as it is' : change;
      const needed =
        requiredBy.length > 0 ? `, needed by ${requiredBy.join(', ')}` : '';
      return `  ${name} ${version} (${why}${needed})`;
    }),
  ]);
}

function countChanges({ counts }: ChangeSet): string {
  const said = CHANGE_ACTIONS.filter(action => (counts[action] ?? 0) > 0).map(
    action => `${counts[action]} ${action}`,
  );
  return said.length > 0 ? said.join(', ') : 'nothing to do';
}

/** @throws InputError with every refusal and what would fix it */
export function refuseIfRefused({ refusals, tenant }: Plan): void {
  if (refusals.length === 0) return;
  const reasons = refusals.map(({ message, fixes }) =>
    [message, ...fixes.map(({ label }) => `→ ${label}`)].join('\n  '),
  );
  throw new InputError(
    `${tenant} cannot be changed like this:\n${reasons.join('\n')}`,
  );
}

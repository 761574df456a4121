// SPDX-License-Identifier: Apache-2.0
import type { Plan } from '@tenantry/backstage-plugin-tenants-common';

/** By its name, what needs a module that comes along although nobody ticked it. Pure. */
export type NeededModules = ReadonlyMap<string, readonly string[]>;

/** What a plan adds to the modules that were ticked, and for whom. Pure. */
export function neededModules(
  plan: Plan | undefined,
  chosen: readonly string[],
): NeededModules {
  const resolved = plan?.environments.flatMap(({ modules }) => modules) ?? [];
  return new Map(
    resolved
      .filter(({ name, requiredBy, from }) => {
        // What runs already comes along with nothing.
        const isNew = from === undefined;
        return isNew && requiredBy.length > 0 && !chosen.includes(name);
      })
      .map(({ name, requiredBy }) => [name, requiredBy]),
  );
}

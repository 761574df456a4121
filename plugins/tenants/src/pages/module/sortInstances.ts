// SPDX-License-Identifier: Apache-2.0
import {
  compareHealthByUrgency,
  type ModuleInstance,
} from '@tenantry/backstage-plugin-tenants-common';

/** Newest release first, then the most urgent, then by name; releases that are not in the definition come last. */
export function sortInstances(
  releases: readonly string[],
  instances: readonly ModuleInstance[],
): ModuleInstance[] {
  const rank = ({ release }: ModuleInstance) => {
    const at = release === undefined ? -1 : releases.indexOf(release);
    return at < 0 ? releases.length : at;
  };
  return [...instances].sort(
    (a, b) =>
      rank(a) - rank(b) ||
      compareHealthByUrgency(a.health, b.health) ||
      a.tenant.localeCompare(b.tenant) ||
      a.environment.localeCompare(b.environment),
  );
}

/** How many environments run each release, in the order of the instances. */
export function countByRelease(
  instances: readonly ModuleInstance[],
): [string | undefined, number][] {
  const counts = new Map<string | undefined, number>();
  for (const { release } of instances) {
    counts.set(release, (counts.get(release) ?? 0) + 1);
  }
  return [...counts];
}

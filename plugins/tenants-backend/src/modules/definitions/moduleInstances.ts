// SPDX-License-Identifier: Apache-2.0
import {
  HEALTH_CODES_BY_URGENCY,
  type HealthCounts,
  type ModuleInstance,
  type Tenant,
} from '@tenantry/backstage-plugin-tenants-common';
import semver from 'semver';

/** Every module that runs in the tenants, by its name. */
export function moduleInstances(
  tenants: Iterable<Tenant>,
): ReadonlyMap<string, readonly ModuleInstance[]> {
  const byModule = new Map<string, ModuleInstance[]>();
  for (const tenant of tenants) {
    for (const instance of instancesOf(tenant)) {
      const found = byModule.get(instance.module);
      if (found) found.push(instance);
      else byModule.set(instance.module, [instance]);
    }
  }
  return byModule;
}

function instancesOf({ name, environments }: Tenant): ModuleInstance[] {
  return environments.flatMap(environment =>
    environment.modules.map(({ name: module, release, health }) => ({
      module,
      tenant: name,
      environment: environment.name,
      cluster: environment.cluster,
      ...(release === undefined ? {} : { release }),
      health: health.code,
      reason: health.reason,
      message: health.message,
    })),
  );
}

/** Oldest release first, those that name none last; then most urgent, then by name. */
export function compareInstances(a: ModuleInstance, b: ModuleInstance): number {
  return (
    compareReleases(a.release, b.release) ||
    HEALTH_CODES_BY_URGENCY.indexOf(a.health) -
      HEALTH_CODES_BY_URGENCY.indexOf(b.health) ||
    compareText(
      [a.tenant, a.environment, a.cluster].join('\n'),
      [b.tenant, b.environment, b.cluster].join('\n'),
    )
  );
}

/** Instances per health code. */
export function countHealth(
  instances: readonly ModuleInstance[],
): HealthCounts {
  const counts: HealthCounts = {};
  for (const { health } of instances)
    counts[health] = (counts[health] ?? 0) + 1;
  return counts;
}

/** How many run a release older than the given one. What names no version is not counted. */
export function countBehind(
  instances: readonly ModuleInstance[],
  release: string,
): number {
  return instances.filter(({ release: runs }) => {
    const version = toVersion(runs);
    return version !== undefined && semver.lt(version, release);
  }).length;
}

/** Workloads say `465` or `v2.1`, where definitions say `465.0.0` and `2.1.0`. */
function toVersion(release: string | undefined): semver.SemVer | undefined {
  return semver.parse(release) ?? semver.coerce(release) ?? undefined;
}

/** How many tenants the instances are of. */
export function countTenants(instances: readonly ModuleInstance[]): number {
  return new Set(instances.map(({ tenant }) => tenant)).size;
}

function compareReleases(a: string | undefined, b: string | undefined): number {
  const [versionA, versionB] = [toVersion(a), toVersion(b)];
  if (versionA && versionB) return versionA.compare(versionB);
  if (versionA || versionB) return versionA ? -1 : 1;
  return compareText(a ?? '', b ?? '');
}

function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

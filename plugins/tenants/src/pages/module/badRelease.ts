// SPDX-License-Identifier: Apache-2.0
import type { ModuleInstance } from '@tenantry/backstage-plugin-tenants-common';

/** A release that is Degraded somewhere while the one before it is nowhere. */
export type BadRelease = {
  readonly release: string;
  readonly before: string;
  /** Environments that run it. */
  readonly all: number;
  readonly degraded: readonly ModuleInstance[];
};

/** Finds the newest release that got worse than the one before. `releases` are newest first; the one before must run somewhere. */
export function findBadRelease(
  releases: readonly string[],
  instances: readonly ModuleInstance[],
): BadRelease | undefined {
  const of = (release: string) =>
    instances.filter(instance => instance.release === release);
  for (const [at, release] of releases.entries()) {
    const before = releases.at(at + 1);
    if (before === undefined) return undefined;
    const running = of(release);
    const degraded = running.filter(i => i.health === 'Degraded');
    const older = of(before);
    const wasFine =
      older.length > 0 && older.every(i => i.health !== 'Degraded');
    if (degraded.length > 0 && wasFine) {
      return { release, before, all: running.length, degraded };
    }
  }
  return undefined;
}

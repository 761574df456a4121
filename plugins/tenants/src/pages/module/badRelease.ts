// SPDX-License-Identifier: Apache-2.0
import type { ModuleInstance } from '@tenantry/backstage-plugin-tenants-common';

/** A release that is Degraded somewhere while the one before it is nowhere. */
export type BadRelease = {
  readonly release: string;
  /** The next older one that runs anywhere. */
  readonly before: string;
  /** Environments that run it. */
  readonly all: number;
  readonly degraded: readonly ModuleInstance[];
};

/** Finds the newest release that got worse than the one before it that runs somewhere. `releases` are newest first. Pure. */
export function findBadRelease(
  releases: readonly string[],
  instances: readonly ModuleInstance[],
): BadRelease | undefined {
  const of = (release: string) =>
    instances.filter(instance => instance.release === release);
  const used = releases.filter(release => of(release).length > 0);
  for (const [at, release] of used.entries()) {
    const before = used.at(at + 1);
    if (before === undefined) return undefined;
    const running = of(release);
    const degraded = running.filter(i => i.health === 'Degraded');
    const wasFine = of(before).every(i => i.health !== 'Degraded');
    if (degraded.length > 0 && wasFine) {
      return { release, before, all: running.length, degraded };
    }
  }
  return undefined;
}

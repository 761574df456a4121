// SPDX-License-Identifier: Apache-2.0
import type { ModuleConflict } from '@tenantry/backstage-plugin-tenants-common';
import { inRange, providesInRange } from './ranges';
import type { Choice, Picks, ResolveContext } from './ResolveContext';

/** Who excludes whom, and why where the definition says so. */
export type Conflict = {
  readonly with: string;
  /** Absent for what runs in the cluster outside the tenant. */
  readonly pick?: Choice;
  readonly reason?: string;
};

/** What a choice excludes, or is excluded by, among those made already. */
export function findConflict(
  choice: Choice,
  picks: Picks,
  { cluster }: ResolveContext,
): Conflict | undefined {
  for (const other of picks.values()) {
    const clash = excludes(choice, other) ?? excludes(other, choice);
    if (clash) {
      return {
        with: `${other.module.name} ${other.release.version}`,
        pick: other,
        ...(clash.reason !== undefined && { reason: clash.reason }),
      };
    }
  }
  for (const [name, version] of cluster.running) {
    const clash = choice.release.conflicts.find(
      said =>
        said.name === name &&
        (version === undefined || inRange(version, said.range)),
    );
    if (clash) {
      return {
        with: `${name}, which runs on ${cluster.name}`,
        ...(clash.reason !== undefined && { reason: clash.reason }),
      };
    }
  }
  return undefined;
}

function excludes(a: Choice, b: Choice): ModuleConflict | undefined {
  if (a.module.name === b.module.name) return undefined;
  return a.release.conflicts.find(
    ({ name, range }) =>
      (name === b.module.name && inRange(b.release.version, range)) ||
      providesInRange(b.release, name, range),
  );
}

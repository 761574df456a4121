// SPDX-License-Identifier: Apache-2.0
import type { TenantModule } from '@tenantry/backstage-plugin-tenants-common';
import { compareText, rollUp } from '../health';
import { OTHER_MODULE, releaseOf } from './moduleOf';
import type { TenancyLabels } from './TenancyLabels';
import type { Unit } from './Unit';

/** Sorts the judged objects of an environment into modules, by name, the unnamed one last. */
export function deriveModules(
  units: readonly Unit[],
  labels: TenancyLabels,
): TenantModule[] {
  const byModule = new Map<string, Unit[]>();
  for (const unit of units.filter(counts)) {
    const list = byModule.get(unit.module);
    if (list) list.push(unit);
    else byModule.set(unit.module, [unit]);
  }
  return [...byModule]
    .sort(([a], [b]) => compareModules(a, b))
    .map(([name, own]) => moduleEntry(name, own, labels));
}

/** A workload always counts; what workloads lean on counts where it is not well, so that healthy parts stay the ones listed. */
function counts({ workload, verdict }: Unit): boolean {
  const isWell = verdict.code === 'Healthy' || verdict.code === 'Suspended';
  return workload !== undefined || !isWell;
}

function moduleEntry(
  name: string,
  units: readonly Unit[],
  labels: TenancyLabels,
): TenantModule {
  const workloads = units.flatMap(({ workload }) => workload ?? []);
  const release = releaseOf(
    units.filter(unit => unit.workload).map(unit => unit.labels),
    labels,
  );
  return {
    name,
    ...(release ? { release } : {}),
    health: rollUp(units.map(unit => unit.verdict)),
    workloads,
  };
}

function compareModules(a: string, b: string): number {
  const last = Number(a === OTHER_MODULE) - Number(b === OTHER_MODULE);
  return last || compareText(a, b);
}

// SPDX-License-Identifier: Apache-2.0
import { firstOf } from './tenantOfNamespace';
import type { TenancyLabels } from './TenancyLabels';

/** The module of workloads that name none. */
export const OTHER_MODULE = 'other';

type Labels = Readonly<Record<string, string>>;

/** The module a workload belongs to. What it says of itself comes before what its pods say. */
export function moduleOf(
  labelSets: readonly Labels[],
  { module }: TenancyLabels,
): string {
  for (const labels of labelSets) {
    const name = firstOf(labels, module);
    if (name !== undefined) return name;
  }
  return OTHER_MODULE;
}

/** The release a module’s workloads say they are of; `undefined` when they say none, or differ. Keys are asked in order, so a chart’s version counts only where no workload names a release. */
export function releaseOf(
  labelSets: readonly Labels[],
  { release }: TenancyLabels,
): string | undefined {
  for (const key of release) {
    const said = new Set(labelSets.map(labels => labels[key]).filter(Boolean));
    if (said.size > 0) return said.size === 1 ? [...said][0] : undefined;
  }
  return undefined;
}

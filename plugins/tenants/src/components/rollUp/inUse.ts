// SPDX-License-Identifier: Apache-2.0
import { formatBytes, formatCores } from '../../formatting/quantity';
import type { Translate } from '../../useText';
import { describeUse } from './describeUse';
import type { NodeUse } from './rollUpUse';

/** What is measured. */
export type Resource = 'cpu' | 'memory';

/** How much of something is in use, as a cell shows it and as it is said in full. */
export type InUse = { readonly shown: string; readonly said: string };

const UNITS = { cpu: 'cores', memory: 'bytes' } as const;

/** Why nothing can be said yet, or at all. */
type Missing = { readonly isLoading: boolean; readonly why: string };

/** Writes what a row uses. What was measured in part is a least amount; what was not measured is said, never written as zero. Pure. */
export function inUse(
  t: Translate,
  resource: Resource,
  use: NodeUse | undefined,
  { isLoading, why }: Missing,
): InUse {
  const used = use?.used[resource];
  if (!use || used === undefined) {
    if (isLoading) return { shown: '…', said: t('usage.loading') };
    return {
      shown: t('quantity.notKnown'),
      said: t('usage.reason', { why }),
    };
  }
  const unit = UNITS[resource];
  const amount = resource === 'cpu' ? formatCores(used) : formatBytes(used);
  const limit = use.limits[resource];
  const request = use.requests[resource];
  const said = describeUse(t, { used, limit, request }, unit);
  if (use.unmeasured === 0) return { shown: amount, said };
  const rest = t('use.unmeasured', {
    count: use.unmeasured,
    all: String(use.pods),
  });
  return { shown: t('use.atLeast', { amount }), said: `${said}. ${rest}` };
}

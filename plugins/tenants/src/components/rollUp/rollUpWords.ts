// SPDX-License-Identifier: Apache-2.0
import type { Translate } from '../../useText';
import type { RollUpNode } from './rollUp';

/** What a row is called: its own name, or how many it stands for. */
export function rowName(t: Translate, node: RollUpNode): string {
  const count = Number(node.name);
  switch (node.folded) {
    case 'module':
      return t('tree.moreModules', { count });
    case 'workload':
      return t('tree.moreWorkloads', { count });
    case 'pod':
      return t('tree.morePods', { count });
    default:
      return node.name;
  }
}

/** What stands beside the word of a row's health: how many, or why. */
export function healthDetail(t: Translate, node: RollUpNode): string {
  const { health, kind, ready, total, counts } = node;
  if (health.code === 'Healthy') return '';
  if (kind === 'workload' && ready < total) {
    return t('tree.readyOf', { ready: String(ready), total: String(total) });
  }
  if (!counts) return health.reason;
  const all = Object.values(counts).reduce((sum, n) => sum + n, 0);
  const bad = counts[health.code] ?? 0;
  return t('tree.ofParts', { bad: String(bad), all: String(all) });
}

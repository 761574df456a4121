// SPDX-License-Identifier: Apache-2.0
import { compareHealthByUrgency } from '@tenantry/backstage-plugin-tenants-common';
import { sums, type RollUpNode } from './rollUp';

/** A row as it is drawn. */
export type RollUpRow = {
  readonly node: RollUpNode;
  readonly level: number;
  readonly position: number;
  readonly siblings: number;
};

function isQuiet(node: RollUpNode): boolean {
  return node.health.code === 'Healthy' || node.health.code === 'Suspended';
}

/** Folds quiet siblings into one row wherever something beside them is not, and puts what is wrong first. Pure. */
export function foldHealthy(nodes: readonly RollUpNode[]): RollUpNode[] {
  const folded = nodes.map(node => ({
    ...node,
    children: foldHealthy(node.children),
  }));
  const loud = folded
    .filter(node => !isQuiet(node))
    .sort((a, b) => compareHealthByUrgency(a.health.code, b.health.code));
  const quiet = folded.filter(isQuiet);
  const [first] = quiet;
  if (loud.length === 0 || quiet.length < 2 || first.kind === 'environment') {
    return [...loud, ...quiet];
  }
  return [...loud, moreNode(quiet, first)];
}

function moreNode(quiet: readonly RollUpNode[], first: RollUpNode): RollUpNode {
  return {
    id: `${first.id.slice(0, first.id.lastIndexOf('/'))}/…`,
    kind: 'more',
    folded: first.kind === 'more' ? undefined : first.kind,
    name: String(quiet.length),
    detail: '',
    cluster: first.cluster,
    health: quiet.every(node => node.health.code === 'Suspended')
      ? first.health
      : { code: 'Healthy', reason: '' },
    children: quiet,
    ...sums(quiet),
  };
}

/** The ids of the path to the worst pod: what stands open at first. */
export function worstPath(nodes: readonly RollUpNode[]): string[] {
  const worst = nodes.find(node => !isQuiet(node));
  if (!worst || worst.children.length === 0) return [];
  return [worst.id, ...worstPath(worst.children)];
}

/** Every id that has something under it. */
export function allParents(nodes: readonly RollUpNode[]): string[] {
  return nodes.flatMap(node =>
    node.children.length > 0 ? [node.id, ...allParents(node.children)] : [],
  );
}

/** The rows to draw, given what stands open. Pure. */
export function visibleRows(
  nodes: readonly RollUpNode[],
  open: ReadonlySet<string>,
  level = 1,
): RollUpRow[] {
  return nodes.flatMap((node, index) => [
    { node, level, position: index + 1, siblings: nodes.length },
    ...(open.has(node.id) ? visibleRows(node.children, open, level + 1) : []),
  ]);
}

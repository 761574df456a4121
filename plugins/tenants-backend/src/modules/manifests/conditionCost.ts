// SPDX-License-Identifier: Apache-2.0
import type { ASTNode } from '@marcbachmann/cel-js';

/** Go through a collection once for each of its elements. */
const MACROS: ReadonlySet<string> = new Set([
  'all',
  'exists',
  'exists_one',
  'map',
  'filter',
]);

/** Time of a regular expression is not bounded; a bound text can double itself. */
const UNBOUNDED: ReadonlySet<string> = new Set(['matches', 'bind']);

/** Sizes of the values a condition can see. */
export type ValueSizes = {
  /** Of the longest list or map. */
  readonly items: number;
  /** Of the longest text. */
  readonly text: number;
};

/** Characters that are compared in the time of one step. */
const TEXT_STEP = 100;

/** The first function in a condition whose cost cannot be bounded. */
export function unboundedCall(node: ASTNode): string | undefined {
  return calls(node).find(name => UNBOUNDED.has(name));
}

/** How many nodes a condition evaluates at most. Literals in it count as well: they are nodes. */
export function conditionCost(node: ASTNode, sizes: ValueSizes): number {
  const own = children(node).reduce(
    (sum, child) => sum + conditionCost(child, sizes),
    1 + scanned(node, sizes),
  );
  if (node.op !== 'rcall' || !MACROS.has(node.args[0])) return own;
  const receiver = node.args[1];
  // What it goes through may be several collections joined, at most one for each node, or a text taken apart.
  const longest = calls(receiver).includes('split')
    ? Math.max(sizes.items, sizes.text)
    : sizes.items;
  return own * (longest * countNodes(receiver) + 1);
}

function countNodes(node: ASTNode): number {
  return children(node).reduce((sum, child) => sum + countNodes(child), 1);
}

/** Comparing and searching goes through the whole of a value. */
function scanned({ op }: ASTNode, { items, text }: ValueSizes): number {
  const plain = ['value', 'id', '.', '&&', '||', '!_', '?:'];
  return plain.includes(op) ? 0 : items + Math.ceil(text / TEXT_STEP);
}

function calls(node: ASTNode): readonly string[] {
  const inner = children(node).flatMap(calls);
  return node.op === 'call' || node.op === 'rcall'
    ? [node.args[0], ...inner]
    : inner;
}

function children(node: ASTNode): readonly ASTNode[] {
  return nodesIn(node.args);
}

/** Arguments are nodes, texts, and lists of both. */
function nodesIn(value: unknown): readonly ASTNode[] {
  if (Array.isArray(value)) return value.flatMap(nodesIn);
  return isNode(value) ? [value] : [];
}

function isNode(value: unknown): value is ASTNode {
  return typeof value === 'object' && value !== null && 'op' in value;
}

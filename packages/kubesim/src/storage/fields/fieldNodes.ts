// SPDX-License-Identifier: Apache-2.0
import { isRecord, type JsonRecord } from '../json';

/**
 * A set of fields in the form of `fieldsV1`: a member of the set is a node without children or one with `.`;
 * the names of children begin with `f:` (a member of an object), `k:` (an item by its keys) or `v:` (an item by value).
 * The root holds children only.
 */
export type FieldNode = JsonRecord;

type Keep = (inLeft: boolean, inRight: boolean) => boolean;

export function union(left: FieldNode, right: FieldNode): FieldNode {
  return combine(left, right, (a, b) => a || b);
}

export function difference(left: FieldNode, right: FieldNode): FieldNode {
  return combine(left, right, (a, b) => a && !b);
}

export function intersection(left: FieldNode, right: FieldNode): FieldNode {
  return combine(left, right, (a, b) => a && b);
}

export function isEmpty(root: FieldNode): boolean {
  return Object.keys(root).length === 0;
}

/** Whether the field itself is in the set, and not only something in it. */
export function isMember(node: FieldNode | undefined): boolean {
  return node !== undefined && (isEmpty(node) || node['.'] !== undefined);
}

/** The child with a step’s name. */
export function childOf(
  node: FieldNode | undefined,
  step: string,
): FieldNode | undefined {
  const child = node?.[step];
  return isRecord(child) ? child : undefined;
}

/** A node of these children; `undefined` when nothing of it is in the set. */
export function nodeOf(
  member: boolean,
  children: FieldNode,
): FieldNode | undefined {
  if (isEmpty(children)) return member ? {} : undefined;
  return member ? { '.': {}, ...children } : children;
}

function combine(left: FieldNode, right: FieldNode, keep: Keep): FieldNode {
  const result: FieldNode = {};
  for (const step of stepsOf(left, right)) {
    const [a, b] = [childOf(left, step), childOf(right, step)];
    const node = nodeOf(
      keep(isMember(a), isMember(b)),
      combine(a ?? {}, b ?? {}, keep),
    );
    if (node) result[step] = node;
  }
  return result;
}

function stepsOf(left: FieldNode, right: FieldNode): Set<string> {
  const steps = new Set([...Object.keys(left), ...Object.keys(right)]);
  steps.delete('.');
  return steps;
}

/** The paths of all members, as messages write them: `.spec.containers[name="main"].image`. */
export function pathsOf(root: FieldNode, prefix = ''): string[] {
  return Object.entries(root).flatMap(([step, node]) => {
    if (step === '.' || !isRecord(node)) return [];
    const path = prefix + stepText(step);
    return [...(isMember(node) ? [path] : []), ...pathsOf(node, path)];
  });
}

function stepText(step: string): string {
  const text = step.slice(2);
  if (step.startsWith('f:')) return `.${text}`;
  if (step.startsWith('v:')) return `[=${text}]`;
  const keys: unknown = JSON.parse(text);
  const parts = Object.entries(isRecord(keys) ? keys : {});
  return `[${parts
    .map(([key, value]) => `${key}=${JSON.stringify(value)}`)
    .join(',')}]`;
}

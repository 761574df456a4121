// SPDX-License-Identifier: Apache-2.0
import type { Schema } from '../../kinds/schema/Schema';
import { equalJson, isRecord, type JsonRecord } from '../json';
import { nodeOf, union, type FieldNode } from './fieldNodes';
import { partsOf, type Parts } from './typedSteps';

/** Which fields a write changes. */
export type Comparison = {
  readonly added: FieldNode;
  readonly modified: FieldNode;
  readonly removed: FieldNode;
};
type Found = {
  readonly added?: FieldNode;
  readonly modified?: FieldNode;
  readonly removed?: FieldNode;
};
type Both = { readonly left: unknown; readonly right: unknown };
const NO_PARTS: Parts = new Map();

export function compareFields(
  schema: Schema | undefined,
  left: JsonRecord,
  right: JsonRecord,
): Comparison {
  return children(
    partsOf(schema, left) ?? NO_PARTS,
    partsOf(schema, right) ?? NO_PARTS,
  );
}

/** The fields a write sets: what it adds and what it gives another value. */
export function takenFields({ added, modified }: Comparison): FieldNode {
  return union(modified, added);
}

function children(left: Parts, right: Parts): Comparison {
  const added: FieldNode = {};
  const modified: FieldNode = {};
  const removed: FieldNode = {};
  for (const step of new Set([...left.keys(), ...right.keys()])) {
    const [a, b] = [left.get(step), right.get(step)];
    const found = compareValues(a?.schema ?? b?.schema, {
      left: a?.value,
      right: b?.value,
    });
    if (found.added) added[step] = found.added;
    if (found.modified) modified[step] = found.modified;
    if (found.removed) removed[step] = found.removed;
  }
  return { added, modified, removed };
}

function compareValues(schema: Schema | undefined, both: Both): Found {
  const { left, right } = both;
  if (left === right) return {};
  const [a, b] = [partsOf(schema, left), partsOf(schema, right)];
  if (isOne(left, a) || isOne(right, b) || (bare(left) && bare(right)))
    return leaf(both);
  const found = children(a ?? NO_PARTS, b ?? NO_PARTS);
  return {
    added: nodeOf(left === undefined, found.added),
    modified: nodeOf(false, found.modified),
    removed: nodeOf(right === undefined, found.removed),
  };
}

/** Whether a value that is there has no parts; what is absent or null takes the form of the other side. */
function isOne(value: unknown, parts: Parts | undefined): boolean {
  return value !== undefined && value !== null && parts === undefined;
}

function bare(value: unknown): boolean {
  if (value === undefined || value === null) return true;
  if (Array.isArray(value)) return value.length === 0;
  return isRecord(value) && Object.keys(value).length === 0;
}

function leaf({ left, right }: Both): Found {
  if (left === undefined) return { added: {} };
  if (right === undefined) return { removed: {} };
  return equalJson(left, right) ? {} : { modified: {} };
}

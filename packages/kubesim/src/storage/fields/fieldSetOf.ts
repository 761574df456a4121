// SPDX-License-Identifier: Apache-2.0
import type { Schema } from '../../kinds/schema/Schema';
import { isRecord, type JsonRecord } from '../json';
import { nodeOf, type FieldNode } from './fieldNodes';
import { partsOf, type Part } from './typedSteps';

/** The fields an applied configuration speaks of. */
export function fieldSetOf(
  schema: Schema | undefined,
  applied: JsonRecord,
): FieldNode {
  return childrenOf(schema, applied);
}

function childrenOf(schema: Schema | undefined, value: unknown): FieldNode {
  const fields: FieldNode = {};
  for (const [step, part] of partsOf(schema, value) ?? []) {
    const node = nodeFor(step, part);
    if (node) fields[step] = node;
  }
  return fields;
}

function nodeFor(step: string, part: Part): FieldNode | undefined {
  const { value, schema, declared } = part;
  if (partsOf(schema, value) === undefined) return {};
  const bare = isRecord(value) && Object.keys(value).length === 0;
  const member = bare || !declared || !step.startsWith('f:');
  return nodeOf(member, childrenOf(schema, value));
}

// SPDX-License-Identifier: Apache-2.0
import { isScalar, type Document, type Node } from 'yaml';
import type { JsonValue } from '../ModuleCatalogue';
import { NodeReader, startOf, type Budget, type SayAt } from './NodeReader';
import type { ValuePath } from './YamlDocument';

/** A document’s value, and where its parts stand. */
type ReadDocument = {
  readonly value: JsonValue | undefined;
  readonly offsetOf: (path: ValuePath) => number;
  readonly keyOffsetOf: (path: ValuePath) => number;
};

/** Turns a document into plain JSON values with aliases put in. @throws ReadError when it uses up the budget */
export function toJson(
  document: Document.Parsed,
  budget: Budget,
  say: SayAt,
): ReadDocument {
  const reader = new NodeReader(budget, say);
  const { contents } = document;
  const value = contents ? reader.read(contents) : undefined;
  const start = contents ? startOf(contents) : document.range[0];
  const root = value === null && isBlank(contents) ? undefined : value;
  const { marks } = reader;
  return {
    value: root,
    offsetOf: path => marks.offsetOf({ root, start }, path),
    keyOffsetOf: path => marks.keyOffsetOf({ root, start }, path),
  };
}

function isBlank(node: Node | null | undefined): boolean {
  return isScalar(node) && node.source === '';
}

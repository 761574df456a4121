// SPDX-License-Identifier: Apache-2.0
import type { FakeObject } from './FakeHistory';
import { isJson, type FieldPath } from './fieldPaths';

type Tree = { [key: string]: Tree };
type Operation = 'Apply' | 'Update';

/** Who set which fields of an object, and how. */
export type FakeManager = {
  readonly name: string;
  readonly operation: Operation;
  /** Paths, as JSON. */
  readonly fields: ReadonlySet<string>;
};

const keyOf = (path: FieldPath) => JSON.stringify(path);

function pathsOf(tree: unknown, path: FieldPath = []): string[] {
  if (!isJson(tree) || Object.keys(tree).length === 0) return [keyOf(path)];
  return Object.entries(tree).flatMap(([key, child]) =>
    pathsOf(child, [...path, key.startsWith('f:') ? key.slice(2) : key]),
  );
}

function treeOf(fields: ReadonlySet<string>): Tree {
  const root: Tree = {};
  for (const field of fields) {
    const path: FieldPath = JSON.parse(field);
    path.reduce<Tree>((node, key) => {
      const member = key.startsWith('k:') ? key : `f:${key}`;
      node[member] ??= {};
      return node[member];
    }, root);
  }
  return root;
}

/** Reads `metadata.managedFields`. */
export function readManagers(
  object: FakeObject | undefined,
): readonly FakeManager[] {
  const entries = object?.metadata.managedFields;
  if (!Array.isArray(entries)) return [];
  return entries.filter(isJson).map(entry => ({
    name: String(entry.manager),
    operation: entry.operation === 'Apply' ? 'Apply' : 'Update',
    fields: new Set(pathsOf(entry.fieldsV1)),
  }));
}

/** The object with these as its `metadata.managedFields`; those without a field are left out. */
export function withManagers(
  object: FakeObject,
  managers: readonly FakeManager[],
): FakeObject {
  const managedFields = managers
    .filter(manager => manager.fields.size > 0)
    .map(({ name, operation, fields }) => ({
      manager: name,
      operation,
      apiVersion: object.apiVersion,
      time: '2026-01-01T00:00:00Z',
      fieldsType: 'FieldsV1',
      fieldsV1: treeOf(fields),
    }));
  return { ...object, metadata: { ...object.metadata, managedFields } };
}

/** Gives fields to one manager and takes them from all others. */
export function takeFields(
  managers: readonly FakeManager[],
  taker: Pick<FakeManager, 'name' | 'operation'>,
  taken: readonly FieldPath[],
): readonly FakeManager[] {
  const keys = taken.map(keyOf);
  const isTaker = (manager: FakeManager) =>
    manager.name === taker.name && manager.operation === taker.operation;
  const own = managers.find(isTaker)?.fields ?? new Set<string>();
  const others = managers
    .filter(manager => !isTaker(manager))
    .map(manager => ({
      ...manager,
      fields: new Set([...manager.fields].filter(key => !keys.includes(key))),
    }));
  return [...others, { ...taker, fields: new Set([...own, ...keys]) }];
}

// SPDX-License-Identifier: Apache-2.0
import type { KubeErrorCause } from '../kube/KubeError';
import { readManagers, withManagers, type FakeManager } from './FakeManagers';
import type { FakeObject } from './FakeHistory';
import {
  fieldPaths,
  isJson,
  mergeFields,
  pathText,
  valueAt,
  withoutField,
  type FieldPath,
} from './fieldPaths';

export type Applied =
  | { readonly object: FakeObject }
  | { readonly conflicts: readonly KubeErrorCause[] };

type Applying = {
  readonly present: FakeObject | undefined;
  readonly manifest: FakeObject;
  readonly manager: string;
  readonly force: boolean;
};

const same = (a: unknown, b: unknown) =>
  JSON.stringify(a) === JSON.stringify(b);

function conflictsOf(
  { present, manifest }: Applying,
  other: FakeManager,
  paths: readonly FieldPath[],
): readonly FieldPath[] {
  return paths.filter(
    path =>
      other.fields.has(JSON.stringify(path)) &&
      !same(valueAt(present, path), valueAt(manifest, path)),
  );
}

/** Fields within may be anything; the name stays, for nobody owns it. */
function asObject(fields: unknown, named: FakeObject): FakeObject {
  if (!isJson(fields)) return named;
  const metadata = isJson(fields.metadata) ? fields.metadata : {};
  const { name, namespace } = named.metadata;
  return {
    ...fields,
    metadata: { ...metadata, name, ...(namespace && { namespace }) },
  };
}

function withoutGivenUp(
  merged: FakeObject,
  givenUp: readonly string[],
): FakeObject {
  return givenUp.reduce<FakeObject>(
    (object, key) => asObject(withoutField(object, JSON.parse(key)), merged),
    merged,
  );
}

/** Server-side apply, as far as tests need it: ownership by field, conflicts, fields given up. */
export function applyFields(applying: Applying): Applied {
  const { present, manifest, manager, force } = applying;
  const paths = fieldPaths(manifest);
  const keys = new Set(paths.map(path => JSON.stringify(path)));
  const isOwn = ({ name, operation }: FakeManager) =>
    name === manager && operation === 'Apply';
  const managers = readManagers(present);
  const others = managers.filter(each => !isOwn(each));
  const contested = others.map(other => ({
    other,
    fields: conflictsOf(applying, other, paths),
  }));
  const conflicts = contested.flatMap(({ other, fields }) =>
    fields.map(path => ({
      reason: 'FieldManagerConflict',
      field: pathText(path),
      manager: other.name,
    })),
  );
  if (conflicts.length > 0 && !force) return { conflicts };
  const left = contested.map(({ other, fields }) => {
    const lost = new Set(fields.map(path => JSON.stringify(path)));
    const kept = [...other.fields].filter(key => !lost.has(key));
    return { ...other, fields: new Set(kept) };
  });
  const before = managers.find(isOwn)?.fields ?? new Set<string>();
  const givenUp = [...before].filter(
    key => !keys.has(key) && !left.some(other => other.fields.has(key)),
  );
  const merged = asObject(mergeFields(present ?? {}, manifest), manifest);
  const object = withoutGivenUp(merged, givenUp);
  const own = { name: manager, operation: 'Apply' as const, fields: keys };
  return { object: withManagers(object, [...left, own]) };
}

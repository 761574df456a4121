// SPDX-License-Identifier: Apache-2.0
import type { JsonObject } from '@tenantry/backstage-plugin-tenants-node/definitions';
import {
  field,
  isJsonObject,
  listField,
  objectField,
  textField,
} from '../../manifests/jsonValue';
import type { LiveObject } from '../../LiveObject';
import type { FieldPath } from './FieldPath';

/** The name under which we apply. */
export const FIELD_MANAGER = 'tenantry';

/** Fields that one manager has set, as the tree the API server writes. */
export type FieldTree = JsonObject;

/** Who has set which fields of a live object. */
export type ManagedFields = {
  /** What we applied; `undefined` when we never did. */
  readonly ours: FieldTree | undefined;
  readonly others: readonly {
    readonly manager: string;
    readonly fields: FieldTree;
  }[];
};

/** Reads `metadata.managedFields`. What controllers report in `status` counts for nobody. */
export function readManagedFields(live: LiveObject): ManagedFields {
  const entries = listField(objectField(live, 'metadata'), 'managedFields')
    .filter(isJsonObject)
    .filter(entry => textField(entry, 'subresource') === undefined)
    .map(entry => ({
      manager: textField(entry, 'manager') ?? '',
      isApply: field(entry, 'operation') === 'Apply',
      fields: objectField(entry, 'fieldsV1'),
    }));
  const own = entries.find(
    ({ manager, isApply }) => manager === FIELD_MANAGER && isApply,
  );
  return {
    ours: own && withoutMark(own.fields),
    others: entries.filter(entry => entry !== own),
  };
}

const MARK = /^f:[a-z0-9.-]+\/operation$/;

/** Each write marks its object with the operation that wrote it; that is no field anybody renders. */
function withoutMark(fields: FieldTree): FieldTree {
  const { 'f:metadata': metadata, ...others } = fields;
  const { 'f:annotations': annotations, ...more } = objectField(
    fields,
    'f:metadata',
  );
  if (!isJsonObject(metadata) || !isJsonObject(annotations)) return fields;
  const left = Object.entries(annotations).filter(([key]) => !MARK.test(key));
  const isEmpty = left.every(([key]) => key === '.');
  const kept = isEmpty
    ? more
    : { ...more, 'f:annotations': Object.fromEntries(left) };
  return Object.keys(kept).length > 0
    ? { ...others, 'f:metadata': kept }
    : others;
}

/** The managers other than us that have set a field. */
export function otherManagersOf(
  path: FieldPath,
  { others }: ManagedFields,
): readonly string[] {
  const names = others
    .filter(({ fields }) => ownsPath(fields, path))
    .map(({ manager }) => manager);
  return [...new Set(names)].sort();
}

function ownsPath(fields: FieldTree, path: FieldPath): boolean {
  let node: FieldTree = fields;
  for (const segment of path) {
    const next = field(node, segment);
    if (!isJsonObject(next)) return false;
    node = next;
  }
  return true;
}

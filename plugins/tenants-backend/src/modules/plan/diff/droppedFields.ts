// SPDX-License-Identifier: Apache-2.0
import type {
  JsonObject,
  JsonValue,
} from '@tenantry/backstage-plugin-tenants-node/definitions';
import { field, isJsonObject } from '../../manifests/jsonValue';
import { segmentOf, type RawChange } from './compareFields';
import type { FieldPath } from './FieldPath';
import type { FieldTree, ManagedFields } from './ManagedFields';

type At = {
  readonly path: FieldPath;
  readonly owned: FieldTree;
  /** The same place in what others have set. */
  readonly others: readonly FieldTree[];
  readonly rendered: JsonValue | undefined;
  readonly live: JsonValue | undefined;
};

/** Fields we have set before and no longer render: applying removes them, except those that somebody else has set too. */
export function droppedFields(
  rendered: JsonObject,
  live: JsonObject,
  { ours, others }: ManagedFields,
): readonly RawChange[] {
  if (!ours) return [];
  return walk({
    path: [],
    owned: ours,
    others: others.map(({ fields }) => fields),
    rendered,
    live,
  });
}

function walk(at: At): readonly RawChange[] {
  return Object.keys(at.owned)
    .filter(segment => segment !== '.')
    .flatMap(segment => dropped(at, segment));
}

function dropped(at: At, segment: string): readonly RawChange[] {
  const path = [...at.path, segment];
  const live = child(at.path, at.live, segment);
  if (live === undefined) return [];
  const rendered = child(at.path, at.rendered, segment);
  const owned = asTree(field(at.owned, segment));
  const others = at.others.flatMap(tree => {
    const part = field(tree, segment);
    return isJsonObject(part) ? [part] : [];
  });
  if (rendered === undefined && others.length === 0) {
    return [{ path, from: live }];
  }
  return walk({ path, owned, others, rendered, live });
}

/** The member, list item or set value that a segment names. */
function child(
  path: FieldPath,
  value: JsonValue | undefined,
  segment: string,
): JsonValue | undefined {
  if (segment.startsWith('f:')) return field(value, segment.slice(2));
  if (!Array.isArray(value)) return undefined;
  if (segment.startsWith('v:')) {
    return value.find(item => JSON.stringify(item) === segment.slice(2));
  }
  return value.find(item => segmentOf(path, item) === segment);
}

function asTree(value: JsonValue | undefined): FieldTree {
  return isJsonObject(value) ? value : {};
}

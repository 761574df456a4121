// SPDX-License-Identifier: Apache-2.0
import type {
  JsonObject,
  JsonValue,
} from '@tenantry/backstage-plugin-tenants-node/definitions';
import { field, isJsonObject } from '../../manifests/jsonValue';
import { itemSegment, type FieldPath } from './FieldPath';
import { listKey } from './listKey';
import { sameValue } from './sameValue';

/** A field that would change. */
export type RawChange = {
  readonly path: FieldPath;
  readonly from?: JsonValue;
  readonly to?: JsonValue;
};

/** What the API server writes itself. */
const SERVER_FIELDS = new Set([
  'managedFields',
  'uid',
  'resourceVersion',
  'generation',
  'creationTimestamp',
]);

/** The fields of a rendered object that are not so in the live one. Fields that are not rendered are not looked at. */
export function compareFields(
  rendered: JsonObject,
  live: JsonObject,
): readonly RawChange[] {
  return Object.keys(rendered)
    .filter(name => !['apiVersion', 'kind', 'status'].includes(name))
    .flatMap(name => walk([`f:${name}`], rendered[name], field(live, name)));
}

function walk(
  path: FieldPath,
  rendered: JsonValue,
  live: JsonValue | undefined,
): readonly RawChange[] {
  if (isJsonObject(rendered) && isJsonObject(live)) {
    return Object.keys(rendered)
      .filter(
        name =>
          path.length > 1 ||
          path[0] !== 'f:metadata' ||
          !SERVER_FIELDS.has(name),
      )
      .flatMap(name =>
        walk([...path, `f:${name}`], rendered[name], field(live, name)),
      );
  }
  if (Array.isArray(rendered) && Array.isArray(live)) {
    return walkList(path, rendered, live);
  }
  return sameValue(path, rendered, live)
    ? []
    : [{ path, to: rendered, ...(live !== undefined && { from: live }) }];
}

function walkList(
  path: FieldPath,
  rendered: readonly JsonValue[],
  live: readonly JsonValue[],
): readonly RawChange[] {
  const keys = rendered.map(item => listKey(path, item));
  if (keys.length > 0 && keys.every(key => key !== undefined)) {
    return rendered.flatMap((item, at) => {
      const segment = itemSegment(keys[at] ?? {});
      const same = live.find(other => segmentOf(path, other) === segment);
      const there = [...path, segment];
      return same === undefined
        ? [{ path: there, to: item }]
        : walk(there, item, same);
    });
  }
  const differs =
    rendered.length !== live.length ||
    rendered.some((item, at) => walk(path, item, live[at]).length > 0);
  return differs ? [{ path, from: live, to: rendered }] : [];
}

/** The segment of a list’s item; `undefined` where items have no key. */
export function segmentOf(
  path: FieldPath,
  item: JsonValue,
): string | undefined {
  const key = listKey(path, item);
  return key && itemSegment(key);
}

// SPDX-License-Identifier: Apache-2.0
import type { Kind } from '../../kinds/Kind';
import { definitions } from '../../kinds/schema/Definitions';
import type { Schema } from '../../kinds/schema/Schema';
import { ApiError, badRequest } from '../ApiError';
import { equalJson, recordOf, recordsOf, type JsonRecord } from '../json';
import { applyConflict } from './applyConflict';
import { compareFields, takenFields, type Comparison } from './compareFields';
import {
  difference,
  intersection,
  isEmpty,
  union,
  type FieldNode,
} from './fieldNodes';
import { fieldSetOf } from './fieldSetOf';
import {
  entriesOf,
  isOf,
  ownable,
  withOwner,
  withoutFields,
  type Entry,
  type Manager,
} from './ManagedFields';
import { mergeTyped, removeTyped } from './mergeTyped';

/** Owns what was there before anyone applied to an object whose fields were not tracked. */
const BEFORE: Manager = { name: 'before-first-apply', operation: 'Update' };

export type Apply = {
  readonly kind: Kind;
  readonly manager: Manager;
  readonly force: boolean;
  readonly now: string;
  /** Whether the object does not exist yet. */
  readonly created: boolean;
};

/**
 * Server-side apply: lays the configuration over the live object, takes away what this manager applied before and
 * nobody owns now, and records who owns what. Changing a field of another manager is a conflict unless forced.
 *
 * @throws ApiError 400, 409, 500
 */
export function applyConfiguration(
  live: JsonRecord,
  applied: JsonRecord,
  apply: Apply,
): JsonRecord {
  if (recordsOf(recordOf(applied.metadata).managedFields).length > 0)
    throw badRequest('metadata.managedFields must be nil');
  const schema = definitions.ofKind(apply.kind);
  const base = withoutEntries(live);
  const merged = mergeTyped(schema, base, applied);
  const before = apply.created ? [] : owners(live, schema, apply);
  const last = before.find(entry => isOf(entry, apply.manager));
  const fields = ownable(fieldSetOf(schema, applied));
  const changes = compareFields(schema, base, merged);
  const settled = settle(before, changes, apply);
  const claimed = withOwner(settled, apply.manager, {
    fields,
    apiVersion: apply.kind.apiVersion,
    now: undefined,
  });
  const result = pruned(schema, merged, { last, claimed });
  const same = !apply.created && equalJson(base, result);
  const gone = ownable(compareFields(schema, base, result).removed);
  const entries = withOwner(withoutFields(claimed, gone), apply.manager, {
    fields,
    apiVersion: apply.kind.apiVersion,
    now: same && last ? undefined : apply.now,
  });
  return withEntries(result, entries);
}

function owners(
  live: JsonRecord,
  schema: Schema | undefined,
  apply: Apply,
): Entry[] {
  const entries = entriesOf(live);
  if (entries.length > 0) return entries;
  return withOwner([], BEFORE, {
    fields: ownable(fieldSetOf(schema, withoutEntries(live))),
    apiVersion: apply.kind.apiVersion,
    now: apply.now,
  });
}

/** Takes the changed fields from their owners. @throws ApiError 409 unless forced */
function settle(
  entries: readonly Entry[],
  changes: Comparison,
  apply: Apply,
): Entry[] {
  const taken = ownable(takenFields(changes));
  const own = entries.filter(entry => isOf(entry, apply.manager));
  const others = entries.filter(entry => !own.includes(entry));
  if (!apply.force) {
    const conflicts = others.flatMap(entry => {
      const fields = intersection(entry.fieldsV1, taken);
      return isEmpty(fields) ? [] : [{ entry, fields }];
    });
    if (conflicts.length > 0) throw applyConflict(conflicts);
  }
  return [...own, ...withoutFields(others, taken)];
}

function pruned(
  schema: Schema | undefined,
  merged: JsonRecord,
  owned: { last: Entry | undefined; claimed: readonly Entry[] },
): JsonRecord {
  if (!owned.last) return merged;
  const keep = owned.claimed.reduce<FieldNode>(
    (sum, entry) => union(sum, entry.fieldsV1),
    {},
  );
  const remove = difference(owned.last.fieldsV1, keep);
  if (isEmpty(remove)) return merged;
  return recordOf(removeTyped(schema, merged, { remove, keep }));
}

function withoutEntries(object: JsonRecord): JsonRecord {
  const { managedFields: _entries, ...metadata } = recordOf(object.metadata);
  return { ...object, metadata };
}

function withEntries(
  object: JsonRecord,
  managedFields: readonly Entry[],
): JsonRecord {
  const metadata = { ...recordOf(object.metadata), managedFields };
  return { ...object, metadata };
}

/** @throws ApiError when the configuration names fields its kind does not have */
export function refuseUnknownFields(
  kind: Kind,
  where: { namespace?: string; name?: string },
  unknown: readonly string[],
): void {
  if (unknown.length === 0) return;
  const group = kind.group ? kind.apiVersion : `/${kind.version}`;
  const subject = `${where.namespace ?? ''}/${
    where.name ?? ''
  }; ${group}, Kind=${kind.kind}`;
  const problems = unknown.map(
    path => `.${path}: field not declared in schema`,
  );
  throw new ApiError({
    code: 500,
    reason: '',
    message: `failed to create typed patch object (${subject}): ${
      problems.length > 1
        ? `errors:\n${problems.map(item => `  ${item}`).join('\n')}`
        : problems[0]
    }`,
  });
}

// SPDX-License-Identifier: Apache-2.0
import { ApiError, type StatusCause, type Subject } from '../ApiError';
import {
  cloneJson,
  equalJson,
  isRecord,
  recordOf,
  recordsOf,
  textOf,
  type JsonRecord,
} from '../json';
import { fieldsOf, fieldsWithout, removeFields } from './fieldSet';
import { strategicMerge } from './strategicMerge';

export type Apply = {
  readonly subject: Subject;
  readonly apiVersion: string;
  readonly manager: string;
  readonly force: boolean;
  readonly now: string;
};

/**
 * Server-side apply: takes away what this manager applied before and no longer does, merges the rest in, and
 * records which fields it owns. Fields another applier owns with another value are a conflict unless forced.
 *
 * @throws ApiError 409
 */
export function serverSideApply(
  current: JsonRecord,
  applied: JsonRecord,
  apply: Apply,
): JsonRecord {
  const entries = recordsOf(recordOf(current.metadata).managedFields);
  const own = entries.find(entry => isOwn(entry, apply));
  const others = entries.filter(entry => entry !== own);
  const fields = fieldsOf(applied);
  const config = withoutBookkeeping(applied);
  if (!apply.force) checkConflicts({ current, config, others });
  let result: JsonRecord = cloneJson(current);
  const dropped = own && fieldsWithout(recordOf(own.fieldsV1), fields);
  const orphaned = others.reduce<JsonRecord | undefined>(
    (left, entry) => left && fieldsWithout(left, recordOf(entry.fieldsV1)),
    dropped,
  );
  if (orphaned) result = recordOf(removeFields(result, orphaned));
  result = strategicMerge(result, config);
  const unchanged = own !== undefined && equalJson(own.fieldsV1, fields);
  const entry: JsonRecord = {
    manager: apply.manager,
    operation: 'Apply',
    apiVersion: apply.apiVersion,
    time: unchanged ? own.time : apply.now,
    fieldsType: 'FieldsV1',
    fieldsV1: fields,
  };
  const kept = apply.force
    ? others.flatMap(other => giveUp(other, { current, config, fields }))
    : others;
  result.metadata = {
    ...recordOf(result.metadata),
    managedFields: [entry, ...kept],
  };
  return result;
}

function isOwn(entry: JsonRecord, apply: Apply): boolean {
  return (
    entry.manager === apply.manager &&
    entry.operation === 'Apply' &&
    !entry.subresource
  );
}

function withoutBookkeeping(applied: JsonRecord): JsonRecord {
  const { managedFields: _managedFields, ...metadata } = recordOf(
    applied.metadata,
  );
  return { ...applied, metadata };
}

function checkConflicts(state: {
  current: JsonRecord;
  config: JsonRecord;
  others: readonly JsonRecord[];
}): void {
  const merged = strategicMerge(state.current, state.config);
  const causes = state.others.flatMap(entry =>
    differing({
      left: state.current,
      right: merged,
      fields: recordOf(entry.fieldsV1),
      path: '',
    }).map(
      (field): StatusCause => ({
        reason: 'FieldManagerConflict',
        message: `conflict with "${textOf(entry.manager) ?? ''}"`,
        field,
      }),
    ),
  );
  if (causes.length === 0) return;
  const managers = [...new Set(causes.map(cause => cause.message))];
  throw new ApiError({
    code: 409,
    reason: 'Conflict',
    message: `Apply failed with ${causes.length} conflict${
      causes.length > 1 ? 's' : ''
    }: ${
      managers.length === 1 && causes.length === 1
        ? `${managers[0]}: ${causes[0].field}`
        : managers
            .map(
              text =>
                `${text}:\n${causes
                  .filter(cause => cause.message === text)
                  .map(cause => `- ${cause.field}`)
                  .join('\n')}`,
            )
            .join('\n')
    }`,
    details: { causes },
  });
}

type Comparison = {
  left: unknown;
  right: unknown;
  fields: JsonRecord;
  path: string;
};

/** The owned leaf fields whose values differ. */
function differing({ left, right, fields, path }: Comparison): string[] {
  if (Object.keys(fields).length === 0)
    return equalJson(left, right) ? [] : [path];
  return Object.entries(fields).flatMap(([name, inner]) => {
    if (name === '.' || name.startsWith('v:') || !isRecord(inner)) return [];
    return differing({
      left: step(left, name),
      right: step(right, name),
      fields: inner,
      path: name.startsWith('k:')
        ? `${path}[${name
            .slice(2)
            .replace(/[{}]/g, '')
            .replace(':', '=')
            .replace(/^"([^"]*)"/, '$1')}]`
        : `${path}.${name.slice(2)}`,
    });
  });
}

function step(value: unknown, name: string): unknown {
  if (name.startsWith('f:'))
    return isRecord(value) ? value[name.slice(2)] : undefined;
  const wanted = recordOf(JSON.parse(name.slice(2)));
  return recordsOf(value).find(item =>
    Object.entries(wanted).every(([key, part]) => item[key] === part),
  );
}

/** A forced apply takes the fields it changes from their owners. */
function giveUp(
  entry: JsonRecord,
  state: { current: JsonRecord; config: JsonRecord; fields: JsonRecord },
): JsonRecord[] {
  const merged = strategicMerge(state.current, state.config);
  const owned = recordOf(entry.fieldsV1);
  if (
    differing({ left: state.current, right: merged, fields: owned, path: '' })
      .length === 0
  )
    return [entry];
  const left = fieldsWithout(owned, state.fields);
  return left ? [{ ...entry, fieldsV1: left }] : [];
}

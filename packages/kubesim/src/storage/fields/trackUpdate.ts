// SPDX-License-Identifier: Apache-2.0
import type { Kind } from '../../kinds/Kind';
import { definitions } from '../../kinds/schema/Definitions';
import { recordsOf, type JsonRecord } from '../json';
import type { KubeObject } from '../Objects';
import { compareFields, takenFields } from './compareFields';
import { isEmpty, union } from './fieldNodes';
import {
  entriesOf,
  isOf,
  ownable,
  withOwner,
  withoutFields,
  type Entry,
  type Manager,
} from './ManagedFields';
import { zeroObject } from './zeroObject';

export type Tracked = {
  readonly kind: Kind;
  /** `undefined` for a create. */
  readonly before: KubeObject | undefined;
  readonly after: KubeObject;
  readonly manager: Manager;
  readonly now: string;
};

/** Who owns what after an ordinary write: the writer takes every field it changes from whoever had it. */
export function trackUpdate(write: Tracked): Entry[] {
  const { kind, before, after, manager, now } = write;
  const present = before ? basis(before, after) : [];
  // Objects whose fields were never tracked stay so until someone applies.
  if (before && present.length === 0) return [];
  const schema = definitions.ofKind(kind);
  const part = (object: JsonRecord) => writtenPart(kind, object, manager);
  const comparison = compareFields(
    schema,
    part(before ?? zeroObject(kind)),
    part(after),
  );
  const taken = ownable(takenFields(comparison));
  const left = withoutFields(
    present,
    union(taken, ownable(comparison.removed)),
  );
  if (isEmpty(taken)) return left;
  const own = left.find(entry => isOf(entry, manager));
  return withOwner(left, manager, {
    fields: union(own?.fieldsV1 ?? {}, taken),
    apiVersion: kind.apiVersion,
    now,
  });
}

/** A writer may send entries of its own; an empty entry forgets them all. */
function basis(before: KubeObject, after: KubeObject): Entry[] {
  const sent = recordsOf(after.metadata.managedFields);
  if (sent.length === 1 && Object.keys(sent[0]).length === 0) return [];
  const given = entriesOf(after);
  return given.length > 0 ? given : entriesOf(before);
}

/** A write of the main resource owns nothing of the status, nor the other way about. */
function writtenPart(
  kind: Kind,
  object: JsonRecord,
  manager: Manager,
): JsonRecord {
  const { status, ...main } = object;
  if (!kind.subresources.includes('status')) return object;
  if (manager.subresource !== 'status') return main;
  return { metadata: object.metadata, status };
}

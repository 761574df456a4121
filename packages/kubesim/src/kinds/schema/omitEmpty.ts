// SPDX-License-Identifier: Apache-2.0
import { isRecord, type JsonRecord } from '../../storage/json';
import type { Kind } from '../Kind';
import { definitions, type MessageField } from './Definitions';

const META = 'io.k8s.apimachinery.pkg.apis.meta.v1';
const OBJECT_META = `${META}.ObjectMeta`;

/**
 * Takes out of an object, in place, what Go leaves out when it writes one: nulls, and lists, maps, texts, zeros and
 * `false` that stand for nothing. Of a custom resource Go knows the metadata only.
 */
export function omitEmpty(
  kind: Kind,
  object: JsonRecord,
  { times } = { times: true },
): void {
  const name = definitions.nameOf(kind.apiVersion, kind.kind);
  if (!kind.custom && name !== undefined) omitIn(name, object, times);
  if (!isRecord(object.metadata)) return;
  if (kind.custom) omitIn(OBJECT_META, object.metadata, times);
  // The server sets it.
  if (object.metadata.creationTimestamp === null)
    delete object.metadata.creationTimestamp;
}

function omitIn(name: string, object: JsonRecord, times: boolean): void {
  const fields = definitions.message(name);
  if (!fields) return;
  const required = new Set(definitions.all().get(name)?.required);
  for (const field of Object.values(fields)) {
    const [member, type] = field;
    if (type.startsWith('^')) {
      omitIn(type.slice(2), object, times);
      continue;
    }
    const value = object[member];
    if (isTimeByValue(field)) {
      if (times) object[member] = value ?? null;
      continue;
    }
    if (value === undefined) continue;
    if (value === null || (!required.has(member) && isNothing(field, value)))
      delete object[member];
    else descend(type, value, times);
  }
}

/** Go has no way to leave such a time out. */
function isTimeByValue([, type, byValue]: MessageField): boolean {
  return (
    byValue === 1 && (type === `#${META}.Time` || type === `#${META}.MicroTime`)
  );
}

function isNothing([, type, byValue]: MessageField, value: unknown): boolean {
  if (type.startsWith('[]')) return Array.isArray(value) && value.length === 0;
  if (type.startsWith('{}'))
    return isRecord(value) && Object.keys(value).length === 0;
  return byValue === 1 && (value === '' || value === 0 || value === false);
}

function descend(type: string, value: unknown, times: boolean): void {
  const at = type.indexOf('#');
  if (at < 0) return;
  const name = type.slice(at + 1);
  if (type.startsWith('[]') && Array.isArray(value)) {
    for (const item of value) if (isRecord(item)) omitIn(name, item, times);
  } else if (type.startsWith('{}') && isRecord(value)) {
    for (const item of Object.values(value))
      if (isRecord(item)) omitIn(name, item, times);
  } else if (isRecord(value)) {
    omitIn(name, value, times);
  }
}

// SPDX-License-Identifier: Apache-2.0
import { definitions, type MessageField } from '../../kinds/schema/Definitions';
import { badRequest, unsupportedMediaType } from '../../storage/ApiError';
import { isRecord, type JsonRecord } from '../../storage/json';
import { DELETE_OPTIONS, specialMessages } from './specialMessages';
import { wireFields, type WireField } from './WireReader';

const MAGIC = Buffer.from('k8s\0');
const MAX_DEPTH = 64;
const NO_SUCH = 'application/json, application/yaml';

/**
 * Reads an object that a Go client wrote as `application/vnd.kubernetes.protobuf`, into the JSON it stands for.
 *
 * @throws ApiError 400 for a broken body, 415 for a kind whose message is not known
 */
export function decodeObject(body: Buffer): JsonRecord {
  if (!body.subarray(0, MAGIC.length).equals(MAGIC))
    throw badRequest(
      'the object provided is unrecognized: the body lacks the protobuf prefix',
    );
  const { apiVersion, kind, raw } = envelope(body.subarray(MAGIC.length));
  const name =
    kind === 'DeleteOptions'
      ? DELETE_OPTIONS
      : definitions.nameOf(apiVersion, kind);
  if (name === undefined || !definitions.message(name))
    throw unsupportedMediaType(NO_SUCH);
  const object = message(name, raw, 0);
  return { apiVersion, kind, ...(isRecord(object) ? object : {}) };
}

function envelope(bytes: Buffer): {
  apiVersion: string;
  kind: string;
  raw: Buffer;
} {
  let [apiVersion, kind] = ['', ''];
  let raw = Buffer.alloc(0);
  for (const { number, value } of wireFields(bytes)) {
    if (!Buffer.isBuffer(value)) continue;
    if (number === 2) raw = Buffer.from(value);
    if (number !== 1) continue;
    for (const inner of wireFields(value)) {
      if (inner.number === 1) apiVersion = String(inner.value);
      if (inner.number === 2) kind = String(inner.value);
    }
  }
  return { apiVersion, kind, raw };
}

function message(name: string, bytes: Buffer, depth: number): unknown {
  if (depth > MAX_DEPTH) throw badRequest('the object is nested too deeply');
  const special = specialMessages[name];
  if (special) return special(bytes);
  const fields = definitions.message(name) ?? {};
  const result: JsonRecord = {};
  for (const field of wireFields(bytes)) {
    const known = fields[field.number];
    if (known) put(result, known, { field, depth });
  }
  return result;
}

function put(
  result: JsonRecord,
  [name, type, byValue]: MessageField,
  at: { field: WireField; depth: number },
): void {
  const { field, depth } = at;
  if (type.startsWith('[]')) {
    const present = result[name];
    const item = valueOf(type.slice(2), field, depth);
    result[name] = Array.isArray(present) ? [...present, item] : [item];
  } else if (type.startsWith('{}')) {
    result[name] = { ...asRecord(result[name]), ...entry(type.slice(2), at) };
  } else if (type.startsWith('^')) {
    Object.assign(result, valueOf(type.slice(1), field, depth));
  } else {
    const value = valueOf(type, field, depth);
    // Go writes members it holds by value even when they are empty, which JSON leaves out.
    if (value !== undefined && !(byValue && isZero(value)))
      result[name] = value;
  }
}

function asRecord(value: unknown): JsonRecord {
  return isRecord(value) ? value : {};
}

function isZero(value: unknown): boolean {
  return value === '' || value === 0 || value === false;
}

function entry(
  type: string,
  { field, depth }: { field: WireField; depth: number },
): JsonRecord {
  let key = '';
  let value: unknown = '';
  if (!Buffer.isBuffer(field.value)) return {};
  for (const inner of wireFields(field.value)) {
    if (inner.number === 1) key = String(inner.value);
    if (inner.number === 2) value = valueOf(type, inner, depth);
  }
  return Object.fromEntries([[key, value]]);
}

function valueOf(type: string, { value }: WireField, depth: number): unknown {
  if (type.startsWith('#'))
    return Buffer.isBuffer(value)
      ? message(type.slice(1), value, depth + 1)
      : undefined;
  if (Buffer.isBuffer(value)) {
    if (type === 'bytes') return value.toString('base64');
    return type === 'double' ? value.readDoubleLE() : value.toString('utf8');
  }
  return type === 'bool' ? value !== 0n : Number(BigInt.asIntN(64, value));
}

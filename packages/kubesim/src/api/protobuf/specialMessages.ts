// SPDX-License-Identifier: Apache-2.0
import { badRequest } from '../../storage/ApiError';
import { wireFields } from './WireReader';

const META = 'io.k8s.apimachinery.pkg.apis.meta.v1';
const NANOSECONDS = 1_000_000_000;
const STRING_VALUE = 1n;

export const DELETE_OPTIONS = `${META}.DeleteOptions`;

/** Messages whose JSON is not an object of the same members. */
export const specialMessages: Readonly<
  Record<string, (bytes: Buffer) => unknown>
> = {
  [`${META}.Time`]: bytes => time(bytes, 0),
  [`${META}.MicroTime`]: bytes => time(bytes, 6),
  [`${META}.Duration`]: bytes => {
    const nanoseconds = Number(BigInt.asIntN(64, numbers(bytes).get(1) ?? 0n));
    return `${nanoseconds / NANOSECONDS}s`;
  },
  [`${META}.FieldsV1`]: rawJson,
  'io.k8s.apimachinery.pkg.runtime.RawExtension': rawJson,
  'io.k8s.apimachinery.pkg.api.resource.Quantity': bytes => text(bytes, 1),
  'io.k8s.apimachinery.pkg.util.intstr.IntOrString': bytes => {
    const found = numbers(bytes);
    return found.get(1) === STRING_VALUE
      ? text(bytes, 3)
      : Number(BigInt.asIntN(32, found.get(2) ?? 0n));
  },
  'io.k8s.api.authorization.v1.ExtraValue': texts,
  'io.k8s.api.authentication.v1.ExtraValue': texts,
};

function numbers(bytes: Buffer): ReadonlyMap<number, bigint> {
  const found = new Map<number, bigint>();
  for (const { number, value } of wireFields(bytes))
    if (typeof value === 'bigint') found.set(number, value);
  return found;
}

function texts(bytes: Buffer): string[] {
  return [...wireFields(bytes)].map(({ value }) => String(value));
}

function text(bytes: Buffer, wanted: number): string {
  for (const { number, value } of wireFields(bytes))
    if (number === wanted) return String(value);
  return '';
}

function rawJson(bytes: Buffer): unknown {
  const raw = text(bytes, 1);
  if (raw === '') return undefined;
  try {
    return JSON.parse(raw);
  } catch {
    throw badRequest(
      'the object provided is unrecognized: an embedded object is no JSON',
    );
  }
}

/** An empty message is Go’s zero time, which JSON leaves out. */
function time(bytes: Buffer, digits: number): string | undefined {
  if (bytes.length === 0) return undefined;
  const found = numbers(bytes);
  const seconds = Number(BigInt.asIntN(64, found.get(1) ?? 0n));
  const nanos = Number(found.get(2) ?? 0n);
  const whole = new Date(seconds * 1000).toISOString().slice(0, 19);
  const rest = String(nanos).padStart(9, '0').slice(0, digits);
  return digits > 0 ? `${whole}.${rest}Z` : `${whole}Z`;
}

// SPDX-License-Identifier: Apache-2.0
import { badRequest } from '../../storage/ApiError';

const MAX_VARINT_BYTES = 10;

/** One field as it stands on the wire: a number, or the bytes of anything longer. */
export type WireField = {
  readonly number: number;
  readonly value: bigint | Buffer;
};

/** The fields of one protobuf message, in the order they were written. @throws ApiError 400 */
export function* wireFields(bytes: Buffer): Generator<WireField> {
  let at = 0;
  while (at < bytes.length) {
    const tag = varint(bytes, at);
    at = tag.next;
    const field = payload(bytes, at, Number(tag.value & 7n));
    at = field.next;
    yield { number: Number(tag.value >> 3n), value: field.value };
  }
}

function payload(
  bytes: Buffer,
  at: number,
  wireType: number,
): { value: bigint | Buffer; next: number } {
  switch (wireType) {
    case 0:
      return varint(bytes, at);
    case 1:
      return part(bytes, at, 8);
    case 2: {
      const length = varint(bytes, at);
      return part(bytes, length.next, Number(length.value));
    }
    case 5:
      return part(bytes, at, 4);
    default:
      throw malformed();
  }
}

function part(
  bytes: Buffer,
  at: number,
  length: number,
): { value: Buffer; next: number } {
  const next = at + length;
  if (next > bytes.length) throw malformed();
  return { value: bytes.subarray(at, next), next };
}

function varint(bytes: Buffer, from: number): { value: bigint; next: number } {
  let value = 0n;
  for (let count = 0; count < MAX_VARINT_BYTES; count += 1) {
    const byte = bytes[from + count];
    if (byte === undefined) throw malformed();
    value |= BigInt(byte & 0x7f) << BigInt(7 * count);
    if (byte < 0x80) return { value, next: from + count + 1 };
  }
  throw malformed();
}

function malformed() {
  return badRequest(
    'the object provided is unrecognized: the body is no protobuf message',
  );
}

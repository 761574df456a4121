// SPDX-License-Identifier: Apache-2.0

const BOOLEAN = 0x01;
const INTEGER = 0x02;
const BIT_STRING = 0x03;
const OCTET_STRING = 0x04;
const OBJECT_IDENTIFIER = 0x06;
const UTF8_STRING = 0x0c;
const UTC_TIME = 0x17;
const GENERALIZED_TIME = 0x18;
const SEQUENCE = 0x30;
const SET = 0x31;
const SHORT_LENGTH = 0x80;
/** UTCTime has two digits for the year, and ends here. */
const FIRST_LONG_YEAR = 2050;

/** One value with its tag and length, in the encoding certificates are written in. */
export function element(tag: number, ...parts: readonly Buffer[]): Buffer {
  const content = Buffer.concat(parts);
  return Buffer.concat([Buffer.from([tag]), lengthOf(content), content]);
}

function lengthOf({ length }: Buffer): Buffer {
  if (length < SHORT_LENGTH) return Buffer.from([length]);
  const bytes: number[] = [];
  for (let rest = length; rest > 0; rest = Math.floor(rest / 256))
    bytes.unshift(rest % 256);
  return Buffer.from([SHORT_LENGTH + bytes.length, ...bytes]);
}

export function sequence(...parts: readonly Buffer[]): Buffer {
  return element(SEQUENCE, ...parts);
}

export function setOf(...parts: readonly Buffer[]): Buffer {
  return element(SET, ...parts);
}

/** A value in the numbered slot of its sequence. */
export function explicit(slot: number, ...parts: readonly Buffer[]): Buffer {
  return element(0xa0 + slot, ...parts);
}

export function truth(): Buffer {
  return element(BOOLEAN, Buffer.from([0xff]));
}

/** A positive number given as its bytes, highest first. */
export function integer(bytes: Buffer): Buffer {
  const negative = (bytes[0] ?? 0) >= SHORT_LENGTH;
  return element(INTEGER, negative ? Buffer.from([0]) : Buffer.alloc(0), bytes);
}

export function bits(content: Buffer, unused = 0): Buffer {
  return element(BIT_STRING, Buffer.from([unused]), content);
}

export function octets(content: Buffer): Buffer {
  return element(OCTET_STRING, content);
}

export function text(value: string): Buffer {
  return element(UTF8_STRING, Buffer.from(value, 'utf8'));
}

export function objectIdentifier(dotted: string): Buffer {
  const [first, second, ...rest] = dotted.split('.').map(Number);
  const bytes = [first * 40 + second, ...rest.flatMap(base128)];
  return element(OBJECT_IDENTIFIER, Buffer.from(bytes));
}

function base128(value: number): number[] {
  const digits = [value % 128];
  for (let rest = value >> 7; rest > 0; rest >>= 7)
    digits.unshift((rest % 128) + 128);
  return digits;
}

/** A moment, in the form certificates use for its year. */
export function time(at: Date): Buffer {
  const digits = `${at.toISOString().replace(/[-:T]|\.\d+Z/g, '')}Z`;
  return at.getUTCFullYear() < FIRST_LONG_YEAR
    ? element(UTC_TIME, Buffer.from(digits.slice(2)))
    : element(GENERALIZED_TIME, Buffer.from(digits));
}

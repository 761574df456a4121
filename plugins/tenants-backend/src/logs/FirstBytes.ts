// SPDX-License-Identifier: Apache-2.0

/** The first bytes of many. */
export class FirstBytes {
  private readonly parts: Buffer[] = [];
  length = 0;

  constructor(private readonly limit: number) {}

  push(bytes: Buffer): void {
    const kept = bytes.subarray(0, this.limit - this.length);
    if (kept.length === 0) return;
    // Copied: a piece of a line must not keep the whole chunk, nor change when the chunk is reused.
    this.parts.push(Buffer.from(kept));
    this.length += kept.length;
  }

  bytes(most: number): Buffer {
    return Buffer.concat(this.parts).subarray(0, most);
  }

  /** As text, without a last character of which only the beginning fitted. */
  toText(): string {
    const bytes = this.bytes(this.limit);
    const isAll = bytes.length < this.limit;
    return (isAll ? bytes : withoutHalfCharacter(bytes)).toString('utf8');
  }
}

/** Drops a last UTF-8 character of which only the beginning is there. */
function withoutHalfCharacter(bytes: Buffer): Buffer {
  let lead = bytes.length - 1;
  // Bytes 10xxxxxx continue a character; no character has more than three of them.
  while (lead > bytes.length - 4 && (bytes[lead] & 0xc0) === 0x80) lead -= 1;
  const isWhole = bytes.length - lead >= characterLength(bytes[lead]);
  return isWhole ? bytes : bytes.subarray(0, lead);
}

function characterLength(leadByte: number): number {
  if (leadByte < 0x80) return 1;
  if (leadByte < 0xe0) return 2;
  return leadByte < 0xf0 ? 3 : 4;
}

// SPDX-License-Identifier: Apache-2.0
import { createHmac } from 'node:crypto';
import type { SecretSpan } from './MaskRule';

/** Bytes of a fingerprint. */
export const FINGERPRINT_BYTES = 16;
/** Shorter values are words that stand in any log. */
export const MIN_KNOWN_LENGTH = 8;

/** What is kept of a value that was set through Tenantry: enough to know it again, too little to find it out. */
export type SecretFingerprint = {
  /** In UTF-16 units. */
  readonly length: number;
  /** HMAC-SHA256 of the value in UTF-8, its first 16 bytes, as base64. */
  readonly hash: string;
};

/** The values set for one tenant. */
export type TenantFingerprints = {
  readonly key: Uint8Array;
  readonly prints: readonly SecretFingerprint[];
};

/** Where fingerprints are kept. */
export interface SecretFingerprints {
  forTenant(tenant: string): Promise<TenantFingerprints>;
}

/** Where none are kept. */
export const noFingerprints: SecretFingerprints = {
  forTenant: async () => ({ key: new Uint8Array(), prints: [] }),
};

/** The fingerprint of a value. */
export function fingerprint(key: Uint8Array, value: string): SecretFingerprint {
  const hash = createHmac('sha256', key)
    .update(value, 'utf8')
    .digest()
    .subarray(0, FINGERPRINT_BYTES)
    .toString('base64');
  return { length: value.length, hash };
}

/** Words of a line, and words of those words: values stand behind `=` and `:`, and may hold either themselves. */
const OUTER = /[^\s"'`,;()<>{}[\]]+/g;
const INNER = /[^\s"'`,;()<>{}[\]=:&?@/\\]+/g;
/** Behind the first `=` or `:` of a word. */
const BEHIND_SIGN = /[=:](.+)$/s;

/** Knows the values that were set for one tenant when they stand as a word in a text. */
export class KnownSecrets {
  private readonly lengths: ReadonlySet<number>;
  private readonly hashes: ReadonlySet<string>;

  constructor(private readonly of: TenantFingerprints) {
    const prints = of.prints.filter(p => p.length >= MIN_KNOWN_LENGTH);
    this.lengths = new Set(prints.map(({ length }) => length));
    this.hashes = new Set(prints.map(({ hash }) => hash));
  }

  get isEmpty(): boolean {
    return this.hashes.size === 0;
  }

  find(text: string): SecretSpan[] {
    if (this.isEmpty) return [];
    const spans: SecretSpan[] = [];
    for (const { 0: word, index } of text.matchAll(OUTER)) {
      this.look(word, index, spans);
      const behind = BEHIND_SIGN.exec(word);
      if (behind) this.look(behind[1], index + behind.index + 1, spans);
    }
    for (const { 0: word, index } of text.matchAll(INNER)) {
      this.look(word, index, spans);
    }
    return spans;
  }

  /** The length is asked first: a hash costs more than the rest of the line. */
  private look(word: string, start: number, spans: SecretSpan[]): void {
    if (!this.lengths.has(word.length)) return;
    if (!this.hashes.has(fingerprint(this.of.key, word).hash)) return;
    spans.push({ start, end: start + word.length, rule: 'tenant-secret' });
  }
}

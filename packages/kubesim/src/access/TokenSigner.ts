// SPDX-License-Identifier: Apache-2.0
import { createHash, generateKeyPairSync, sign, verify } from 'node:crypto';
import { isRecord, type JsonRecord } from '../storage/json';

const ALGORITHM = 'ES256';
const DSA_ENCODING = 'ieee-p1363';
/** Longer tokens are refused unread. */
const MAX_TOKEN_CHARACTERS = 8_192;

/** Signs and reads tokens with a key that lives and ends with the process. */
export class TokenSigner {
  private readonly keys = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  private readonly keyId: string;

  constructor() {
    const key = this.keys.publicKey.export({ type: 'spki', format: 'der' });
    this.keyId = createHash('sha256').update(key).digest('base64url');
  }

  sign(claims: JsonRecord): string {
    const header = { alg: ALGORITHM, kid: this.keyId };
    const content = `${encode(header)}.${encode(claims)}`;
    const signature = sign('sha256', Buffer.from(content), {
      key: this.keys.privateKey,
      dsaEncoding: DSA_ENCODING,
    });
    return `${content}.${signature.toString('base64url')}`;
  }

  /** What a token of this signer claims; `undefined` for any other text. */
  claims(token: string): JsonRecord | undefined {
    if (token.length > MAX_TOKEN_CHARACTERS) return undefined;
    const parts = token.split('.');
    if (parts.length !== 3 || decode(parts[0])?.alg !== ALGORITHM)
      return undefined;
    const valid = verify(
      'sha256',
      Buffer.from(`${parts[0]}.${parts[1]}`),
      { key: this.keys.publicKey, dsaEncoding: DSA_ENCODING },
      Buffer.from(parts[2], 'base64url'),
    );
    return valid ? decode(parts[1]) : undefined;
  }

  /** The public key as OpenID Connect discovery serves it. */
  keySet(): JsonRecord {
    const key = this.keys.publicKey.export({ format: 'jwk' });
    return { keys: [{ use: 'sig', alg: ALGORITHM, kid: this.keyId, ...key }] };
  }
}

function encode(value: JsonRecord): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

function decode(part: string): JsonRecord | undefined {
  try {
    const value: unknown = JSON.parse(
      Buffer.from(part, 'base64url').toString('utf8'),
    );
    return isRecord(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

// SPDX-License-Identifier: Apache-2.0
import { generateKeyPairSync, sign } from 'node:crypto';

const KEY_ID = 'bench';
const LIFETIME_S = 3600;

function encode(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

/** Signs users in as Backstage’s auth plugin does: ES256 tokens that the framework verifies with each request. */
export class UserTokens {
  private readonly keys = generateKeyPairSync('ec', { namedCurve: 'P-256' });

  /** What the auth plugin publishes at `/.well-known/jwks.json`. */
  keySet(): object {
    const key = this.keys.publicKey.export({ format: 'jwk' });
    return { keys: [{ ...key, kid: KEY_ID, alg: 'ES256', use: 'sig' }] };
  }

  /** A token of a user. */
  issue(user: string): string {
    const iat = Math.floor(Date.now() / 1000);
    const exp = iat + LIFETIME_S;
    // Proves the user’s identity to other plugins, on whose behalf one asks another.
    const limited = this.sign('vnd.backstage.limited-user', {
      sub: user,
      iat,
      exp,
    });
    return this.sign('vnd.backstage.user', {
      iss: 'http://portal/api/auth',
      sub: user,
      ent: [user],
      aud: 'backstage',
      iat,
      exp,
      uip: limited.split('.')[2],
    });
  }

  private sign(typ: string, claims: object): string {
    const header = { typ, alg: 'ES256', kid: KEY_ID };
    const text = `${encode(header)}.${encode(claims)}`;
    const signature = sign('sha256', Buffer.from(text), {
      key: this.keys.privateKey,
      dsaEncoding: 'ieee-p1363',
    });
    return `${text}.${signature.toString('base64url')}`;
  }
}

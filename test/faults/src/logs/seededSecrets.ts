// SPDX-License-Identifier: Apache-2.0
import { generateKeyPairSync } from 'node:crypto';

/** A secret in a log: the lines it stands in, and the text nobody may see. */
export type SeededSecret = {
  readonly lines: readonly string[];
  readonly hidden: readonly string[];
};

type Make = (word: (length: number) => string) => SeededSecret;

const LETTERS =
  'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/** Every way a credential gets into a log that the masking knows. */
const MAKES: readonly Make[] = [
  word => of(word(16), s => `connecting with password=${s} to db`),
  word => of(word(16), s => `{"level":"info","apiKey":"${s}","n":1}`),
  word => of(word(24), s => `> Authorization: Bearer ${s}`),
  word => of(word(12), s => `dsn postgres://app:${s}@db.internal:5432/x`),
  word =>
    of(
      `eyJ${word(20)}.eyJ${word(40)}.${word(43)}`,
      s => `session ${s} refreshed`,
    ),
  word => of(`AKIA${word(16).toUpperCase()}`, s => `using key id ${s} for s3`),
  word => of(`ghp_${word(36)}`, s => `remote: https://x/${s} denied`),
  word => of(word(20), s => `export CLIENT_SECRET='${s}'`),
  word => of(word(32), s => `set-cookie: sid=${s}; HttpOnly`),
  word =>
    of(
      Buffer.from(`{"password":"${word(14)}"}`).toString('base64'),
      s => `payload ${s}`,
    ),
  word => of(word(18), s => `GET /cb?a=1&access_token%3D${s}%26b%3D2 HTTP/1.1`),
  word =>
    of(
      Buffer.from(`user:${word(15)}`).toString('base64'),
      s => `header Authorization: Basic ${s}`,
    ),
];

function of(secret: string, line: (secret: string) => string): SeededSecret {
  return { lines: [line(secret)], hidden: [secret] };
}

/** A key that a program prints over many lines. */
function privateKey(): SeededSecret {
  const { privateKey: key } = generateKeyPairSync('ec', {
    namedCurve: 'P-256',
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
  const lines = key.trim().split('\n');
  return { lines, hidden: lines.slice(1, -1) };
}

/** As many secrets, of every kind in turn. */
export function seededSecrets(
  count: number,
  random: () => number,
): SeededSecret[] {
  const word = (length: number) =>
    Array.from(
      { length },
      () => LETTERS[Math.floor(random() * LETTERS.length)],
    ).join('');
  return Array.from({ length: count }, (_, i) => {
    const make = MAKES[i % (MAKES.length + 1)];
    return make ? make(word) : privateKey();
  });
}

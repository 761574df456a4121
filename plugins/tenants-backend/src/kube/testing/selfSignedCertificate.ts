// SPDX-License-Identifier: Apache-2.0
import { generateKeyPairSync, sign } from 'node:crypto';

function derLength(size: number): Buffer {
  if (size < 0x80) return Buffer.of(size);
  if (size < 0x100) return Buffer.of(0x81, size);
  return Buffer.of(0x82, Math.floor(size / 0x100), size % 0x100);
}

/** One DER element: tag, length, content. */
function der(tag: number, ...content: readonly Buffer[]): Buffer {
  const body = Buffer.concat(content);
  return Buffer.concat([Buffer.of(tag), derLength(body.length), body]);
}

const sequence = (...content: Buffer[]) => der(0x30, ...content);
const integer = (value: number) => der(0x02, Buffer.of(value));
const utcTime = (text: string) => der(0x17, Buffer.from(text));
const oid = (hex: string) => der(0x06, Buffer.from(hex, 'hex'));
const ecdsaWithSha256 = () => sequence(oid('2a8648ce3d040302'));
const bits = (content: Buffer) => der(0x03, Buffer.of(0), content);

function distinguishedName(commonName: string): Buffer {
  const value = der(0x0c, Buffer.from(commonName));
  return sequence(der(0x31, sequence(oid('550403'), value)));
}

/** subjectAltName with the loopback address. */
function loopbackExtension(): Buffer {
  const address = sequence(der(0x87, Buffer.of(127, 0, 0, 1)));
  const extension = sequence(oid('551d11'), der(0x04, address));
  return der(0xa3, sequence(extension));
}

/** A fresh certificate for 127.0.0.1 with its key, both PEM, good until 2049. */
export function selfSignedCertificate(): {
  readonly cert: string;
  readonly key: string;
} {
  const { publicKey, privateKey } = generateKeyPairSync('ec', {
    namedCurve: 'P-256',
  });
  const name = distinguishedName('kubernetes');
  const body = sequence(
    der(0xa0, integer(2)),
    integer(1),
    ecdsaWithSha256(),
    name,
    sequence(utcTime('200101000000Z'), utcTime('490101000000Z')),
    name,
    publicKey.export({ type: 'spki', format: 'der' }),
    loopbackExtension(),
  );
  const signature = sign('sha256', body, privateKey);
  const base64 = sequence(body, ecdsaWithSha256(), bits(signature)).toString(
    'base64',
  );
  const lines = base64.match(/.{1,64}/g) ?? [];
  return {
    cert: `-----BEGIN CERTIFICATE-----\n${lines.join(
      '\n',
    )}\n-----END CERTIFICATE-----\n`,
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  };
}

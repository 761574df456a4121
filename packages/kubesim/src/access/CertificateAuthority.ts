// SPDX-License-Identifier: Apache-2.0
import {
  createHash,
  generateKeyPairSync,
  randomBytes,
  sign,
  type KeyObject,
} from 'node:crypto';
import { isIP } from 'node:net';
import {
  bits,
  element,
  explicit,
  integer,
  objectIdentifier,
  octets,
  sequence,
  setOf,
  text,
  time,
  truth,
} from './der';

/** A certificate and its key, both PEM. @public */
export type KeyPair = { readonly certificate: string; readonly key: string };
/** Whom a certificate names, and what for. */
export type CertificateRequest = {
  /** The name of a user, or of the server. */
  readonly commonName: string;
  /** The groups of a user. */
  readonly organizations?: readonly string[];
  readonly purpose: 'client' | 'server';
  /** Names and addresses a server is reached at. */
  readonly hosts?: readonly string[];
};

const OID = {
  commonName: '2.5.4.3',
  organization: '2.5.4.10',
  ecdsaWithSha256: '1.2.840.10045.4.3.2',
  basicConstraints: '2.5.29.19',
  keyUsage: '2.5.29.15',
  extendedKeyUsage: '2.5.29.37',
  subjectAltName: '2.5.29.17',
  subjectKey: '2.5.29.14',
  authorityKey: '2.5.29.35',
  server: '1.3.6.1.5.5.7.3.1',
  client: '1.3.6.1.5.5.7.3.2',
};
const AUTHORITY_NAME = 'kubesim-ca';
const SERIAL_BYTES = 16;
const HOUR_MS = 3_600_000;
/** How long certificates are good for: longer than any run of a simulator. */
const LIFETIME_MS = 365 * 24 * HOUR_MS;
const DIGITAL_SIGNATURE = Buffer.from([0x80]);
const CERTIFICATE_SIGNING = Buffer.from([0x84]);
const DNS_NAME_TAG = 0x82;
const ADDRESS_TAG = 0x87;
const KEY_IDENTIFIER_TAG = 0x80;

type Signed = {
  readonly subject: Buffer;
  readonly publicKey: KeyObject;
  readonly extensions: readonly Buffer[];
};

/** Signs the certificates of one simulated cluster. Its key lives and ends with the process. */
export class CertificateAuthority {
  /** PEM, for clients to trust. */
  readonly certificate: string;
  private readonly keys = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  private readonly name = nameOf(AUTHORITY_NAME);

  /** `now` is real time: clients compare certificates with their own clock. */
  constructor(private readonly now: () => number) {
    this.certificate = this.signed({
      subject: this.name,
      publicKey: this.keys.publicKey,
      extensions: [
        extension(OID.basicConstraints, sequence(truth()), true),
        extension(OID.keyUsage, bits(CERTIFICATE_SIGNING, 2), true),
        extension(OID.subjectKey, octets(this.keyIdentifier())),
      ],
    });
  }

  /** A new key and a certificate for it. */
  issue(request: CertificateRequest): KeyPair {
    const { commonName, organizations = [], purpose, hosts = [] } = request;
    const keys = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const authority = element(KEY_IDENTIFIER_TAG, this.keyIdentifier());
    const certificate = this.signed({
      subject: nameOf(commonName, organizations),
      publicKey: keys.publicKey,
      extensions: [
        extension(OID.keyUsage, bits(DIGITAL_SIGNATURE, 7), true),
        extension(
          OID.extendedKeyUsage,
          sequence(objectIdentifier(OID[purpose])),
        ),
        extension(OID.authorityKey, sequence(authority)),
        ...(hosts.length > 0
          ? [extension(OID.subjectAltName, sequence(...hosts.map(hostName)))]
          : []),
      ],
    });
    const key = keys.privateKey.export({ type: 'pkcs8', format: 'pem' });
    return { certificate, key: String(key) };
  }

  private signed({ subject, publicKey, extensions }: Signed): string {
    const algorithm = sequence(objectIdentifier(OID.ecdsaWithSha256));
    const now = this.now();
    const content = sequence(
      explicit(0, integer(Buffer.from([2]))),
      integer(serial()),
      algorithm,
      this.name,
      sequence(
        // Clocks of clients may be a little behind.
        time(new Date(now - HOUR_MS)),
        time(new Date(now + LIFETIME_MS)),
      ),
      subject,
      publicKey.export({ type: 'spki', format: 'der' }),
      explicit(3, sequence(...extensions)),
    );
    const signature = sign('sha256', content, this.keys.privateKey);
    return pem(sequence(content, algorithm, bits(signature)));
  }

  private keyIdentifier(): Buffer {
    const key = this.keys.publicKey.export({ type: 'spki', format: 'der' });
    return createHash('sha1').update(key).digest();
  }
}

/** Its first byte is neither 0 nor negative, so that it has one encoding only. */
function serial(): Buffer {
  const bytes = randomBytes(SERIAL_BYTES);
  bytes[0] = (bytes[0] % 64) + 64;
  return bytes;
}

function nameOf(commonName: string, organizations: readonly string[] = []) {
  const part = (type: string, value: string) =>
    setOf(sequence(objectIdentifier(type), text(value)));
  return sequence(
    ...organizations.map(value => part(OID.organization, value)),
    part(OID.commonName, commonName),
  );
}

function extension(type: string, value: Buffer, critical = false): Buffer {
  const parts = critical ? [truth(), octets(value)] : [octets(value)];
  return sequence(objectIdentifier(type), ...parts);
}

function hostName(host: string): Buffer {
  if (isIP(host) === 4)
    return element(ADDRESS_TAG, Buffer.from(host.split('.').map(Number)));
  if (host === '::1')
    return element(
      ADDRESS_TAG,
      Buffer.concat([Buffer.alloc(15), Buffer.from([1])]),
    );
  return element(DNS_NAME_TAG, Buffer.from(host, 'ascii'));
}

function pem(content: Buffer): string {
  const lines = content.toString('base64').match(/.{1,64}/g) ?? [];
  return `-----BEGIN CERTIFICATE-----\n${lines.join(
    '\n',
  )}\n-----END CERTIFICATE-----\n`;
}

// SPDX-License-Identifier: Apache-2.0
import type { CertificateAuthority } from './CertificateAuthority';

/** What a server needs to answer over TLS, and to ask clients for certificates. */
export type TlsMaterial = {
  readonly key: string;
  readonly cert: string;
  readonly ca: string;
  readonly requestCert: true;
  /** A request without a good certificate is still read: its token may do. */
  readonly rejectUnauthorized: false;
};

const HOSTS = [
  'localhost',
  'kubernetes.default.svc',
  '127.0.0.1',
  '::1',
  '10.96.0.1',
];
const ANY_HOST: ReadonlySet<string> = new Set(['0.0.0.0', '::', '']);

/** A certificate for a server at this host, from its own authority. */
export function tlsMaterial(
  authority: CertificateAuthority,
  host: string,
): TlsMaterial {
  const hosts = ANY_HOST.has(host) ? HOSTS : [...new Set([...HOSTS, host])];
  const { certificate, key } = authority.issue({
    commonName: 'kube-apiserver',
    purpose: 'server',
    hosts,
  });
  return {
    key,
    cert: certificate,
    ca: authority.certificate,
    requestCert: true,
    rejectUnauthorized: false,
  };
}

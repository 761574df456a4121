// SPDX-License-Identifier: Apache-2.0
import { stringify } from 'yaml';
import type { KeyPair } from '../access/CertificateAuthority';

/** How a kubeconfig proves who its user is. */
export type Credentials =
  | { readonly token: string }
  | { readonly client: KeyPair; readonly authority: string };

/** A kubeconfig with one cluster and one user. */
export function kubeconfig(
  server: string,
  credentials: Credentials,
  user = 'admin',
): string {
  return stringify({
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name: 'kubesim', cluster: clusterOf(server, credentials) }],
    users: [{ name: user, user: userOf(credentials) }],
    contexts: [
      {
        name: 'kubesim',
        context: { cluster: 'kubesim', user, namespace: 'default' },
      },
    ],
    'current-context': 'kubesim',
  });
}

function clusterOf(server: string, credentials: Credentials) {
  // kubectl sends no token over plain HTTP: it goes into the path instead.
  return 'token' in credentials
    ? { server: `${server}/_as/${credentials.token}` }
    : {
        server,
        'certificate-authority-data': base64(credentials.authority),
      };
}

function userOf(credentials: Credentials) {
  return 'token' in credentials
    ? { token: credentials.token }
    : {
        'client-certificate-data': base64(credentials.client.certificate),
        'client-key-data': base64(credentials.client.key),
      };
}

function base64(text: string): string {
  return Buffer.from(text).toString('base64');
}

// SPDX-License-Identifier: Apache-2.0
import { stringify } from 'yaml';

/** A kubeconfig with one cluster and one user. */
export function kubeconfig(server: string, token: string): string {
  return stringify({
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [
      { name: 'kubesim', cluster: { server: `${server}/_as/${token}` } },
    ],
    users: [{ name: 'admin', user: { token } }],
    contexts: [
      {
        name: 'kubesim',
        context: { cluster: 'kubesim', user: 'admin', namespace: 'default' },
      },
    ],
    'current-context': 'kubesim',
  });
}

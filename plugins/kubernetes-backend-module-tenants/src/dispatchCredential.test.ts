// SPDX-License-Identifier: Apache-2.0
import type { AuthenticationStrategy } from '@backstage/plugin-kubernetes-node';
import { dispatchCredential } from './dispatchCredential';

const strategy: AuthenticationStrategy = {
  getCredential: async ({ name }) => ({ type: 'bearer token', token: name }),
  validateCluster: () => [],
  presentAuthMetadata: () => ({}),
};

function cluster(provider?: string) {
  const authMetadata: Record<string, string> = provider
    ? { 'kubernetes.io/auth-provider': provider }
    : {};
  return { name: 'eu', url: 'https://eu.example', authMetadata };
}

it('asks the strategy that the cluster names', async () => {
  const ask = dispatchCredential({ serviceAccount: strategy });
  expect(await ask(cluster('serviceAccount'), {})).toEqual({
    type: 'bearer token',
    token: 'eu',
  });
});

it.each([undefined, 'unknown', 'constructor'])(
  'refuses a cluster with the authProvider %s',
  async provider => {
    const ask = dispatchCredential({ serviceAccount: strategy });
    await expect(ask(cluster(provider), {})).rejects.toThrow('"eu"');
  },
);

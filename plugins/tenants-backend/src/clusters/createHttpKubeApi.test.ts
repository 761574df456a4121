// SPDX-License-Identifier: Apache-2.0
import type { ClusterDetails } from '@backstage/plugin-kubernetes-node';
import { KubeHttpServer } from '../kube/testing/KubeHttpServer';
import { systemClock } from '../time/Clock';
import { createHttpKubeApi } from './createHttpKubeApi';

let configured: KubeHttpServer;
let own: KubeHttpServer;
beforeEach(async () => {
  configured = await KubeHttpServer.start();
  own = await KubeHttpServer.start();
});
afterEach(async () => {
  await configured.stop();
  await own.stop();
});

async function call(
  authMetadata: Record<string, string>,
  inCluster = () => ({ url: own.url }),
) {
  const details: ClusterDetails = {
    name: 'eu',
    url: configured.url,
    authMetadata,
  };
  const credential = async () => ({
    type: 'bearer token' as const,
    token: 't',
  });
  const create = createHttpKubeApi({ clock: systemClock, inCluster });
  const api = create(details, credential);
  expect(api.cluster).toBe('eu');
  await api.version(new AbortController().signal);
  await api.close();
  return [configured.requests.length, own.requests.length];
}

const provider = 'kubernetes.io/auth-provider';

it('goes to the configured address with a token of its own', async () => {
  const metadata = { [provider]: 'serviceAccount', serviceAccountToken: 't' };
  expect(await call(metadata)).toEqual([1, 0]);
});

it('goes to the cluster it runs in for a serviceAccount without a token', async () => {
  expect(await call({ [provider]: 'serviceAccount' })).toEqual([0, 1]);
});

it('goes to the configured address with any other provider', async () => {
  expect(await call({ [provider]: 'aws' })).toEqual([1, 0]);
});

it('goes to the configured address when it runs in no cluster', async () => {
  const create = createHttpKubeApi({
    clock: systemClock,
    inCluster: () => undefined,
  });
  const authMetadata = { [provider]: 'serviceAccount' };
  const details = { name: 'eu', url: configured.url, authMetadata };
  const api = create(details, async () => ({ type: 'anonymous' }));
  await api.version(new AbortController().signal);
  await api.close();
  expect(configured.requests).toHaveLength(1);
});

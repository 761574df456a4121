// SPDX-License-Identifier: Apache-2.0
import { kubeApiContract } from '@tenantry/backstage-plugin-tenants-node/testing';
import { startKubesim, type Kubesim } from '@tenantry/kubesim';
import { systemClock } from '../time/Clock';
import { HttpKubeApi } from './HttpKubeApi';

function writeConfigMap(
  sim: Kubesim,
  where: { readonly namespace: string; readonly name: string },
  data: Readonly<Record<string, string>>,
): void {
  const present = sim.objects.modify('configmaps', where, draft => {
    draft.data = data;
  });
  if (present) return;
  sim.objects.create('configmaps', {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: where,
    data,
  });
}

function createNamespace(sim: Kubesim, name: string): void {
  const metadata = { name };
  sim.objects.create('namespaces', {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata,
  });
  // What the cluster itself puts into a new namespace would be listed too.
  sim.objects.delete('configmaps', {
    namespace: name,
    name: 'kube-root-ca.crt',
  });
}

kubeApiContract('HttpKubeApi on the simulator', async () => {
  const sim = await startKubesim();
  createNamespace(sim, 'one');
  createNamespace(sim, 'two');
  const { token } = sim;
  const api = new HttpKubeApi({
    cluster: 'sim',
    server: { url: sim.url },
    credential: async () => ({ type: 'bearer token', token }),
    clock: systemClock,
  });
  return {
    api,
    async write(namespace, name, data) {
      writeConfigMap(sim, { namespace, name }, data);
    },
    async remove(namespace, name) {
      sim.objects.delete('configmaps', { namespace, name });
    },
    expireHistory: async () => sim.compact(),
    async stop() {
      await api.close();
      await sim.stop();
    },
  };
});

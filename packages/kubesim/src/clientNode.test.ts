// SPDX-License-Identifier: Apache-2.0
import {
  AppsV1Api,
  CoreV1Api,
  KubeConfig,
  makeInformer,
} from '@kubernetes/client-node';
import type { Kubesim } from './Kubesim';
import { startKubesim } from './startKubesim';

let sim: Kubesim;
let config: KubeConfig;

beforeAll(async () => {
  sim = await startKubesim();
  config = new KubeConfig();
  // Over plain HTTP the client insists on this.
  config.loadFromClusterAndUser(
    { name: 'sim', server: sim.url, skipTLSVerify: true },
    { name: 'sim', token: sim.token },
  );
});
afterAll(() => sim.stop());

it('serves the official client, which reads what it wrote', async () => {
  const core = config.makeApiClient(CoreV1Api);
  const metadata = { name: 'settings', namespace: 'default' };
  await core.createNamespacedConfigMap({
    namespace: 'default',
    body: { metadata, data: { colour: 'blue' } },
  });
  const read = await core.readNamespacedConfigMap(metadata);
  await core.replaceNamespacedConfigMap({
    ...metadata,
    body: { ...read, data: { colour: 'green' } },
  });
  const { items } = await core.listNamespacedConfigMap({
    namespace: 'default',
  });
  expect(items.map(item => item.data)).toEqual([{ colour: 'green' }]);
});

it('refuses it what does not exist, in words it understands', async () => {
  const apps = config.makeApiClient(AppsV1Api);
  await expect(
    apps.readNamespacedDeployment({ name: 'nothing', namespace: 'default' }),
  ).rejects.toMatchObject({ code: 404 });
});

it('feeds its informer', async () => {
  const core = config.makeApiClient(CoreV1Api);
  const informer = makeInformer(config, '/api/v1/namespaces', () =>
    core.listNamespace(),
  );
  const added = new Promise<string | undefined>(resolve => {
    informer.on('add', namespace => {
      if (namespace.metadata?.name === 'late') resolve(namespace.metadata.name);
    });
  });
  informer.on('connect', () => {
    if (sim.objects.get('namespaces', { name: 'late' })) return;
    sim.objects.create('namespaces', {
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name: 'late' },
    });
  });
  await informer.start();
  expect(await added).toBe('late');
  await informer.stop();
});

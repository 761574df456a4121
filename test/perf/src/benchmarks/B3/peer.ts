// SPDX-License-Identifier: Apache-2.0
import {
  CoreV1Api,
  KubeConfig,
  makeInformer,
} from '@kubernetes/client-node-peer';
import { usedBytes } from '../../heap';
import { readInput } from '../../isolated';
import type { CacheInput } from '.';

async function main(): Promise<void> {
  const { url, token, pods } = readInput<CacheInput>();
  const config = new KubeConfig();
  config.loadFromClusterAndUser(
    { name: 'bench', server: url, skipTLSVerify: true },
    { name: 'bench', token },
  );
  const api = config.makeApiClient(CoreV1Api);
  const before = usedBytes();
  const informer = makeInformer(config, '/api/v1/pods', () =>
    api.listPodForAllNamespaces(),
  );
  await new Promise<void>((resolve, reject) => {
    informer.on('error', reject);
    informer.on('connect', () => informer.list().length === pods && resolve());
    informer
      .start()
      .then(() => informer.list().length === pods && resolve(), reject);
  });
  const bytesPerPod = (usedBytes() - before) / informer.list().length;
  await informer.stop();
  console.log(JSON.stringify({ bytesPerPod }));
  process.exit(0);
}

main();

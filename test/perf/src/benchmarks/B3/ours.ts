// SPDX-License-Identifier: Apache-2.0
import { ClusterInformers } from '../../../../../plugins/tenants-backend/src/informers/ClusterInformers';
import { HttpKubeApi } from '../../../../../plugins/tenants-backend/src/kube/HttpKubeApi';
import { systemClock } from '../../../../../plugins/tenants-backend/src/time/Clock';
import { usedBytes } from '../../heap';
import { readInput } from '../../isolated';
import type { CacheInput } from '.';

const quiet = {
  error() {},
  warn() {},
  info() {},
  debug() {},
  child: () => quiet,
};

async function main(): Promise<void> {
  const { url, token, pods } = readInput<CacheInput>();
  const api = new HttpKubeApi({
    cluster: 'bench',
    server: { url },
    credential: async () => ({ type: 'bearer token', token }),
    clock: systemClock,
  });
  // The product's timers do not keep a process alive.
  const alive = setInterval(() => {}, 60_000);
  const stopping = new AbortController();
  const before = usedBytes();
  let complete = () => {};
  const full = new Promise<void>(resolve => {
    complete = resolve;
  });
  const cache = new ClusterInformers({
    api,
    clock: systemClock,
    random: Math.random,
    logger: quiet,
    kinds: ['pods'],
    onChange: () => cache.listers.pods.size === pods && complete(),
  });
  const running = cache.run(stopping.signal);
  await full;
  const bytesPerPod = (usedBytes() - before) / cache.listers.pods.size;
  stopping.abort();
  await running;
  await api.close();
  clearInterval(alive);
  console.log(JSON.stringify({ bytesPerPod }));
}

main();

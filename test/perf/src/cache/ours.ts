// SPDX-License-Identifier: Apache-2.0
import { setTimeout as sleep } from 'node:timers/promises';
import { ClusterInformers } from '../../../../plugins/tenants-backend/src/informers/ClusterInformers';
import { HttpKubeApi } from '../../../../plugins/tenants-backend/src/kube/HttpKubeApi';
import { systemClock } from '../../../../plugins/tenants-backend/src/time/Clock';
import { answerParent } from '../answerParent';
import { quietLogger } from '../quietLogger';
import type { CacheHandlers, CacheInput } from './CacheHandlers';

const POLL_MS = 5;

let cache: ClusterInformers;
let told = 0;

/** Our cache of the pods of one cluster. */
const handlers: CacheHandlers = {
  async fill({ url, token, pods }: CacheInput) {
    let complete = () => {};
    const full = new Promise<void>(resolve => {
      complete = resolve;
    });
    cache = new ClusterInformers({
      api: new HttpKubeApi({
        cluster: 'bench',
        server: { url },
        credential: async () => ({ type: 'bearer token', token }),
        clock: systemClock,
      }),
      clock: systemClock,
      random: Math.random,
      logger: quietLogger,
      kinds: ['pods'],
      onChange: namespace => {
        if (namespace !== '') told++;
        if (cache.listers.pods.size === pods) complete();
      },
    });
    void cache.run(new AbortController().signal);
    await full;
    // Not before the swap is told to the end.
    await sleep(0);
    told = 0;
  },
  async taken({ events }) {
    while ((cache.counts('pods')?.events ?? 0) < events) await sleep(POLL_MS);
  },
  told: () => told,
  podVersions: () =>
    [...cache.listers.pods.list()]
      .map(pod => `${pod.namespace}/${pod.name} ${pod.resourceVersion}`)
      .sort(),
};

answerParent(handlers);

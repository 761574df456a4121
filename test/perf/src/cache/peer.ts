// SPDX-License-Identifier: Apache-2.0
import { setTimeout as sleep } from 'node:timers/promises';
import {
  CoreV1Api,
  KubeConfig,
  makeInformer,
  type Informer,
  type ObjectCache,
  type V1Pod,
} from '@kubernetes/client-node-peer';
import { answerParent } from '../answerParent';
import type { CacheHandlers, CacheInput } from './CacheHandlers';

const POLL_MS = 5;

let informer: Informer<V1Pod> & ObjectCache<V1Pod>;
let events = 0;

function follow(): void {
  const count = () => {
    events++;
  };
  informer.on('add', count);
  informer.on('update', count);
  informer.on('delete', count);
}

/** The Kubernetes client’s informer as it is, with a handler that counts. */
const handlers: CacheHandlers = {
  async fill({ url, token, pods }: CacheInput) {
    const config = new KubeConfig();
    config.loadFromClusterAndUser(
      { name: 'bench', server: url, skipTLSVerify: true },
      { name: 'bench', token },
    );
    const api = config.makeApiClient(CoreV1Api);
    informer = makeInformer(config, '/api/v1/pods', () =>
      api.listPodForAllNamespaces(),
    );
    const failed = new Promise<never>((_, reject) => {
      informer.on('error', reject);
    });
    await Promise.race([informer.start(), failed]);
    while (informer.list().length < pods) await sleep(POLL_MS);
    follow();
  },
  async taken({ events: wanted }) {
    while (events < wanted) await sleep(POLL_MS);
  },
  told: () => events,
  podVersions: () =>
    informer
      .list()
      .map(
        ({ metadata }) =>
          `${metadata?.namespace}/${metadata?.name} ${metadata?.resourceVersion}`,
      )
      .sort(),
};

answerParent(handlers);

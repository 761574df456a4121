// SPDX-License-Identifier: Apache-2.0
import { CoreV1Api, KubeConfig } from '@kubernetes/client-node-peer';
import { answerParent } from '../../answerParent';
import { tenantName } from '../../portal/tenantName';

type DirectInput = {
  readonly url: string;
  readonly token: string;
  readonly times: number;
};

/** A page that lists the cluster for each reader. */
const handlers = {
  read: async ({ url, token, times }: DirectInput) => {
    const config = new KubeConfig();
    config.loadFromClusterAndUser(
      { name: 'bench', server: url, skipTLSVerify: true },
      { name: 'bench', token },
    );
    const api = config.makeApiClient(CoreV1Api);
    for (let i = 0; i < times; i++) {
      const { items } = await api.listPodForAllNamespaces();
      const namespace = `${tenantName(i)}-prod`;
      const own = items.filter(pod => pod.metadata?.namespace === namespace);
      JSON.stringify(own);
    }
  },
};

/** What the process that lists answers. */
export type DirectHandlers = typeof handlers;

answerParent(handlers);

// SPDX-License-Identifier: Apache-2.0
import type { KubeApi } from '@tenantry/backstage-plugin-tenants-node';
import {
  startKubesim,
  type Kubesim,
  type KubesimOptions,
} from '@tenantry/kubesim';
import { HttpKubeApi } from '../kube/HttpKubeApi';
import { systemClock } from '../time/Clock';

/** A simulated cluster and the way to it. */
export type SimCluster = {
  readonly sim: Kubesim;
  readonly api: KubeApi;
  stop(): Promise<void>;
};

/** Starts one; it has to be stopped. */
export async function startSimCluster(
  cluster = 'eu',
  options: KubesimOptions = {},
): Promise<SimCluster> {
  const sim = await startKubesim(options);
  const { token } = sim;
  const api = new HttpKubeApi({
    cluster,
    server: { url: sim.url },
    credential: async () => ({ type: 'bearer token', token }),
    clock: systemClock,
  });
  return {
    sim,
    api,
    async stop() {
      await api.close();
      await sim.stop();
    },
  };
}

// SPDX-License-Identifier: Apache-2.0
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { KubeApi } from '@tenantry/backstage-plugin-tenants-node';
import {
  startKubesim,
  type Kubesim,
  type KubesimOptions,
} from '@tenantry/kubesim';
import { parse } from 'yaml';
import { HttpKubeApi } from '../kube/HttpKubeApi';
import { systemClock } from '../time/Clock';

const RBAC = 'rbac.authorization.k8s.io';

/** A simulated cluster and the way to it. */
export type SimCluster = {
  readonly sim: Kubesim;
  readonly api: KubeApi;
  stop(): Promise<void>;
};

/** Starts one; it has to be stopped. The way to it may do everything. */
export async function startSimCluster(
  cluster = 'eu',
  options: KubesimOptions = {},
): Promise<SimCluster> {
  const sim = await startKubesim(options);
  return wayTo(cluster, sim, sim.token);
}

/** The same, where the way to it may do only what these documented ClusterRoles say. */
export async function startRestrictedCluster(
  cluster: string,
  roles: readonly string[],
  options: KubesimOptions = {},
): Promise<SimCluster> {
  const token = 'token-of-the-portal';
  const sim = await startKubesim({
    ...options,
    tokens: [
      { token: 'root', user: 'root', access: 'admin' },
      { token, user: 'portal' },
    ],
  });
  for (const file of roles) bindRole(sim, file);
  return wayTo(cluster, sim, token);
}

function bindRole(sim: Kubesim, file: string): void {
  const path = resolve(__dirname, '../../../../docs', file);
  const role = parse(readFileSync(path, 'utf8'));
  const { name } = role.metadata;
  sim.objects.create(`clusterroles.${RBAC}`, role);
  sim.objects.create(`clusterrolebindings.${RBAC}`, {
    apiVersion: `${RBAC}/v1`,
    kind: 'ClusterRoleBinding',
    metadata: { name },
    roleRef: { apiGroup: RBAC, kind: 'ClusterRole', name },
    subjects: [{ apiGroup: RBAC, kind: 'User', name: 'portal' }],
  });
}

function wayTo(cluster: string, sim: Kubesim, token: string): SimCluster {
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

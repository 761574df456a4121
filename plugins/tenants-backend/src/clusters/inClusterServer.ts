// SPDX-License-Identifier: Apache-2.0
import { existsSync } from 'node:fs';
import { SERVICEACCOUNT_CA_PATH } from '@backstage/plugin-kubernetes-common';
import { KubeConfig } from '@kubernetes/client-node';
import type { KubeServer } from '../kube/KubeServer';

/**
 * The API server of the cluster that this process runs in, `undefined` outside of one.
 * As the Kubernetes plugin does, it takes the place of the configured address of a `serviceAccount` cluster without a token.
 */
export function inClusterServer(): KubeServer | undefined {
  if (!existsSync(SERVICEACCOUNT_CA_PATH)) return undefined;
  const config = new KubeConfig();
  config.loadFromCluster();
  const cluster = config.getCurrentCluster();
  return cluster ? { url: cluster.server, caFile: cluster.caFile } : undefined;
}

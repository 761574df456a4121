// SPDX-License-Identifier: Apache-2.0
import { readFileSync } from 'node:fs';
import { KubeConfig } from '@kubernetes/client-node';
import { ApiTarget } from './ApiTarget';

/** Its garbage collector and namespace controller look again after tens of seconds. */
const REAL_PATIENCE_MS = 60_000;

/** The server of the current context of a kubeconfig. @throws Error when it has none */
export function readKubeconfig(path: string): ApiTarget {
  const config = new KubeConfig();
  config.loadFromString(readFileSync(path, 'utf8'));
  const cluster = config.getCurrentCluster();
  const user = config.getCurrentUser();
  if (!cluster || !user)
    throw new Error(
      `${path} has no current context: choose one with kubectl config use-context.`,
    );
  return new ApiTarget(cluster.server, {
    token: user.token,
    patienceMs: REAL_PATIENCE_MS,
    tls: {
      ca: fromBase64(cluster.caData),
      cert: fromBase64(user.certData),
      key: fromBase64(user.keyData),
      rejectUnauthorized: !cluster.skipTLSVerify,
    },
  });
}

function fromBase64(data: string | undefined): Buffer | undefined {
  return data === undefined ? undefined : Buffer.from(data, 'base64');
}

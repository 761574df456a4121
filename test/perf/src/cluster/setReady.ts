// SPDX-License-Identifier: Apache-2.0
import type { KubeObject, Objects } from '@tenantry/kubesim';

type Counts = {
  replicas: number;
  readyReplicas: number;
  availableReplicas: number;
};

function countsOf(deployment: KubeObject): Counts {
  return deployment.status as Counts;
}

/** One pod of a namespace's first Deployment is ready, or is not: so the tenant has another health. */
export function setReady(
  objects: Objects,
  namespace: string,
  isReady: boolean,
): void {
  const [deployment] = objects.list('deployments.apps', namespace);
  if (!deployment) return;
  const where = { namespace, name: deployment.metadata.name };
  objects.modify('deployments.apps', where, changed => {
    const counts = countsOf(changed);
    counts.readyReplicas = counts.replicas - (isReady ? 0 : 1);
    counts.availableReplicas = counts.readyReplicas;
  });
}

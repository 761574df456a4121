// SPDX-License-Identifier: Apache-2.0
import { FakeKubeApi } from '@tenantry/backstage-plugin-tenants-node/testing';
import type { FakeClusters } from './FakeClusters';

/** Lets the Deployment `web` of a namespace be read from its cluster. */
export function putObject(
  clusters: FakeClusters,
  cluster: string,
  namespace: string,
): FakeKubeApi {
  const api = new FakeKubeApi({ cluster });
  api.write('deployments.apps', {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'web', namespace },
    spec: { replicas: 1 },
  });
  clusters.setKubeApi(api);
  return api;
}

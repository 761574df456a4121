// SPDX-License-Identifier: Apache-2.0
import { FakeKubeApi } from '@tenantry/backstage-plugin-tenants-node/testing';
import { EnvironmentRecords } from '../records/EnvironmentRecords';
import { recordOf } from '../records/testing/recordOf';
import { FakeClock } from '../time/testing/FakeClock';
import type { FakeClusters } from './FakeClusters';

/** Definitions of a module with a secret `token`. */
export const WITH_SECRET = `
modules:
  web:
    description: Pages
    releases:
      - version: 1.0.0
        secrets: [{ name: token, required: true }]
`;

/** Lets the environment `dev` of `shop` be managed, on a cluster `west` of its own. */
export async function putRecord(clusters: FakeClusters): Promise<FakeKubeApi> {
  const api = new FakeKubeApi({ cluster: 'west' });
  clusters.setCluster('west');
  clusters.setKubeApi(api);
  const records = new EnvironmentRecords({
    clusters: () => ['west'],
    kubeApi: () => api,
    systemNamespace: 'tenantry-system',
    prefix: 'tenantry.dev',
    tooling: 'tenantry/test',
    clock: new FakeClock(),
  });
  const { signal } = new AbortController();
  await records.write(recordOf({ cluster: 'west' }), signal);
  return api;
}

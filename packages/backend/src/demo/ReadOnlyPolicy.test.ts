// SPDX-License-Identifier: Apache-2.0
import { catalogEntityDeletePermission } from '@backstage/plugin-catalog-common/alpha';
import { kubernetesProxyPermission } from '@backstage/plugin-kubernetes-common';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import {
  tenantPermissions,
  tenantReadPermission,
} from '@tenantry/backstage-plugin-tenants-common';
import { ReadOnlyPolicy } from './ReadOnlyPolicy';

const policy = new ReadOnlyPolicy({
  handle: async () => ({ result: AuthorizeResult.ALLOW }),
});

describe('ReadOnlyPolicy', () => {
  it('denies every change of a cluster', async () => {
    const changes = [
      kubernetesProxyPermission,
      ...tenantPermissions.filter(p => p.attributes.action !== 'read'),
    ];
    expect(changes.length).toBeGreaterThan(5);
    for (const permission of changes) {
      await expect(policy.handle({ permission })).resolves.toEqual({
        result: 'DENY',
      });
    }
  });

  it('leaves reads, and what is none of clusters’, to the other policy', async () => {
    for (const permission of [
      tenantReadPermission,
      catalogEntityDeletePermission,
    ]) {
      await expect(policy.handle({ permission })).resolves.toEqual({
        result: 'ALLOW',
      });
    }
  });
});

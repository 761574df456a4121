// SPDX-License-Identifier: Apache-2.0
import { mockCredentials } from '@backstage/backend-test-utils';
import {
  catalogEntityDeletePermission,
  catalogEntityReadPermission,
} from '@backstage/plugin-catalog-common/alpha';
import {
  kubernetesClustersReadPermission,
  kubernetesProxyPermission,
  kubernetesResourcesReadPermission,
} from '@backstage/plugin-kubernetes-common';
import {
  createPermission,
  type Permission,
} from '@backstage/plugin-permission-common';
import {
  logsReadPermission,
  platformReadPermission,
  RESOURCE_TYPE_TENANT,
  tenantReadPermission,
} from '@tenantry/backstage-plugin-tenants-common';
import { DemoPolicy } from './demoPolicy';

const restart = createPermission({
  name: 'tenants.tenant.operate',
  attributes: { action: 'update' },
  resourceType: RESOURCE_TYPE_TENANT,
});

function decide(
  permission: Permission,
  refs: string[] | undefined,
  readOnly = false,
) {
  const credentials = mockCredentials.user('user:default/someone');
  const user = refs && {
    credentials,
    info: { userEntityRef: refs[0], ownershipEntityRefs: refs },
  };
  return new DemoPolicy({ readOnly }).handle({ permission }, user as never);
}

const paul = ['user:default/paul', 'group:default/team-payments'];
const pia = ['user:default/pia', 'group:default/platform-team'];

describe('DemoPolicy', () => {
  it('shows owners and members their tenants and logs', async () => {
    for (const permission of [tenantReadPermission, logsReadPermission]) {
      await expect(decide(permission, paul)).resolves.toMatchObject({
        result: 'CONDITIONAL',
        conditions: {
          anyOf: [
            { rule: 'isOwner', params: { refs: paul } },
            { rule: 'isMember', params: { refs: paul } },
          ],
        },
      });
    }
  });

  it('lets only owners change a tenant', async () => {
    await expect(decide(restart, paul)).resolves.toMatchObject({
      conditions: { rule: 'isOwner', params: { refs: paul } },
    });
  });

  it.each([
    tenantReadPermission,
    restart,
    platformReadPermission,
    kubernetesProxyPermission,
    catalogEntityReadPermission,
  ])('allows the platform team $name', async permission => {
    await expect(decide(permission, pia)).resolves.toEqual({ result: 'ALLOW' });
  });

  it.each([
    platformReadPermission,
    kubernetesProxyPermission,
    kubernetesResourcesReadPermission,
  ])('denies others $name', async permission => {
    await expect(decide(permission, paul)).resolves.toEqual({ result: 'DENY' });
  });

  it('shows tenant entities in the catalogue to their owners only', async () => {
    await expect(
      decide(catalogEntityReadPermission, paul),
    ).resolves.toMatchObject({
      result: 'CONDITIONAL',
      conditions: {
        anyOf: [
          {
            not: {
              allOf: [
                { rule: 'IS_ENTITY_KIND', params: { kinds: ['resource'] } },
                {
                  rule: 'HAS_SPEC',
                  params: { key: 'type', value: 'tenant' },
                },
              ],
            },
          },
          { rule: 'IS_ENTITY_OWNER', params: { claims: paul } },
        ],
      },
    });
  });

  it('allows what is none of its business', async () => {
    for (const permission of [
      kubernetesClustersReadPermission,
      catalogEntityDeletePermission,
    ]) {
      await expect(decide(permission, paul)).resolves.toEqual({
        result: 'ALLOW',
      });
    }
  });

  it('denies everything to nobody', async () => {
    await expect(decide(tenantReadPermission, undefined)).resolves.toEqual({
      result: 'DENY',
    });
  });

  it('denies even the platform team every change when it is read-only', async () => {
    for (const permission of [restart, kubernetesProxyPermission]) {
      await expect(decide(permission, pia, true)).resolves.toEqual({
        result: 'DENY',
      });
    }
    await expect(decide(tenantReadPermission, pia, true)).resolves.toEqual({
      result: 'ALLOW',
    });
  });
});

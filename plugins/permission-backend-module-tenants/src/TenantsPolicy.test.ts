// SPDX-License-Identifier: Apache-2.0
import { mockCredentials } from '@backstage/backend-test-utils';
import { ConfigReader } from '@backstage/config';
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
  AuthorizeResult,
  type Permission,
  type PolicyDecision,
} from '@backstage/plugin-permission-common';
import { taskReadPermission } from '@backstage/plugin-scaffolder-common/alpha';
import {
  logsReadPermission,
  logsReadUnmaskedPermission,
  moduleReadPermission,
  platformReadPermission,
  tenantCreatePermission,
  tenantOperatePermission,
  tenantPermissions,
  tenantPurgePermission,
  tenantReadPermission,
  tenantsPermissions,
} from '@tenantry/backstage-plugin-tenants-common';
import { readPolicyConfig } from './PolicyConfig';
import { TenantsPolicy } from './TenantsPolicy';

const paul = ['user:default/paul', 'group:default/team-payments'];
const pia = ['user:default/pia', 'group:default/platform-team'];
const guest = ['user:development/guest'];
const config = { platformTeam: ['Group:platform-team'] };

function createPolicy(more: object = {}, others?: PolicyDecision) {
  const root = new ConfigReader({
    tenants: { policy: { ...config, ...more } },
  });
  return new TenantsPolicy(
    readPolicyConfig(root),
    others && { handle: async () => others },
  );
}

function decide(
  permission: Permission,
  refs: string[] | undefined,
  policy = createPolicy(),
) {
  const credentials = mockCredentials.user('user:default/someone');
  const user = refs && {
    credentials,
    info: { userEntityRef: refs[0], ownershipEntityRefs: refs },
  };
  return policy.handle({ permission }, user as never);
}

describe('TenantsPolicy', () => {
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
    await expect(decide(tenantOperatePermission, paul)).resolves.toMatchObject({
      conditions: { anyOf: [{ rule: 'isOwner', params: { refs: paul } }] },
    });
  });

  it('leaves purging and unmasked logs to the platform team', async () => {
    for (const permission of [
      tenantPurgePermission,
      logsReadUnmaskedPermission,
    ]) {
      await expect(decide(permission, paul)).resolves.toEqual({
        result: 'DENY',
      });
    }
  });

  it.each([
    ...tenantsPermissions,
    kubernetesProxyPermission,
    taskReadPermission,
  ])('allows the platform team $name', async permission => {
    await expect(decide(permission, pia)).resolves.toEqual({
      result: 'ALLOW',
    });
  });

  it.each(tenantsPermissions)('denies guests $name', async permission => {
    await expect(decide(permission, guest)).resolves.toEqual({
      result: 'DENY',
    });
  });

  it.each([moduleReadPermission, tenantCreatePermission])(
    'gives everybody signed in $name',
    async permission => {
      await expect(decide(permission, paul)).resolves.toEqual({
        result: 'ALLOW',
      });
    },
  );

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
                { rule: 'HAS_SPEC', params: { key: 'type', value: 'tenant' } },
              ],
            },
          },
          { rule: 'IS_ENTITY_OWNER', params: { claims: paul } },
        ],
      },
    });
  });

  it('shows others’ template tasks to nobody but the platform team', async () => {
    await expect(decide(taskReadPermission, paul)).resolves.toMatchObject({
      pluginId: 'scaffolder',
      conditions: {
        rule: 'IS_TASK_OWNER',
        params: { createdBy: ['user:default/paul'] },
      },
    });
  });

  it('allows signed-in users what is none of its business', async () => {
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
    for (const permission of [
      tenantReadPermission,
      platformReadPermission,
      catalogEntityReadPermission,
    ]) {
      await expect(decide(permission, undefined)).resolves.toEqual({
        result: 'DENY',
      });
    }
  });

  it('leaves the rest to the portal’s own policy, which may forbid more at the doors', async () => {
    const strict = createPolicy({}, { result: AuthorizeResult.DENY });
    for (const permission of [
      catalogEntityDeletePermission,
      catalogEntityReadPermission,
    ]) {
      await expect(decide(permission, paul, strict)).resolves.toEqual({
        result: 'DENY',
      });
    }
    const conditions = {
      rule: 'X',
      resourceType: 'catalog-entity',
      params: {},
    };
    const picky = createPolicy(
      {},
      {
        result: AuthorizeResult.CONDITIONAL,
        pluginId: 'catalog',
        resourceType: 'catalog-entity',
        conditions,
      },
    );
    await expect(
      decide(catalogEntityReadPermission, paul, picky),
    ).resolves.toMatchObject({
      result: 'CONDITIONAL',
      conditions: { allOf: [{ anyOf: [{}, {}] }, conditions] },
    });
  });

  it('shows viewers every tenant, and its logs to none of them', async () => {
    const policy = createPolicy({ viewers: ['group:default/help-desk'] });
    const hugo = ['user:default/hugo', 'group:default/help-desk'];
    expect(policy.decide(tenantReadPermission, hugo)).toEqual({
      result: 'ALLOW',
    });
    // An owner among them keeps the rights of an owner.
    expect(policy.decide(logsReadPermission, hugo)).toMatchObject({
      result: 'CONDITIONAL',
    });
    expect(
      policy.decide(tenantReadPermission, ['user:default/x']),
    ).toMatchObject({ result: 'CONDITIONAL' });
  });

  it('gives a role what the configuration says', async () => {
    const policy = createPolicy({
      roles: { member: [tenantOperatePermission.name], user: [] },
    });
    await expect(
      decide(tenantOperatePermission, paul, policy),
    ).resolves.toMatchObject({
      conditions: { anyOf: [{ rule: 'isOwner' }, { rule: 'isMember' }] },
    });
    await expect(decide(moduleReadPermission, paul, policy)).resolves.toEqual({
      result: 'DENY',
    });
  });

  it.each([
    [
      { roles: { owner: ['tenants.tenant.raed'] } },
      'tenants.policy.roles.owner',
    ],
    [
      { roles: { user: [tenantReadPermission.name] } },
      'tenants.policy.roles.user',
    ],
    [{ platformTeam: ['platform-team'] }, 'tenants.policy.platformTeam'],
  ])('refuses the configuration %j by its key', (more, key) => {
    expect(() => createPolicy(more)).toThrow(key);
  });

  it('decides every permission on tenants for owners', () => {
    const policy = createPolicy();
    const decided = tenantPermissions.map(p => policy.decide(p, paul).result);
    expect(new Set(decided)).toEqual(new Set(['CONDITIONAL', 'DENY']));
  });
});

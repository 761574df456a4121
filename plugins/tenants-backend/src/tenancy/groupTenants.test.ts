// SPDX-License-Identifier: Apache-2.0
import {
  createFakeClusterView,
  deploymentObject,
  namespaceObject,
  roleBindingObject,
} from '../informers/testing';
import { createTenantDerivation } from './createTenantDerivation';
import { deriveTenant } from './deriveTenant';
import { groupTenants } from './groupTenants';
import { tenancyPreset } from './presets';
import type { ClusterTrust } from './TenantGroup';

const labels = tenancyPreset('tenantry');
const now = new Date('2026-01-01T12:00:00Z');
const owned = (
  name: string,
  owner?: string,
  tenant = 'shop',
  more: Record<string, string> = {},
) =>
  namespaceObject({
    name,
    labels: {
      'tenantry.dev/tenant': tenant,
      'tenantry.dev/environment': name,
      ...more,
    },
    annotations: owner ? { 'tenantry.dev/owner': owner } : {},
  });
const cluster = (
  name: string,
  trust: ClusterTrust,
  namespaces: ReturnType<typeof owned>[],
) => ({
  trust,
  view: createFakeClusterView({
    name,
    objects: {
      namespaces,
      deployments: namespaces.map(n =>
        deploymentObject({ name: 'web', namespace: n.name }),
      ),
      rolebindings: namespaces.map(n =>
        roleBindingObject({
          namespace: n.name,
          subjects: [{ kind: 'Group', name: `members-of-${name}` }],
        }),
      ),
    },
  }),
});
const deriveShop = (...clusters: ReturnType<typeof cluster>[]) => {
  const group = groupTenants(clusters, labels).tenants.get('shop');
  if (!group) throw new Error('No namespace names the tenant shop.');
  return deriveTenant({ ...group, labels }, now);
};
const placesOf = (tenant: ReturnType<typeof deriveShop>) =>
  tenant.environments.map(e => `${e.cluster}/${e.namespaces.join('+')}`);

describe('groupTenants', () => {
  it('sorts namespaces of all clusters by tenant, in one order whatever the order of the clusters', () => {
    const eu = cluster('eu', 'authoritative', [
      owned('b'),
      owned('a'),
      owned('c', undefined, 'bazaar'),
    ]);
    const us = cluster('us', 'member', [owned('d')]);
    const { tenants } = groupTenants([us, eu], labels);
    const places = [...tenants.values()].map(t => [
      t.name,
      t.clusters.map(c => [c.view.name, c.namespaces.map(n => n.name)]),
    ]);
    expect(places).toEqual([
      ['bazaar', [['eu', ['c']]]],
      [
        'shop',
        [
          ['eu', ['a', 'b']],
          ['us', ['d']],
        ],
      ],
    ]);
  });

  it('reports namespaces whose tenant cannot be called so, and groups them nowhere', () => {
    const { tenants, refused } = groupTenants(
      [cluster('eu', 'authoritative', [owned('x', undefined, 'kube-public')])],
      labels,
    );
    expect(tenants.size).toBe(0);
    expect(refused).toEqual([
      {
        cluster: 'eu',
        namespace: 'x',
        message: expect.stringContaining('"kube-public" is reserved'),
      },
    ]);
  });
});

describe('ownership of a tenant', () => {
  it('leaves out what a lesser cluster claims for somebody else, and says so', () => {
    const tenant = deriveShop(
      cluster('eu', 'authoritative', [owned('prod', 'team-shop')]),
      cluster('lab', 'member', [owned('lab', 'team-evil'), owned('dev')]),
    );
    expect(tenant.owner).toBe('group:default/team-shop');
    expect(placesOf(tenant)).toEqual(['lab/dev', 'eu/prod']);
    expect(tenant.conditions).toEqual([
      {
        type: 'OwnerConflict',
        status: 'True',
        reason: 'DifferingOwners',
        message:
          'lab/lab names group:default/team-evil: left out, because the owner is group:default/team-shop. Correct the owner annotation of the namespaces.',
      },
    ]);
  });

  it('does not let a lesser cluster name the owner where the authoritative one names none', () => {
    const tenant = deriveShop(
      cluster('eu', 'authoritative', [owned('prod')]),
      cluster('lab', 'member', [owned('lab', 'team-evil')]),
    );
    expect(tenant.owner).toBeUndefined();
    expect(placesOf(tenant)).toEqual(['eu/prod']);
    expect(tenant.conditions).toMatchObject([{ type: 'OwnerConflict' }]);
  });

  it('lets only authoritative clusters say who is a member, where there is one', () => {
    const both = deriveShop(
      cluster('eu', 'authoritative', [owned('prod')]),
      cluster('lab', 'member', [owned('lab')]),
    );
    expect(both.members).toEqual(['group:default/members-of-eu']);
    const alone = deriveShop(cluster('lab', 'member', [owned('lab')]));
    expect(alone.members).toEqual(['group:default/members-of-lab']);
  });

  it('lets only authoritative clusters say tier and labels, where there is one', () => {
    const tenant = deriveShop(
      cluster('eu', 'authoritative', [
        owned('prod', undefined, 'shop', {
          'tenantry.dev/tier': 'bronze',
          team: 'a',
        }),
      ]),
      cluster('lab', 'member', [
        owned('lab', undefined, 'shop', {
          'tenantry.dev/tier': 'gold',
          team: 'b',
        }),
      ]),
    );
    expect(tenant).toMatchObject({ tier: 'bronze', labels: { team: 'a' } });
  });

  it('has no owner when those who count disagree, and keeps everything', () => {
    const tenant = deriveShop(
      cluster('eu', 'authoritative', [
        owned('a', 'team-a'),
        owned('b', 'team-b'),
      ]),
    );
    expect(tenant.owner).toBeUndefined();
    expect(placesOf(tenant)).toEqual(['eu/a', 'eu/b']);
    expect(tenant.conditions[0]?.message).toBe(
      'Its namespaces name different owners (eu/a names group:default/team-a, eu/b names group:default/team-b), so it has none. Correct the owner annotation of the namespaces.',
    );
  });

  it('takes the owner of lesser clusters that agree where no authoritative one knows the tenant', () => {
    const tenant = deriveShop(
      cluster('lab', 'member', [owned('lab', 'team-shop'), owned('dev')]),
    );
    expect(tenant).toMatchObject({
      owner: 'group:default/team-shop',
      conditions: [],
    });
  });

  it('has no tier when its namespaces differ in it', () => {
    const tier = (value: string) => ({ 'tenantry.dev/tier': value });
    const tenant = deriveShop(
      cluster('eu', 'authoritative', [
        owned('a', undefined, 'shop', tier('gold')),
        owned('b', undefined, 'shop', tier('bronze')),
      ]),
    );
    expect(tenant.tier).toBeUndefined();
    expect(tenant.environments.map(e => e.tier)).toEqual(['gold', 'bronze']);
  });

  it('says so when an owner is no reference, and has none then', () => {
    const tenant = deriveShop(
      cluster('eu', 'authoritative', [
        owned('prod', 'Team Shop <shop@example.com>'),
      ]),
    );
    expect(tenant.owner).toBeUndefined();
    expect(tenant.conditions).toEqual([
      {
        type: 'InvalidOwner',
        status: 'True',
        reason: 'NotAReference',
        message:
          'eu/prod names the owner "Team Shop <shop@example.com>", which is no entity reference. Write it like group:default/team-a.',
      },
    ]);
  });
});

describe('createTenantDerivation', () => {
  const derivation = createTenantDerivation({
    labels,
    trustOf: name => (name === 'eu' ? 'authoritative' : 'member'),
  });
  const placeOf = ({ view }: ReturnType<typeof cluster>) => ({
    view,
    namespaces: [...view.listers.namespaces.list()],
  });

  it('derives a tenant from its places with the trust of each cluster', () => {
    const places = [
      cluster('lab', 'member', [owned('lab', 'team-evil')]),
      cluster('eu', 'member', [owned('prod', 'team-shop')]),
    ].map(placeOf);
    const { tenant, rederiveAt } = derivation.derive('shop', places, now);
    expect(tenant).toMatchObject({
      name: 'shop',
      owner: 'group:default/team-shop',
      conditions: [{ type: 'OwnerConflict' }],
    });
    expect(rederiveAt).toBeUndefined();
    expect(derivation.toRow({ ...tenant, version: 'v1' })).toMatchObject({
      name: 'shop',
      version: 'v1',
    });
  });

  it('knows whose a namespace is, and why it is nobody’s', () => {
    expect(derivation.tenantOf('eu', owned('prod'))).toBe('shop');
    expect(derivation.refusalOf(owned('prod'), 'east')).toBeUndefined();
    const refused = owned('prod', undefined, 'default');
    expect(derivation.tenantOf('eu', refused)).toBeUndefined();
    expect(derivation.refusalOf(refused, 'east')).toContain('reserved');
  });
});

// SPDX-License-Identifier: Apache-2.0
import type { Entity } from '@backstage/catalog-model';
import { IdentityIndex } from './IdentityIndex';
import type { IdentityRules } from './IdentityRule';

function entity(kind: string, name: string, more: object = {}): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind,
    metadata: { name, namespace: 'default' },
    ...more,
  };
}

const byEmail: IdentityRules = {
  User: { field: 'spec.profile.email', prefix: 'oidc:' },
  Group: { field: 'annotation', annotation: 'example.com/group', prefix: '' },
};
const ann = entity('User', 'ann', {
  spec: { profile: { email: 'ann@example.com' } },
});
const shop = entity('Group', 'shop', {
  metadata: { name: 'shop', annotations: { 'example.com/group': 'team-shop' } },
});

describe('IdentityIndex', () => {
  it('maps by the field and prefix of the kind, both ways', () => {
    const index = new IdentityIndex([ann, shop], byEmail);
    expect(index.entityRefOf('User', 'oidc:ann@example.com')).toBe(
      'user:default/ann',
    );
    expect(index.entityRefOf('Group', 'team-shop')).toBe('group:default/shop');
    expect(index.subjectOf('User:default/Ann')).toEqual({
      kind: 'User',
      name: 'oidc:ann@example.com',
    });
    expect(index.subjectOf('group:default/shop')).toEqual({
      kind: 'Group',
      name: 'team-shop',
    });
  });

  it.each([
    ['User', 'ann@example.com'],
    ['Group', 'oidc:ann@example.com'],
    ['ServiceAccount', 'team-shop'],
    ['Group', 'shop'],
    ['User', '__proto__'],
  ])('finds nobody for %s %s', (kind, name) => {
    const index = new IdentityIndex([ann, shop], byEmail);
    expect(index.entityRefOf(kind, name)).toBeUndefined();
  });

  it('matches nobody where two are the same subject, either way', () => {
    const other = entity('User', 'anna', ann);
    const twin = { ...other, metadata: { name: 'anna', namespace: 'other' } };
    const index = new IdentityIndex([ann, twin, shop], byEmail);
    expect(index.entityRefOf('User', 'oidc:ann@example.com')).toBeUndefined();
    expect(index.subjectOf('user:default/ann')).toBeUndefined();
    expect(index.subjectOf('user:other/anna')).toBeUndefined();
    expect(index.subjectOf('group:default/shop')).toBeDefined();
  });

  it('takes nobody for one of the cluster’s own subjects', () => {
    const byName: IdentityRules = {
      User: { field: 'metadata.name', prefix: 'system:' },
      Group: { field: 'metadata.name', prefix: 'system:' },
    };
    const index = new IdentityIndex([entity('Group', 'masters')], byName);
    expect(index.subjectOf('group:default/masters')).toBeUndefined();
    expect(index.entityRefOf('Group', 'system:masters')).toBeUndefined();
  });
});

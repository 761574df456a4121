// SPDX-License-Identifier: Apache-2.0
import { tenantRules, type TenantFacts } from './tenantRules';

const tenant: TenantFacts = {
  name: 'shop',
  owner: 'group:default/team-shop',
  members: ['user:default/mia'],
  tier: 'bronze',
  clusters: ['eu-west', 'us-east'],
  labels: { stage: 'live' },
};
const { isOwner, isMember, hasTier, inCluster, hasLabel } = tenantRules;

it.each([
  ['isOwner', isOwner, { refs: ['group:default/team-shop'] }, true],
  [
    'isOwner, whatever the case',
    isOwner,
    { refs: ['Group:default/Team-Shop'] },
    true,
  ],
  [
    'isOwner of another',
    isOwner,
    { refs: ['group:default/team-other'] },
    false,
  ],
  ['isOwner of nobody', isOwner, { refs: [] }, false],
  ['isMember', isMember, { refs: ['user:default/mia'] }, true],
  [
    'isMember as owner only',
    isMember,
    { refs: ['group:default/team-shop'] },
    false,
  ],
  ['hasTier', hasTier, { tiers: ['bronze'] }, true],
  ['hasTier of another', hasTier, { tiers: ['gold'] }, false],
  [
    'inCluster with all its clusters',
    inCluster,
    { clusters: ['eu-west', 'us-east', 'x'] },
    true,
  ],
  ['inCluster with one of two', inCluster, { clusters: ['eu-west'] }, false],
  ['hasLabel with any value', hasLabel, { label: 'stage' }, true],
  [
    'hasLabel with another value',
    hasLabel,
    { label: 'stage', value: 'test' },
    false,
  ],
  ['hasLabel of the prototype', hasLabel, { label: 'constructor' }, false],
])('%s decides alike as rule and as query', (_name, rule, params, expected) => {
  const typed = rule as {
    apply(t: TenantFacts, p: unknown): boolean;
    toQuery(p: unknown): (t: TenantFacts) => boolean;
  };
  expect(typed.apply(tenant, params)).toBe(expected);
  expect(typed.toQuery(params)(tenant)).toBe(expected);
});

it('makes no tenant without owner anybody’s', () => {
  expect(
    isOwner.apply({ ...tenant, owner: undefined }, { refs: ['undefined', ''] }),
  ).toBe(false);
});

it('makes no tenant without clusters visible by cluster', () => {
  expect(
    inCluster.apply({ ...tenant, clusters: [] }, { clusters: ['eu-west'] }),
  ).toBe(false);
});

// SPDX-License-Identifier: Apache-2.0
import type {
  BackstageCredentials,
  BackstageUserPrincipal,
} from '@backstage/backend-plugin-api';
import { mockCredentials } from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import {
  logsReadPermission,
  platformReadPermission,
  tenantReadPermission,
} from '@tenantry/backstage-plugin-tenants-common';
import { KubeError } from '@tenantry/backstage-plugin-tenants-node';
import { FakeKubeApi } from '@tenantry/backstage-plugin-tenants-node/testing';
import { FakeClock } from '../time/testing/FakeClock';
import { toCaller } from './Caller';
import { CLUSTER_GATE_LIMITS, ClusterGate } from './ClusterGate';
import { IdentityIndex } from './identity/IdentityIndex';
import type { IdentityRules } from './identity/IdentityRule';
import { denyAll, type TenantDecision } from './TenantDecision';

const rules: IdentityRules = {
  User: { field: 'metadata.name', prefix: '' },
  Group: { field: 'metadata.name', prefix: '' },
};
const people: Entity[] = [
  ['User', 'ann'],
  ['User', 'bob'],
  ['Group', 'shop'],
].map(([kind, name]) => ({ apiVersion: 'v1', kind, metadata: { name } }));

const all: TenantDecision = {
  id: 'all',
  deniesAll: false,
  allows: () => true,
  rules: [],
};

function tenantOn(name: string, clusters: readonly string[]) {
  const environments = clusters.map(cluster => ({
    cluster,
    namespaces: [`${name}-a`, `${name}-b`],
  }));
  return {
    tenant: { environments: environments as never },
    facts: {
      name,
      owner: undefined,
      members: [],
      tier: undefined,
      clusters,
      labels: {},
    },
  };
}

const shop = tenantOn('shop', ['guarded']);
const bank = tenantOn('bank', ['open']);
const both = tenantOn('both', ['guarded', 'open']);

function createGate(
  refs: Record<string, readonly string[]> = {},
  tenants = [shop, bank, both],
) {
  const api = new FakeKubeApi({ cluster: 'guarded' });
  const clock = new FakeClock();
  const failures: unknown[] = [];
  const index = new IdentityIndex(people, rules);
  const gate = new ClusterGate({
    isGuarded: cluster => cluster === 'guarded',
    tenants: () => tenants,
    kubeApi: name => (name === 'guarded' ? api : undefined),
    identities: { on: () => index },
    userInfo: {
      getUserInfo: async credentials => {
        const { userEntityRef } = (
          credentials as BackstageCredentials<BackstageUserPrincipal>
        ).principal;
        const ownershipEntityRefs = [...(refs[userEntityRef] ?? [])];
        return { userEntityRef, ownershipEntityRefs };
      },
    },
    ownershipOf: async user => [user],
    clock,
    onFailure: (_cluster, error) => failures.push(error),
  });
  const seenBy = async (
    name: string,
    permission = tenantReadPermission,
    more: object = {},
  ) => {
    const credentials = mockCredentials.user(`user:default/${name}`);
    const caller = { ...toCaller(credentials, undefined), ...more };
    const decision = await gate.decide(caller, permission, all);
    return [shop, bank, both]
      .filter(({ facts }) => decision.allows(facts))
      .map(({ facts }) => facts.name);
  };
  return { api, clock, gate, failures, seenBy };
}

describe('ClusterGate', () => {
  it('shows of guarded clusters what the cluster allows, and all of the others', async () => {
    const { api, seenBy } = createGate();
    expect(await seenBy('ann')).toEqual(['bank']);
    for (const namespace of ['shop-a', 'shop-b']) {
      api.grant({ subject: 'ann', verb: 'list', resource: 'pods', namespace });
    }
    expect(await seenBy('bob')).toEqual(['bank']);
    expect(await createGateWith(api)('ann')).toEqual(['shop', 'bank']);
  });

  /** A fresh gate on the same cluster, which remembers no answers. */
  function createGateWith(api: FakeKubeApi) {
    const { seenBy, api: mine } = createGate();
    mine.reviewAccess = review => api.reviewAccess(review);
    return seenBy;
  }

  it('wants the right in every namespace', async () => {
    const { api, seenBy } = createGate();
    const namespace = 'shop-a';
    api.grant({ subject: 'ann', verb: 'list', resource: 'pods', namespace });
    expect(await seenBy('ann')).toEqual(['bank']);
  });

  it('counts the rights of groups, and asks once where a right holds everywhere', async () => {
    const { api, seenBy } = createGate({
      'user:default/ann': ['group:default/shop'],
    });
    api.grant({ subject: 'shop', verb: 'list', resource: 'pods' });
    expect(await seenBy('ann')).toEqual(['shop', 'bank', 'both']);
    expect(api.requests.map(({ verb }) => verb)).toEqual(['review']);
  });

  it('asks for another right for another permission', async () => {
    const { api, seenBy } = createGate();
    api.grant({ subject: 'ann', verb: 'list', resource: 'pods' });
    expect(await seenBy('ann', logsReadPermission)).toEqual(['bank']);
    api.grant({ subject: 'bob', verb: 'get', resource: 'pods/log' });
    expect(await seenBy('bob', logsReadPermission)).toEqual([
      'shop',
      'bank',
      'both',
    ]);
  });

  it('remembers an answer for a minute, and no longer', async () => {
    const { api, clock, seenBy } = createGate();
    await seenBy('ann');
    const asked = api.requests.length;
    api.grant({ subject: 'ann', verb: 'list', resource: 'pods' });
    clock.advance(CLUSTER_GATE_LIMITS.keptMs - 1);
    expect(await seenBy('ann')).toEqual(['bank']);
    expect(api.requests).toHaveLength(asked);
    clock.advance(1);
    expect(await seenBy('ann')).toEqual(['shop', 'bank', 'both']);
  });

  it('refuses when the cluster does not answer, and asks again the next time', async () => {
    const { api, failures, seenBy } = createGate();
    api.grant({ subject: 'ann', verb: 'list', resource: 'pods' });
    const error = new KubeError('It is away.', {
      cluster: 'guarded',
      resource: 'reviews',
      reason: 'Unreachable',
    });
    // For everywhere, then for each of the four namespaces.
    for (let i = 0; i < 5; i++) api.failNext('review', error);
    expect(await seenBy('ann')).toEqual(['bank']);
    expect(failures).toContain(error);
    expect(await seenBy('ann')).toEqual(['shop', 'bank', 'both']);
  });

  it('refuses who is nobody in the cluster', async () => {
    const { api, seenBy } = createGate();
    api.grant({ subject: 'zed', verb: 'list', resource: 'pods' });
    expect(await seenBy('zed')).toEqual(['bank']);
  });

  it('wants the right of both, the caller and the one who is viewed', async () => {
    const { api, clock, seenBy } = createGate();
    const asBob = { viewsAs: 'user:default/bob' };
    const guarded = ['shop', 'bank', 'both'];
    api.grant({ subject: 'bob', verb: 'list', resource: 'pods' });
    expect(await seenBy('ann', tenantReadPermission, asBob)).toEqual(['bank']);
    api.grant({ subject: 'ann', verb: 'list', resource: 'pods' });
    clock.advance(CLUSTER_GATE_LIMITS.keptMs);
    expect(await seenBy('ann', tenantReadPermission, asBob)).toEqual(guarded);
  });

  it('refuses a tenant that comes to a guarded cluster while the others are asked for', async () => {
    const tenants = [shop, bank];
    const { api, seenBy } = createGate({}, tenants);
    api.grant({ subject: 'ann', verb: 'list', resource: 'pods' });
    const seen = seenBy('ann');
    tenants.push(both);
    expect(await seen).toEqual(['shop', 'bank']);
  });

  it('never gives what was refused before, and leaves services and other permissions alone', async () => {
    const { api, gate } = createGate();
    api.grant({ subject: 'ann', verb: 'list', resource: 'pods' });
    const ann = toCaller(mockCredentials.user('user:default/ann'), undefined);
    const refused = await gate.decide(ann, tenantReadPermission, denyAll);
    expect(refused.allows(shop.facts)).toBe(false);
    const service = toCaller(mockCredentials.service(), undefined);
    expect(await gate.decide(service, tenantReadPermission, all)).toBe(all);
    expect(await gate.decide(ann, platformReadPermission, all)).toBe(all);
  });
});

// SPDX-License-Identifier: Apache-2.0
import { mockCredentials } from '@backstage/backend-test-utils';
import {
  AuthorizeResult,
  type PermissionCriteria,
} from '@backstage/plugin-permission-common';
import {
  logsReadPermission,
  tenantReadPermission,
} from '@tenantry/backstage-plugin-tenants-common';
import type { TenantPredicate } from '@tenantry/backstage-plugin-tenants-node';
import { FakeClock } from '../time/testing/FakeClock';
import { Access } from './Access';
import { toCaller } from './Caller';
import { DECISION_LIMITS, DecisionCache } from './DecisionCache';
import { explainAccess } from './explainAccess';
import { Grantors } from './Grantors';
import { toTenantDecision } from './TenantDecision';

const shop = {
  name: 'shop',
  owner: 'group:default/shop',
  members: [],
  tier: 'gold',
  clusters: ['east'],
  labels: {},
};

const token = (claims: object) =>
  `h.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.s`;

describe('toCaller', () => {
  const credentials = mockCredentials.user('user:default/ann');

  it('reads when the token expires', () => {
    const caller = toCaller(credentials, `Bearer ${token({ exp: 1_000 })}`);
    expect(caller).toMatchObject({ id: 'user:default/ann', expiresAt: 1e6 });
  });

  it.each(['Bearer opaque', 'Bearer a.b.c', `Bearer ${token({})}`, undefined])(
    'knows no expiry of %s',
    authorization => {
      expect(toCaller(credentials, authorization).expiresAt).toBeUndefined();
    },
  );

  it('holds a hash of the token, not the token', () => {
    const caller = toCaller(credentials, 'Bearer secret-token');
    expect(caller.tokenHash).toHaveLength(22);
    expect(caller.tokenHash).not.toContain('secret');
  });
});

describe('DecisionCache', () => {
  it('asks once for the same at once, again after 10 s, and forgets failures', async () => {
    const clock = new FakeClock();
    const cache = new DecisionCache<number>(clock);
    let asked = 0;
    const load = async () => {
      asked += 1;
      return asked;
    };
    expect(
      await Promise.all([cache.get('a', load), cache.get('a', load)]),
    ).toEqual([1, 1]);
    clock.advance(DECISION_LIMITS.keptMs);
    expect(await cache.get('a', load)).toBe(2);
    const fail = () => Promise.reject(new Error('no answer'));
    await expect(cache.get('b', fail)).rejects.toThrow('no answer');
    expect(await cache.get('b', load)).toBe(3);
  });

  it('holds no more than its limit, the oldest going first', async () => {
    const cache = new DecisionCache<string>(new FakeClock());
    for (let i = 0; i <= DECISION_LIMITS.entries; i++) {
      await cache.get(`k${i}`, async () => 'first');
    }
    const last = `k${DECISION_LIMITS.entries}`;
    expect(await cache.get(last, async () => 'second')).toBe('first');
    expect(await cache.get('k0', async () => 'second')).toBe('second');
  });
});

describe('toTenantDecision', () => {
  const yes: TenantPredicate = () => true;
  const no: TenantPredicate = () => false;
  const conditional = (criteria: PermissionCriteria<TenantPredicate>) =>
    toTenantDecision(
      {
        result: AuthorizeResult.CONDITIONAL,
        pluginId: 'tenants',
        resourceType: 'tenant',
        conditions: { rule: 'isOwner', resourceType: 'tenant', params: {} },
      },
      () => criteria,
    );

  it.each<[PermissionCriteria<TenantPredicate>, boolean]>([
    [yes, true],
    [{ allOf: [yes, no] }, false],
    [{ anyOf: [no, yes] }, true],
    [{ not: yes }, false],
    [{ not: { anyOf: [no, { allOf: [yes, { not: yes }] }] } }, true],
  ])('evaluates criteria %#', (criteria, allowed) => {
    expect(conditional(criteria).allows(shop)).toBe(allowed);
  });

  it('gives equal conditions equal ids', () => {
    expect(conditional(yes).id).toBe(conditional(no).id);
    expect(conditional(yes).id).not.toBe('all');
  });
});

describe('explainAccess', () => {
  it('names the missing permission and who can grant it', async () => {
    const access = new Access({
      auth: { isPrincipal: (_c): _c is never => false },
      clock: new FakeClock(),
      transform: () => () => true,
      permissions: {
        authorize: async () => [],
        authorizeConditional: async ([{ permission }]) => [
          {
            result:
              permission.name === tenantReadPermission.name
                ? AuthorizeResult.ALLOW
                : AuthorizeResult.DENY,
          },
        ],
      },
    });
    const caller = toCaller(mockCredentials.user(), undefined);
    const { actions } = await explainAccess(
      { access, grantors: { of: async () => 'group:default/shop' } },
      caller,
      shop,
    );
    expect(actions[tenantReadPermission.name].allowed).toBe(true);
    expect(actions[logsReadPermission.name]).toEqual({
      allowed: false,
      missing: logsReadPermission.name,
      rule: 'The portal’s policy does not give it to you.',
      grantedBy: 'group:default/shop',
    });
  });
});

describe('Grantors', () => {
  const transform = () => (tenant: { owner?: string }) =>
    tenant.owner === 'group:default/shop';
  const conditional = {
    result: AuthorizeResult.CONDITIONAL,
    pluginId: 'tenants',
    resourceType: 'tenant',
    conditions: { rule: 'isOwner', resourceType: 'tenant', params: {} },
  } as const;
  const platformTeam = 'group:default/platform-team';
  const create = (
    result: typeof conditional | { result: AuthorizeResult.DENY } | undefined,
  ) =>
    new Grantors({
      platformTeam,
      transform,
      previews: { get: () => result && (async () => result) },
    });

  it('name the owner for what the owner has, else the platform team', async () => {
    expect(await create(conditional).of(logsReadPermission, shop)).toBe(
      shop.owner,
    );
    expect(
      await create({ result: AuthorizeResult.DENY }).of(
        logsReadPermission,
        shop,
      ),
    ).toBe(platformTeam);
    const orphan = { ...shop, owner: undefined };
    expect(await create(conditional).of(logsReadPermission, orphan)).toBe(
      platformTeam,
    );
  });

  it('name the owner where the policy cannot be asked', async () => {
    expect(await create(undefined).of(logsReadPermission, shop)).toBe(
      shop.owner,
    );
  });
});

// SPDX-License-Identifier: Apache-2.0
import { mockCredentials } from '@backstage/backend-test-utils';
import {
  auditPageSchema,
  memberPageSchema,
  tenantListSchema,
  tenantReadPermission,
  VIEW_AS_HEADER,
} from '@tenantry/backstage-plugin-tenants-common';
import {
  createTenantConditionalDecision,
  tenantConditions,
} from '@tenantry/backstage-plugin-tenants-node';
import {
  startTenantsBackend,
  USERS,
} from '../__testUtils__/startTenantsBackend';

type Backend = Awaited<ReturnType<typeof startTenantsBackend>>;

const ci = mockCredentials.service.header();

function ownOf(ref: string) {
  return createTenantConditionalDecision(
    tenantReadPermission,
    tenantConditions.isOwner({ refs: [ref] }),
  );
}

describe('callers', () => {
  let backend: Backend;
  afterEach(() => backend.stop());

  const names = async (response: Response) =>
    tenantListSchema
      .parse(await response.json())
      .items.map(({ name }) => name)
      .sort();

  describe('with limits', () => {
    it('refuses who asks too often with 429 and when to come back, and others go on', async () => {
      backend = await startTenantsBackend({
        config: { tenants: { limits: { cheapPerMinute: 2 } } },
      });
      const answers: Response[] = [];
      for (let i = 0; i < 3; i++) {
        answers.push(await backend.get('/v1/tenants', 'ann'));
      }
      const statuses = answers.map(({ status }) => status);
      const [, , refused] = answers;
      expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
      expect(statuses).toEqual([200, 200, 429]);
      expect((await backend.get('/v1/tenants', 'bob')).status).toBe(200);
      // Expensive requests are counted by themselves.
      const audit = await backend.get('/v1/tenants/shop/audit', 'ann');
      expect(audit.status).toBe(200);
    });
  });

  describe('that are services', () => {
    const path = '/v1/tenants/shop/members';
    const asService = (url: string) =>
      fetch(url, { headers: { Authorization: ci } });

    it('are refused what is for users, with what to configure', async () => {
      backend = await startTenantsBackend();
      const response = await asService(`${backend.url}${path}`);
      expect(response.status).toBe(403);
      expect(await response.text()).toContain('tenants.serviceAccess');
    });

    it('may do what they are granted, on the tenants they are granted it', async () => {
      backend = await startTenantsBackend({
        config: {
          tenants: {
            serviceAccess: [
              {
                subject: 'external:test-service',
                tenants: ['shop'],
                permissions: [tenantReadPermission.name],
              },
            ],
          },
        },
      });
      const own = await asService(`${backend.url}${path}`);
      expect(own.status).toBe(200);
      memberPageSchema.parse(await own.json());
      const other = path.replace('shop', 'bank');
      expect((await asService(`${backend.url}${other}`)).status).toBe(404);
      const audit = path.replace('members', 'audit');
      expect((await asService(`${backend.url}${audit}`)).status).toBe(403);
    });
  });

  describe('that view as somebody else', () => {
    const asBob = { [VIEW_AS_HEADER]: USERS.bob };

    beforeEach(async () => {
      backend = await startTenantsBackend();
      backend.previews.provide(async (_permission, [user]) => ownOf(user));
    });

    it('see what that one sees, and it is on record', async () => {
      expect(await names(await backend.get('/v1/tenants', 'ann'))).toEqual([
        'bank',
        'shop',
      ]);
      const list = await backend.get('/v1/tenants', 'ann', asBob);
      expect(await names(list)).toEqual(['bank']);
      const shop = await backend.get('/v1/tenants/shop', 'ann', asBob);
      expect(shop.status).toBe(404);
      const bank = await backend.get('/v1/tenants/bank', 'ann', asBob);
      expect(bank.status).toBe(200);
      const audit = await backend.get('/v1/tenants/bank/audit', 'ann');
      const { items } = auditPageSchema.parse(await audit.json());
      expect(items).toEqual([
        expect.objectContaining({
          actor: USERS.ann,
          action: 'portal.view-as',
          detail: { user: USERS.bob, route: 'getTenant' },
        }),
      ]);
    });

    it('never see more than they do themselves', async () => {
      backend.policy.decide(USERS.ann, ownOf(USERS.ann));
      const list = await backend.get('/v1/tenants', 'ann', asBob);
      // Nor may everybody do it: ann is no platform engineer now.
      expect(list.status).toBe(403);
    });

    it('get another version than their own, so that no cache mixes them up', async () => {
      const own = await backend.get('/v1/tenants', 'ann');
      const viewed = await backend.get('/v1/tenants', 'ann', asBob);
      expect(viewed.headers.get('etag')).not.toBe(own.headers.get('etag'));
      expect(own.headers.get('vary')).toContain(VIEW_AS_HEADER);
    });

    it.each([
      ['group:default/shop', 400],
      ['user:default/nobody', 404],
      ['a b c', 404],
    ])('as %s are answered %i', async (user, status) => {
      const response = await backend.get('/v1/tenants', 'ann', {
        [VIEW_AS_HEADER]: user,
      });
      expect(response.status).toBe(status);
    });
  });

  it('of logs are on record in the tenant’s audit, which only shows its own', async () => {
    backend = await startTenantsBackend();
    const logs = await backend.logs('/v1/tenants/shop/logs?pod=api-0', 'ann');
    await logs.rest();
    const read = async (tenant: string) => {
      const response = await backend.get(`/v1/tenants/${tenant}/audit`, 'bob');
      return auditPageSchema.parse(await response.json());
    };
    const { items, chain } = await read('shop');
    expect(items).toEqual([
      expect.objectContaining({
        seq: 1,
        actor: USERS.ann,
        action: 'logs.read',
        outcome: 'allowed',
        detail: { pod: 'api-0', follow: false, previous: false },
      }),
    ]);
    expect(chain).toEqual({ checked: 1 });
    expect((await read('bank')).items).toEqual([]);
    // Reading the audit is on record too.
    expect((await read('shop')).items[0].action).toBe('audit.read');
  });
});

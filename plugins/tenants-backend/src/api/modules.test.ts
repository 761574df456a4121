// SPDX-License-Identifier: Apache-2.0
import {
  categoryListSchema,
  moduleDetailSchema,
  moduleInstanceListSchema,
  moduleListSchema,
  tenantReadPermission,
  tierListSchema,
} from '@tenantry/backstage-plugin-tenants-common';
import {
  createTenantConditionalDecision,
  tenantConditions,
} from '@tenantry/backstage-plugin-tenants-node';
import { fakeDerivation } from '../__testUtils__/fakeDerivation';
import {
  startTenantsBackend,
  USERS,
} from '../__testUtils__/startTenantsBackend';
import type { TenantDerivation } from '../snapshots/TenantDerivation';

type Backend = Awaited<ReturnType<typeof startTenantsBackend>>;

const definitions = `
categories: { apps: { name: Applications } }
tiers: { small: { name: Small, quota: { requests.cpu: 2 } } }
modules:
  web:
    category: apps
    releases:
      - { version: 2.0.0, dependencies: [{ name: sql, version: ">=14" }] }
      - { version: 1.0.0 }
      - { version: 3.0.0-rc.1 }
  db: { version: 1.0.0, provides: [sql@15.0.0] }
`;

/** Tenant `shop` runs the older release of `web`, `bank` the newer. */
const derivation: TenantDerivation = {
  ...fakeDerivation,
  derive(name, places, now) {
    const { tenant } = fakeDerivation.derive(name, places, now);
    const release = name === 'shop' ? '1.0.0' : '2.0.0';
    const environments = tenant.environments.map(environment => ({
      ...environment,
      modules: environment.modules.map(module => ({ ...module, release })),
    }));
    return { tenant: { ...tenant, environments } };
  },
};

const ownOnly = createTenantConditionalDecision(
  tenantReadPermission,
  tenantConditions.isOwner({ refs: [USERS.ann] }),
);

describe('the module catalogue', () => {
  let backend: Backend;
  beforeEach(async () => {
    backend = await startTenantsBackend({ definitions, derivation });
  });
  afterEach(() => backend.stop());

  const read = async (path: string) => (await backend.get(path, 'ann')).json();

  it('lists modules with counts over all tenants of one who may see all', async () => {
    const { items, categories, status } = moduleListSchema.parse(
      await read('/v1/modules'),
    );
    expect(items).toMatchObject([
      { name: 'db', tenants: 0, behind: 0, health: {} },
      {
        name: 'web',
        category: 'apps',
        defaultRelease: '2.0.0',
        releaseCount: 3,
        requires: ['sql'],
        tenants: 2,
        behind: 1,
        health: { Healthy: 2 },
      },
    ]);
    expect(categories).toEqual([{ name: 'apps', displayName: 'Applications' }]);
    expect(status).toMatchObject([{ source: 'test', state: 'loaded' }]);
  });

  it('counts only tenants the caller may see', async () => {
    backend.policy.decideFor(USERS.ann, tenantReadPermission, ownOnly);
    backend.clock.advance(10_000);
    const { items } = moduleListSchema.parse(await read('/v1/modules'));
    expect(items[1]).toMatchObject({ tenants: 1, behind: 1 });
    const instances = moduleInstanceListSchema.parse(
      await read('/v1/modules/web/instances'),
    );
    expect(instances.items.map(({ tenant }) => tenant)).toEqual(['shop']);
    expect(await read('/v1/modules/web')).toMatchObject({ tenants: 1 });
  });

  it('shows a module with its releases and who names it, without what it delivers', async () => {
    const web = moduleDetailSchema.parse(await read('/v1/modules/web'));
    expect(web.releases.map(({ version }) => version)).toEqual([
      '3.0.0-rc.1',
      '2.0.0',
      '1.0.0',
    ]);
    expect(JSON.stringify(await read('/v1/modules/web'))).not.toContain(
      '"content"',
    );
    expect(await read('/v1/modules/db')).toMatchObject({
      usedBy: [
        {
          module: 'web',
          release: '2.0.0',
          relation: 'requires',
          range: '>=14',
        },
      ],
    });
  });

  it('lists who runs it, the oldest release first', async () => {
    const { items } = moduleInstanceListSchema.parse(
      await read('/v1/modules/web/instances'),
    );
    expect(items).toMatchObject([
      {
        tenant: 'shop',
        release: '1.0.0',
        environment: 'shop-prod',
        cluster: 'east',
      },
      { tenant: 'bank', release: '2.0.0' },
    ]);
  });

  it('lists tiers, with the clusters where environments can be made, and categories', async () => {
    expect(tierListSchema.parse(await read('/v1/tiers'))).toEqual({
      items: [
        { name: 'small', displayName: 'Small', quota: { 'requests.cpu': '2' } },
      ],
      clusters: ['east'],
    });
    expect(
      categoryListSchema.parse(await read('/v1/categories')).items,
    ).toHaveLength(1);
  });

  it('answers 304 until something changes', async () => {
    const first = await backend.get('/v1/modules', 'ann');
    const tag = first.headers.get('etag') ?? '';
    const again = await backend.get('/v1/modules', 'ann', {
      'If-None-Match': tag,
    });
    expect(again.status).toBe(304);
    backend.policy.decideFor(USERS.ann, tenantReadPermission, ownOnly);
    backend.clock.advance(10_000);
    const other = await backend.get('/v1/modules', 'ann', {
      'If-None-Match': tag,
    });
    expect(other.status).toBe(200);
  });

  it('says that there is no module of a name', async () => {
    const response = await backend.get('/v1/modules/nope', 'ann');
    expect(response.status).toBe(404);
    expect(await response.text()).toContain('There is no module \\"nope\\".');
  });
});

// SPDX-License-Identifier: Apache-2.0
import { mockCredentials } from '@backstage/backend-test-utils';
import {
  routeTable,
  tenantReadPermission,
  tenantsPermissions,
  type RouteName,
  type RouteRule,
} from '@tenantry/backstage-plugin-tenants-common';
import {
  createTenantConditionalDecision,
  tenantConditions,
  tenantRules,
} from '@tenantry/backstage-plugin-tenants-node';
import { putObject } from '../__testUtils__/putObject';
import { putRecord, WITH_SECRET } from '../__testUtils__/putRecord';
import {
  restart,
  sampleExecutors,
  startOperations,
} from '../__testUtils__/startOperations';
import {
  startTenantsBackend,
  USERS,
} from '../__testUtils__/startTenantsBackend';

type Backend = Awaited<ReturnType<typeof startTenantsBackend>>;
type Who = 'allowed' | 'denied' | 'service' | 'none';

const WHO: readonly Who[] = ['allowed', 'denied', 'service', 'none'];

const headers: Record<Who, string> = {
  allowed: mockCredentials.user.header(USERS.ann),
  denied: mockCredentials.user.header(USERS.bob),
  service: mockCredentials.service.header(),
  none: mockCredentials.none.header(),
};

/** What the row of the table says the answer must be. */
function expectedStatus(rule: RouteRule, who: Who): number {
  if (rule.callers.length === 0) return 200;
  if (who === 'none') return 401;
  if (who === 'service') return rule.callers.includes('service') ? 200 : 403;
  if (who === 'allowed' || rule.scope === 'subscriptions') return 200;
  return rule.scope === 'one' || rule.scope === 'request' ? 404 : 403;
}

/** What the operations in paths are. */
type Operations = Awaited<ReturnType<typeof startOperations>>;

function pathOf({ path }: RouteRule, operations?: Operations): string {
  const operation = path.endsWith('/cancel') ? 'running' : 'failed';
  return path
    .replace(':tenant', 'shop')
    .replace(':module', 'web')
    .replace(':secret', 'token')
    .replace(':kind', 'Deployment')
    .replace(':namespace', 'shop-prod')
    .replace(':name', 'web')
    .replace(':operation', operations?.[operation] ?? '');
}

const streamBody = {
  schema: 1,
  subs: [
    { id: 'list', kind: 'tenants' },
    { id: 'one', kind: 'tenant', params: { tenant: 'shop' } },
    { id: 'platform', kind: 'platform' },
  ],
};

function bodyOf(rule: RouteRule): object {
  if (rule.scope === 'subscriptions') return streamBody;
  if (rule.path === routeTable.makePlan.path) {
    return { tenant: 'shop', request: restart };
  }
  if (rule.path === routeTable.setSecret.path) {
    return { environment: 'dev', value: 'not told' };
  }
  return restart;
}

async function call(
  backend: Backend,
  rule: RouteRule,
  { who, operations }: { who: Who; operations?: Operations },
) {
  const path = pathOf(rule, operations);
  const body = bodyOf(rule);
  return fetch(`${backend.url}${path}`, {
    method: rule.method,
    headers: {
      Authorization: headers[who],
      'Content-Type': 'application/json',
    },
    body: rule.method === 'GET' ? undefined : JSON.stringify(body),
  });
}

describe('the permission of every route', () => {
  let backend: Backend;
  let operations: Operations;
  beforeAll(async () => {
    backend = await startTenantsBackend({
      definitions: WITH_SECRET,
      executors: sampleExecutors,
    });
    operations = await startOperations(backend);
    await putRecord(backend.clusters);
    putObject(backend.clusters, 'east', 'shop-prod');
    backend.policy.deny(USERS.bob);
  });
  afterAll(() => backend.stop());

  const cells = Object.entries<RouteRule>(routeTable).flatMap(([name, rule]) =>
    WHO.map(who => ({ name, rule, who, status: expectedStatus(rule, who) })),
  );

  it('covers every route of the table', () => {
    const names: readonly RouteName[] = [
      'health',
      'listTenants',
      'getTenant',
      'getAllowedActions',
      'getLogs',
      'listMembers',
      'getUsage',
      'getObject',
      'getNetwork',
      'listAuditEvents',
      'startOperation',
      'listTenantOperations',
      'listRevisions',
      'listOperations',
      'getOperation',
      'listOperationEvents',
      'cancelOperation',
      'retryOperation',
      'makePlan',
      'listSecrets',
      'setSecret',
      'getPlatform',
      'getOpenApi',
      'getMetrics',
      'openStream',
      'listModules',
      'getModule',
      'listModuleInstances',
      'listTiers',
      'listCategories',
    ];
    expect(Object.keys(routeTable).sort()).toEqual([...names].sort());
  });

  // One backend serves the whole table: starting one per cell would take minutes.
  it('is as the table says, in every cell', async () => {
    const wrong: unknown[] = [];
    for (const { name, rule, who, status } of cells) {
      const response = await call(backend, rule, { who, operations });
      if (response.status !== status) {
        wrong.push({ name, who, expected: status, got: response.status });
      }
      // A stream that may go on would never end by itself.
      await response.body?.cancel();
    }
    expect(wrong).toEqual([]);
  });

  it('refuses each subscription of a stream by itself, and sends nothing of what it refuses', async () => {
    const response = await call(backend, routeTable.openStream, {
      who: 'denied',
    });
    const text = await response.text();
    expect(text.match(/"reason":"forbidden"/g)).toHaveLength(3);
    expect(text).not.toContain('snapshot');
  });

  it('tells the permission framework its permissions and rules', async () => {
    const response = await fetch(
      `${backend.url}/.well-known/backstage/permissions/metadata`,
      { headers: { Authorization: headers.service } },
    );
    const { permissions, rules } = await response.json();
    const names = (list: { name: string }[]) =>
      list.map(({ name }) => name).sort();
    expect(names(permissions)).toEqual(names([...tenantsPermissions]));
    expect(names(rules)).toEqual(names(Object.values(tenantRules)));
  });

  it('lets the permission framework judge tenants by its rules, missing ones as denied', async () => {
    const apply = async (name: string, refs: string[]) => {
      const { conditions } = createTenantConditionalDecision(
        tenantReadPermission,
        tenantConditions.isOwner({ refs }),
      );
      const { resourceType } = tenantReadPermission;
      const item = { id: '1', resourceRef: name, resourceType, conditions };
      const response = await fetch(
        `${backend.url}/.well-known/backstage/permissions/apply-conditions`,
        {
          method: 'POST',
          headers: {
            Authorization: headers.service,
            'Content-Type': 'application/json',
          },
          body: JSON.stringify({ items: [item] }),
        },
      );
      return (await response.json()).items[0].result;
    };
    expect(await apply('shop', [USERS.ann])).toBe('ALLOW');
    expect(await apply('shop', [USERS.bob])).toBe('DENY');
    expect(await apply('nope', [USERS.ann])).toBe('DENY');
  });
});

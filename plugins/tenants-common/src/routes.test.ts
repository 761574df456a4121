// SPDX-License-Identifier: Apache-2.0
import { tenantsPermissions } from './permissions';
import type { RouteRule } from './RouteRule';
import { routeTable } from './routes';

const rules: [string, RouteRule][] = Object.entries(routeTable);

it('asks for a permission on every route but the health route', () => {
  expect(
    rules
      .filter(([, rule]) => rule.permission === undefined)
      .map(([name]) => name),
  ).toEqual(['health']);
});

it('names only permissions that the plugin declares', () => {
  const declared = tenantsPermissions.map(p => p.name);
  const used = rules.flatMap(([, rule]) => rule.permission?.name ?? []);
  expect(declared).toEqual(expect.arrayContaining(used));
});

it('lets no service open streams or read logs', () => {
  expect(routeTable.openStream.callers).toEqual(['user']);
  expect(routeTable.getLogs.callers).toEqual(['user']);
});

it('has one row per method and path', () => {
  const keys = rules.map(([, rule]) => `${rule.method} ${rule.path}`);
  expect(new Set(keys).size).toBe(keys.length);
});

// SPDX-License-Identifier: Apache-2.0
// Writes docs/permissions.md from the route table; with --check, fails when it is out of date.
// Run with: node --require @backstage/cli-node/config/nodeTransform.cjs scripts/permissionsDoc.mjs
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { root } from './run.mjs';

const require = createRequire(import.meta.url);
const {
  routeTable,
  tenantsPermissions,
} = require('@tenantry/backstage-plugin-tenants-common');
const { tenantRules } = require('@tenantry/backstage-plugin-tenants-node');

const scopes = {
  none: '–',
  one: 'the tenant in the path',
  each: 'each tenant; the rest is left out',
  subscriptions: 'each subscription by its kind',
};

const routes = Object.values(routeTable).map(
  r =>
    `| \`${r.method} ${r.path}\` | ${
      r.permission ? `\`${r.permission.name}\`` : 'none'
    } | ${scopes[r.scope]} | ${r.callers.join(', ') || 'anyone'} | ${
      r.purpose
    } |`,
);
const permissions = tenantsPermissions.map(
  p =>
    `| \`${p.name}\` | ${p.attributes.action} | ${
      p.resourceType ? `\`${p.resourceType}\`` : '–'
    } |`,
);
const rules = Object.values(tenantRules).map(
  r => `| \`${r.name}\` | ${r.description} |`,
);

const text = `# Permissions

Generated from the table that the routes themselves are checked by (\`plugins/tenants-common/src/routes.ts\`). Do not edit.

A tenant that the caller may not see answers exactly like one that does not exist: 404, "There is no tenant NAME, or you may not see it."

## Permissions

| permission | action | resource type |
| --- | --- | --- |
${permissions.join('\n')}

## Rules for policies

A policy may decide the permissions on \`tenant\` by these conditions (\`tenantConditions\` in \`@tenantry/backstage-plugin-tenants-node\`):

| rule | allows |
| --- | --- |
${rules.join('\n')}

## Routes

All below \`/api/tenants\`.

| route | permission | decided for | callers | purpose |
| --- | --- | --- | --- | --- |
${routes.join('\n')}

Services (plugin-to-plugin tokens, static external tokens) are allowed everything by Backstage without asking the policy. Routes that stream or read logs therefore
accept users only.

A revoked right lasts at most 10 seconds: decisions are kept that long, and open streams are checked again that often.
`;

const file = join(root, 'docs', 'permissions.md');
if (!process.argv.includes('--check')) writeFileSync(file, text);
else if (readFileSync(file, 'utf8') !== text) {
  console.error('docs/permissions.md is out of date: run ./dev docs');
  process.exitCode = 1;
}

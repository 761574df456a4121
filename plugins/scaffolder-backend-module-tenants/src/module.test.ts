// SPDX-License-Identifier: Apache-2.0
import { createServiceFactory } from '@backstage/backend-plugin-api';
import { startTestBackend } from '@backstage/backend-test-utils';
import {
  scaffolderActionsExtensionPoint,
  type TemplateAction,
} from '@backstage/plugin-scaffolder-node';
import { tenantsServiceRef } from '@tenantry/backstage-plugin-tenants-node';
import { parse } from 'yaml';
import { scaffolderModuleTenants } from './module';

it('adds every action, each with a dry run and an example that uses it', async () => {
  const actions: TemplateAction[] = [];
  await startTestBackend({
    extensionPoints: [
      [
        scaffolderActionsExtensionPoint,
        { addActions: (...added: never[]) => void actions.push(...added) },
      ],
    ],
    features: [
      scaffolderModuleTenants,
      createServiceFactory({
        service: tenantsServiceRef,
        deps: {},
        factory: () => ({} as never),
      }),
    ],
  });
  expect(actions.map(({ id }) => id)).toEqual([
    'tenants:plan',
    'tenants:apply',
    'tenants:wait',
    'tenants:delete',
    'tenants:member:add',
    'tenants:member:remove',
    'tenants:render',
  ]);
  for (const { id, supportsDryRun, examples = [] } of actions) {
    expect([id, supportsDryRun]).toEqual([id, true]);
    const used = examples.flatMap(({ example }) =>
      parse(example).steps.map((step: { action: string }) => step.action),
    );
    expect(used).toContain(id);
  }
});

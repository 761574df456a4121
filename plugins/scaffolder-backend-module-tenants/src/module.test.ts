// SPDX-License-Identifier: Apache-2.0
import { createServiceFactory } from '@backstage/backend-plugin-api';
import { startTestBackend } from '@backstage/backend-test-utils';
import { ResponseError } from '@backstage/errors';
import {
  scaffolderActionsExtensionPoint,
  type TemplateAction,
} from '@backstage/plugin-scaffolder-node';
import { createMockActionContext } from '@backstage/plugin-scaffolder-node-test-utils';
import { tenantsServiceRef } from '@tenantry/backstage-plugin-tenants-node';
import { parse } from 'yaml';
import { scaffolderModuleTenants } from './module';

const refusing = async () => {
  const error = { name: 'NotAllowedError', message: 'You may not plan it.' };
  const body = { error, response: { statusCode: 403 } };
  throw await ResponseError.fromResponse(Response.json(body, { status: 403 }));
};

it('adds every action, each with a dry run and an example that uses it, and each fails in the backend’s words', async () => {
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
        factory: () =>
          ({ as: () => ({ operations: { plan: refusing } }) } as never),
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
  const context = createMockActionContext({
    input: { tenant: 'analytics', subject: 'user:default/ada' },
  });
  await expect(actions[5].handler(context)).rejects.toMatchObject({
    name: 'NotAllowedError',
    message: 'You may not plan it.',
  });
});

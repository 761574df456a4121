// SPDX-License-Identifier: Apache-2.0
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createMockDirectory } from '@backstage/backend-test-utils';
import { environmentSpecSchema } from '@tenantry/backstage-plugin-tenants-common';
import { FakeOperations } from '../__testUtils__/FakeOperations';
import { runAction } from '../__testUtils__/runAction';
import { createApplyAction } from './createApplyAction';
import { createDeleteAction } from './createDeleteAction';
import {
  createMemberAddAction,
  createMemberRemoveAction,
} from './createMemberActions';
import { createPlanAction } from './createPlanAction';
import { createRenderAction } from './createRenderAction';
import { createWaitAction } from './createWaitAction';

const production = { name: 'production', cluster: 'eu-west', tier: 'bronze' };
const tenant = 'analytics';
const refusal = {
  rule: 'quota' as const,
  subject: 'superset',
  message: 'superset needs 3 GiB more than bronze has.',
  chain: ['superset'],
  fixes: [{ label: 'Take tier standard' }],
};
const event = (seq: number, message: string) => ({
  seq,
  at: '2026-11-21T10:00:00.000Z',
  type: 'log' as const,
  level: 'info' as const,
  message,
});

let operations: FakeOperations;
beforeEach(() => {
  operations = new FakeOperations();
});

describe('tenants:plan', () => {
  it('puts out the plan’s version and how many objects change, and starts nothing', async () => {
    const input = { tenant, environments: [production] };
    const { outputs, lines } = await runAction(createPlanAction, operations, {
      input,
    });
    expect(outputs).toEqual({
      possible: true,
      planVersion: 'plan-1',
      changes: 1,
      refusals: [],
    });
    expect(lines).toEqual([
      'production on eu-west (bronze): 1 created',
      '  postgres 16.4.0 (new, needed by superset)',
    ]);
    expect(operations.started).toEqual([]);
  });

  it('fails with every refusal and what would fix it', async () => {
    operations.plans = { refusals: [refusal] };
    const input = { tenant, environments: [production] };
    await expect(
      runAction(createPlanAction, operations, { input }),
    ).rejects.toThrow(
      'analytics cannot be changed like this:\nsuperset needs 3 GiB more than bronze has.\n  → Take tier standard',
    );
  });

  it('goes on with the refusals where the template wants to decide by itself', async () => {
    operations.plans = { refusals: [refusal] };
    const input = { tenant, environments: [production], allowRefusals: true };
    const { outputs } = await runAction(createPlanAction, operations, {
      input,
    });
    expect(outputs).toMatchObject({
      possible: false,
      refusals: [refusal.message],
    });
  });
});

describe('tenants:apply', () => {
  const apply = { input: { tenant, environments: [production] } };

  it('starts one operation, however often the task is tried', async () => {
    await runAction(createApplyAction, operations, apply);
    const { outputs } = await runAction(createApplyAction, operations, apply);
    expect(operations.started).toHaveLength(1);
    expect(outputs).toEqual({
      operation: 'op-1',
      tenantRef: 'resource:default/analytics',
      page: '/tenants/t/analytics',
    });
  });

  it('starts another operation for another task', async () => {
    await runAction(createApplyAction, operations, apply);
    await runAction(createApplyAction, operations, {
      ...apply,
      taskId: 'task-2',
    });
    expect(operations.started).toHaveLength(2);
  });

  it('plans and changes nothing in a dry run', async () => {
    const { outputs } = await runAction(createApplyAction, operations, {
      ...apply,
      isDryRun: true,
    });
    expect(operations.planned).toHaveLength(1);
    expect(operations.started).toEqual([]);
    expect(outputs.operation).toBe('');
  });

  it('lays changes over what the environment is now', async () => {
    operations.specs = [
      environmentSpecSchema.parse({
        ...production,
        members: [{ subject: 'user:default/ada', role: 'admin' }],
        modules: [
          { name: 'postgres', version: '16.4.0', parameters: { size: '5Gi' } },
          { name: 'grafana' },
        ],
      }),
    ];
    const changes = [
      {
        name: 'production',
        tier: 'premium',
        modules: [
          { name: 'postgres', parameters: { replicas: 2 } },
          { name: 'superset' },
        ],
        removeModules: ['grafana'],
      },
    ];
    await runAction(createApplyAction, operations, {
      input: { tenant, changes },
    });
    expect(operations.started[0].request).toMatchObject({
      type: 'apply',
      environments: [
        {
          name: 'production',
          tier: 'premium',
          members: [{ subject: 'user:default/ada', role: 'admin' }],
          modules: [
            {
              name: 'postgres',
              version: '16.4.0',
              parameters: { size: '5Gi', replicas: 2 },
            },
            { name: 'superset' },
          ],
        },
      ],
    });
  });

  it.each([
    [{ tenant }, 'Give either environments'],
    [
      { tenant, environments: [production], changes: [] },
      'Give either environments',
    ],
    [
      { tenant, environments: [{ ...production, tier: 7 }] },
      'environments.0.tier',
    ],
    [
      { tenant, environments: [{ ...production, teir: 'bronze' }] },
      'environments.0',
    ],
    [
      { tenant, changes: [{ name: 'staging' }] },
      'analytics has no environment staging that Tenantry made',
    ],
  ])('refuses %j and names what is wrong', async (input, message) => {
    await expect(
      runAction(createApplyAction, operations, { input }),
    ).rejects.toThrow(message);
    expect(operations.started).toEqual([]);
  });

  it('starts nothing that the plan refuses', async () => {
    operations.plans = { refusals: [refusal] };
    await expect(
      runAction(createApplyAction, operations, apply),
    ).rejects.toThrow(refusal.message);
    expect(operations.started).toEqual([]);
  });
});

describe('tenants:wait', () => {
  const input = { operation: 'op-1' };

  it('tells every event once and ends with the operation', async () => {
    operations.events = [
      [event(1, 'Namespace created')],
      [],
      [event(2, 'postgres is healthy')],
      [],
    ];
    const { outputs, lines } = await runAction(createWaitAction, operations, {
      input,
    });
    expect(lines).toEqual(['Namespace created', 'postgres is healthy']);
    expect(outputs).toEqual({ state: 'succeeded' });
  });

  it('fails with the cause of the operation', async () => {
    operations.ended = {
      state: 'failed',
      error: {
        reason: 'ImagePullBackOff',
        message: 'postgres-0 cannot pull its image: no such tag.',
        retryable: false,
      },
    };
    await expect(
      runAction(createWaitAction, operations, { input }),
    ).rejects.toThrow('postgres-0 cannot pull its image: no such tag.');
  });

  it('ends when the task is cancelled, and leaves the operation alone', async () => {
    operations.events = [[event(1, 'Namespace created')], [], []];
    const task = new AbortController();
    let looks = 0;
    const onPause = () => {
      looks += 1;
      task.abort();
    };
    const run = { input, signal: task.signal, onPause };
    await expect(runAction(createWaitAction, operations, run)).rejects.toThrow(
      /abort/,
    );
    expect(looks).toBe(1);
    expect(operations.started).toEqual([]);
  });

  it('waits for nothing in a dry run', async () => {
    const { outputs } = await runAction(createWaitAction, operations, {
      input: { operation: '' },
      isDryRun: true,
    });
    expect(outputs).toEqual({ state: 'succeeded' });
  });
});

it('tenants:delete keeps to the environments it is given', async () => {
  const input = { tenant, environments: ['staging'] };
  await runAction(createDeleteAction, operations, { input });
  expect(operations.started).toMatchObject([
    { tenant, request: { type: 'delete', environments: ['staging'] } },
  ]);
});

it('tenants:member:add and :remove ask for the members operation', async () => {
  const subject = 'group:default/team-a';
  await runAction(createMemberAddAction, operations, {
    input: { tenant, subject, role: 'edit' },
  });
  await runAction(createMemberRemoveAction, operations, {
    input: { tenant, subject },
    taskId: 'task-2',
  });
  expect(operations.started.map(({ request }) => request)).toEqual([
    { type: 'members', set: [{ subject, role: 'edit' }] },
    { type: 'members', remove: [subject] },
  ]);
});

describe('tenants:render', () => {
  const workspace = createMockDirectory();
  const render = (path: string) => {
    operations.plans = { files: [{ path, content: 'kind: Namespace\n' }] };
    const input = {
      tenant,
      environments: [production],
      targetPath: 'clusters',
    };
    const workspacePath = workspace.path;
    return runAction(createRenderAction, operations, { input, workspacePath });
  };

  it('writes what was rendered into the workspace', async () => {
    const path = 'eu-west/analytics/production/namespace-a.yaml';
    const { outputs } = await render(path);
    expect(outputs).toEqual({ files: [path], removed: [] });
    const written = join(workspace.path, 'clusters', path);
    expect(await readFile(written, 'utf8')).toBe('kind: Namespace\n');
  });

  it('renders a change of members as well as one of modules, and not both', async () => {
    operations.plans = { files: [] };
    const workspacePath = workspace.path;
    const subject = 'user:default/ada';
    const members = { set: [{ subject, role: 'edit' }] };
    await runAction(createRenderAction, operations, {
      input: { tenant, members },
      workspacePath,
    });
    expect(operations.planned).toMatchObject([
      { tenant, render: true, request: { type: 'members', ...members } },
    ]);
    await expect(
      runAction(createRenderAction, operations, {
        input: { tenant, members, environments: [production] },
        workspacePath,
      }),
    ).rejects.toThrow(/environments/);
    expect(operations.planned).toHaveLength(1);
  });

  it('says which files a decommission deletes, from the root of the repository on, and deletes nothing itself', async () => {
    const folder = 'eu-west/analytics/production';
    operations.plans = {
      files: [{ path: `${folder}/record.yaml`, content: 'kind: ConfigMap\n' }],
      removedFiles: [`${folder}/deployment-web.yaml`],
    };
    const decommission = { environments: ['production'] };
    const run = (targetPath?: string) =>
      runAction(createRenderAction, operations, {
        input: { tenant, decommission, ...(targetPath && { targetPath }) },
        workspacePath: workspace.path,
      });
    const { outputs } = await run('./clusters/');
    expect(outputs).toEqual({
      files: [`${folder}/record.yaml`],
      removed: [`clusters/${folder}/deployment-web.yaml`],
    });
    const written = join(workspace.path, 'clusters', folder, 'record.yaml');
    expect(await readFile(written, 'utf8')).toBe('kind: ConfigMap\n');
    expect((await run()).outputs.removed).toEqual([
      `${folder}/deployment-web.yaml`,
    ]);
    expect(operations.started).toEqual([]);
    expect(operations.planned).toMatchObject(
      [1, 2].map(() => ({
        tenant,
        render: true,
        request: { type: 'delete', ...decommission },
      })),
    );
  });

  it.each([
    [{ environments: [production] }, /environments/],
    [{ decommission: { environments: [] } }, /decommission\.environments/],
    [{ decommission: { purge: true } }, /decommission/],
  ])('decommissions nothing by halves: %j', async (more, message) => {
    const input = { tenant, decommission: {}, ...more };
    await expect(
      runAction(createRenderAction, operations, {
        input,
        workspacePath: workspace.path,
      }),
    ).rejects.toThrow(message);
    expect(operations.planned).toEqual([]);
  });

  it('never writes outside the workspace', async () => {
    await expect(render('../../escaped.yaml')).rejects.toThrow(
      /outside|parent/,
    );
  });
});

// SPDX-License-Identifier: Apache-2.0
import { operationRequestSchema } from '@tenantry/backstage-plugin-tenants-common';
import { environmentFiles } from '../../modules/environmentFiles';
import { FakePlanner } from '../effects/testing/FakePlanner';
import { plannedEnvironment } from '../effects/testing/plannedEnvironment';
import { runOperation } from '../effects/testing/OperationRun';
import { refuseDelete, renderFilesExecutor } from './renderFilesExecutor';

const place = { systemNamespace: 'tenantry-system', prefix: 'tenantry.dev' };

async function sleep(change: Partial<ReturnType<typeof plannedEnvironment>>) {
  const planner = new FakePlanner();
  planner.environments = [
    { ...plannedEnvironment([{ name: 'db' }]), ...change },
  ];
  const messages: (string | undefined)[] = [];
  const executor = renderFilesExecutor('sleep', {
    planner,
    toFiles: environments => environmentFiles(environments, place),
  });
  const heard = {
    ...executor,
    run: async (...args: Parameters<typeof executor.run>) => {
      const outcome = await executor.run(...args);
      if (outcome.kind === 'done') messages.push(outcome.message);
      return outcome;
    },
  };
  const request = operationRequestSchema.parse({ type: 'sleep' });
  const options = { id: 'op-1', tenant: 'shop', fence: 1 };
  await runOperation([heard], request, options);
  return messages;
}

it('says how many files there are, and which secrets nobody will make', async () => {
  expect(await sleep({})).toEqual(['7 files for a pull request.']);
  const secret = { name: 'db-password', keys: ['value'], module: 'db' };
  expect(await sleep({ generatedSecrets: [secret] })).toEqual([
    '7 files for a pull request. No secrets are among them: set db-password of dev when the environment is there.',
  ]);
});

it('is tried again where a cluster could not be asked', async () => {
  const planner = new FakePlanner();
  planner.environments = [plannedEnvironment([])];
  planner.lost.add('eu');
  const executor = renderFilesExecutor('sleep', { planner, toFiles: () => [] });
  const request = operationRequestSchema.parse({ type: 'sleep' });
  const options = { id: 'op-1', tenant: 'shop', fence: 1 };
  await expect(
    runOperation([executor], request, options),
  ).rejects.toMatchObject({ error: { retryable: true } });
});

it('deletes nothing that files would bring back', async () => {
  const request = operationRequestSchema.parse({ type: 'delete' });
  const options = { id: 'op-1', tenant: 'shop', fence: 1 };
  await expect(
    runOperation([refuseDelete()], request, options),
  ).rejects.toThrow('remove the files');
});

// SPDX-License-Identifier: Apache-2.0
import type { ContractArea } from '../ContractCase';
import { at } from '../Json';
import { BOX, job } from './objects';
import { statusOf, counted, made, ended } from './controlling';

export const jobs: ContractArea = {
  area: 'jobs',
  cases: [
    {
      name: 'a job runs its pods to completion',
      since: '1.18',
      async run(api) {
        const path = api.in('batch/v1/jobs');
        await api.post(path, job('j', { completions: 2, parallelism: 1 }), {
          quiet: true,
        });
        await counted(api, 'pods', {
          count: 1,
          view: item => ({
            labels: at(item, 'metadata', 'labels'),
            owners: at(item, 'metadata', 'ownerReferences'),
            restart: at(item, 'spec', 'restartPolicy'),
          }),
        });
        await api.settle(
          `${path}/j`,
          object => at(object, 'status', 'active') === 1,
          { view: statusOf },
        );
        await ended(api, 'Succeeded');
        await api.count(api.in('pods'), 2);
        await ended(api, 'Succeeded');
        await api.settle(
          `${path}/j`,
          object => at(object, 'status', 'completionTime') !== undefined,
          { view: statusOf },
        );
      },
      meant: [
        {
          at: 'body.conditions*',
          because: 'the condition SuccessCriteriaMet came with 1.31',
        },
      ],
    },
    {
      name: 'a job fails beyond its limit',
      since: '1.18',
      async run(api) {
        const path = api.in('batch/v1/jobs');
        await api.post(path, job('j', { backoffLimit: 0 }), { quiet: true });
        await api.count(api.in('pods'), 1);
        await ended(api, 'Failed');
        await api.settle(
          `${path}/j`,
          object => at(object, 'status', 'conditions') !== undefined,
          { view: statusOf },
        );
      },
      meant: [
        {
          at: 'conditions[1]*',
          because: 'FailureTarget came with 1.31',
        },
      ],
    },
    {
      name: 'a job that takes too long fails and ends its pods',
      since: '1.18',
      async run(api) {
        const path = api.in('batch/v1/jobs');
        await api.post(path, job('j', { activeDeadlineSeconds: 1 }), {
          quiet: true,
        });
        await api.settle(
          `${path}/j`,
          object => at(object, 'status', 'conditions') !== undefined,
          {
            view: object =>
              at(object, 'status', 'conditions', 0, 'reason') ?? 'none',
          },
        );
        await api.count(api.in('pods'), 0);
        await counted(api, 'pods', { count: 0, view: made });
      },
    },
    {
      name: 'a job of a cron job names it and is named after it',
      since: '1.21',
      async run(api) {
        const { status, body } = await api.post(api.in('batch/v1/cronjobs'), {
          apiVersion: 'batch/v1',
          kind: 'CronJob',
          metadata: { name: 'c' },
          spec: {
            schedule: '*/5 * * * *',
            jobTemplate: {
              spec: {
                template: {
                  spec: { containers: [BOX], restartPolicy: 'Never' },
                },
              },
            },
          },
        });
        api.expect('status', status, 201);
        const spec = at(body, 'spec');
        api.expect(
          'defaults',
          [
            'concurrencyPolicy',
            'suspend',
            'successfulJobsHistoryLimit',
            'failedJobsHistoryLimit',
          ].map(key => at(spec, key) ?? 'none'),
          ['Allow', false, 3, 1],
        );
        const bad = await api.post(api.in('batch/v1/cronjobs'), {
          apiVersion: 'batch/v1',
          kind: 'CronJob',
          metadata: { name: 'bad' },
          spec: {
            schedule: 'now and then',
            jobTemplate: {
              spec: {
                template: {
                  spec: { containers: [BOX], restartPolicy: 'Never' },
                },
              },
            },
          },
        });
        api.expect('a schedule that is none', bad.status, 422);
      },
    },
  ],
};

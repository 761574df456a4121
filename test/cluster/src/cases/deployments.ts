// SPDX-License-Identifier: Apache-2.0
import type { ContractArea } from '../ContractCase';
import { at, itemsOf, type Json } from '../Json';
import type { Session } from '../Session';
import { workload } from './objects';
import {
  APPS,
  KUBELET_TURNS,
  statusOf,
  conditionsOf,
  counted,
  made,
  readyPods,
  replicas,
  asObject,
} from './controlling';

function complete(object: Json | undefined): boolean {
  return ['replicas', 'updatedReplicas', 'availableReplicas'].every(
    key => at(object, 'status', key) === 4,
  );
}

/** Makes every new pod ready, as the kubelet would that there is not. */
async function playKubelet(
  api: Session,
  done: (object: Json | undefined) => boolean,
): Promise<void> {
  for (let turn = 0; turn < KUBELET_TURNS; turn += 1) {
    await readyPods(api);
    const { body } = await api.get(api.in(`${APPS}/deployments`, 'd'), {
      quiet: true,
    });
    if (done(body)) return;
  }
}

function newImage(api: Session, image: string) {
  return api.patch(
    api.in(`${APPS}/deployments`, 'd'),
    { spec: { template: { spec: { containers: [{ name: 'box', image }] } } } },
    { type: 'strategic-merge-patch+json', quiet: true },
  );
}

export const deployments: ContractArea = {
  area: 'deployments',
  cases: [
    {
      name: 'a deployment makes a replica set, which makes pods',
      since: '1.18',
      async run(api) {
        const path = api.in(`${APPS}/deployments`);
        await api.post(path, workload('Deployment', 'd', { replicas: 2 }), {
          quiet: true,
        });
        await api.settle(`${path}/d`, replicas(2), {
          view: object => ({
            status: statusOf(object),
            annotations: at(object, 'metadata', 'annotations'),
          }),
        });
        await counted(api, `${APPS}/replicasets`, {
          count: 1,
          view: item => ({
            ...asObject(made(item)),
            annotations: at(item, 'metadata', 'annotations'),
            selector: at(item, 'spec', 'selector'),
            status: statusOf(item),
          }),
        });
        await counted(api, 'pods', {
          count: 2,
          view: item => ({
            ...asObject(made(item)),
            generateName: at(item, 'metadata', 'generateName'),
            status: at(item, 'status'),
          }),
        });
      },
      meant: [
        {
          at: 'deployments/d: body.status.conditions*message',
          because: 'depends on when the set is seen',
        },
      ],
    },
    {
      name: 'a deployment is available when its pods are ready',
      since: '1.18',
      async run(api) {
        const path = api.in(`${APPS}/deployments`);
        await api.post(path, workload('Deployment', 'd', { replicas: 2 }), {
          quiet: true,
        });
        await api.count(api.in('pods'), 2);
        await readyPods(api);
        await api.settle(
          `${path}/d`,
          object => at(object, 'status', 'availableReplicas') === 2,
          { quiet: true },
        );
        await api.settle(
          `${path}/d`,
          object =>
            JSON.stringify(at(object, 'status', 'conditions') ?? '').includes(
              'NewReplicaSetAvailable',
            ),
          { view: statusOf },
        );
      },
    },
    {
      name: 'a deployment is rolled out within its surge, and its old set stays',
      since: '1.18',
      async run(api) {
        const path = api.in(`${APPS}/deployments`);
        await api.post(path, workload('Deployment', 'd', { replicas: 4 }), {
          quiet: true,
        });
        await api.count(api.in('pods'), 4);
        await readyPods(api);
        await api.settle(
          `${path}/d`,
          object => at(object, 'status', 'availableReplicas') === 4,
          { quiet: true },
        );
        await newImage(api, 'registry.example/box:2');
        await api.settle(
          `${path}/d`,
          object =>
            at(object, 'status', 'updatedReplicas') === 2 &&
            at(object, 'status', 'replicas') === 5 &&
            at(object, 'status', 'observedGeneration') === 2,
          {
            view: object => {
              const status = statusOf(object);
              return ['replicas', 'updatedReplicas', 'unavailableReplicas'].map(
                key => at(status, key) ?? 0,
              );
            },
          },
        );
        await playKubelet(api, complete);
        await api.settle(`${path}/d`, complete, {
          view: object => at(object, 'metadata', 'annotations'),
        });
        const { body } = await api.get(api.in(`${APPS}/replicasets`), {
          quiet: true,
        });
        api.note(
          'replica sets',
          itemsOf(body)
            .map(item => ({
              revision: String(
                at(
                  item,
                  'metadata',
                  'annotations',
                  'deployment.kubernetes.io/revision',
                ),
              ),
              replicas: at(item, 'spec', 'replicas'),
            }))
            .sort((a, b) => a.revision.localeCompare(b.revision)),
        );
      },
    },
    {
      name: 'a deployment that is undone takes its old set again, with a new revision',
      since: '1.18',
      async run(api) {
        const path = api.in(`${APPS}/deployments`);
        const image = (tag: string) =>
          api.patch(
            `${path}/d`,
            {
              spec: {
                template: {
                  spec: {
                    containers: [
                      { name: 'box', image: `registry.example/box:${tag}` },
                    ],
                  },
                },
              },
            },
            { type: 'strategic-merge-patch+json', quiet: true },
          );
        const revision = (wanted: string) =>
          api.settle(
            `${path}/d`,
            object =>
              at(
                object,
                'metadata',
                'annotations',
                'deployment.kubernetes.io/revision',
              ) === wanted,
            { view: object => at(object, 'metadata', 'annotations') },
          );
        await api.post(path, workload('Deployment', 'd', { replicas: 0 }), {
          quiet: true,
        });
        await revision('1');
        await image('2');
        await revision('2');
        await image('1');
        await revision('3');
        const { body } = await api.get(api.in(`${APPS}/replicasets`), {
          quiet: true,
        });
        api.note(
          'annotations',
          itemsOf(body)
            .map(item => ({
              revision: '',
              ...asObject(at(item, 'metadata', 'annotations') ?? {}),
            }))
            .sort((a, b) =>
              JSON.stringify(Object.values(a).sort()).localeCompare(
                JSON.stringify(Object.values(b).sort()),
              ),
            ),
        );
      },
    },
    {
      name: 'old replica sets beyond the limit go',
      since: '1.18',
      async run(api) {
        const path = api.in(`${APPS}/deployments`);
        await api.post(
          path,
          workload('Deployment', 'd', { replicas: 0, revisionHistoryLimit: 1 }),
          { quiet: true },
        );
        for (const [index, tag] of ['2', '3', '4'].entries()) {
          await api.settle(
            `${path}/d`,
            object =>
              at(
                object,
                'metadata',
                'annotations',
                'deployment.kubernetes.io/revision',
              ) === String(index + 1),
            { quiet: true },
          );
          await api.patch(
            `${path}/d`,
            {
              spec: {
                template: {
                  spec: { containers: [{ name: 'box', image: `b:${tag}` }] },
                },
              },
            },
            { type: 'strategic-merge-patch+json', quiet: true },
          );
        }
        await api.settle(
          `${path}/d`,
          object =>
            at(
              object,
              'metadata',
              'annotations',
              'deployment.kubernetes.io/revision',
            ) === '4',
          { quiet: true },
        );
        const items = await api.count(api.in(`${APPS}/replicasets`), 2);
        api.note(
          'revisions',
          items
            .map(item =>
              String(
                at(
                  item,
                  'metadata',
                  'annotations',
                  'deployment.kubernetes.io/revision',
                ),
              ),
            )
            .sort(),
        );
      },
    },
    {
      name: 'a paused deployment is scaled but not rolled out',
      since: '1.18',
      async run(api) {
        const path = api.in(`${APPS}/deployments`);
        await api.post(path, workload('Deployment', 'd', { replicas: 1 }), {
          quiet: true,
        });
        await api.count(api.in('pods'), 1);
        await api.patch(
          `${path}/d`,
          {
            spec: {
              paused: true,
              replicas: 2,
              template: { metadata: { labels: { more: 'x' } } },
            },
          },
          { quiet: true },
        );
        await api.count(api.in('pods'), 2);
        await api.settle(
          `${path}/d`,
          object =>
            JSON.stringify(at(object, 'status', 'conditions') ?? '').includes(
              'DeploymentPaused',
            ) && at(object, 'status', 'replicas') === 2,
          {
            view: object => ({
              updated: at(object, 'status', 'updatedReplicas') ?? 'none',
              conditions: conditionsOf(at(object, 'status', 'conditions')),
            }),
          },
        );
        await counted(api, `${APPS}/replicasets`, {
          count: 1,
          view: item => at(item, 'spec', 'replicas'),
        });
      },
    },
    {
      name: 'recreating ends the old pods before it makes new ones',
      since: '1.18',
      async run(api) {
        const path = api.in(`${APPS}/deployments`);
        await api.post(
          path,
          workload('Deployment', 'd', {
            replicas: 2,
            strategy: { type: 'Recreate' },
          }),
          { quiet: true },
        );
        const before = await api.count(api.in('pods'), 2);
        await api.patch(
          `${path}/d`,
          { spec: { template: { metadata: { labels: { more: 'x' } } } } },
          { quiet: true },
        );
        await api.settle(
          `${path}/d`,
          object =>
            at(object, 'status', 'observedGeneration') === 2 &&
            at(object, 'status', 'updatedReplicas') === 2 &&
            at(object, 'status', 'replicas') === 2,
          { quiet: true },
        );
        const after = await api.count(api.in('pods'), 2);
        const names = before.map(item => at(item, 'metadata', 'name'));
        api.note(
          'all new',
          after.every(item => !names.includes(at(item, 'metadata', 'name'))),
        );
      },
    },
    {
      name: 'a deployment that makes no progress in its time says so',
      since: '1.18',
      async run(api) {
        const path = api.in(`${APPS}/deployments`);
        await api.post(
          path,
          workload('Deployment', 'd', {
            replicas: 1,
            progressDeadlineSeconds: 2,
          }),
          { quiet: true },
        );
        await api.settle(
          `${path}/d`,
          object =>
            JSON.stringify(at(object, 'status', 'conditions') ?? '').includes(
              'ProgressDeadlineExceeded',
            ),
          { view: object => conditionsOf(at(object, 'status', 'conditions')) },
        );
      },
    },
  ],
};

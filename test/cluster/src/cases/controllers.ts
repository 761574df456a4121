// SPDX-License-Identifier: Apache-2.0
import type { ContractArea } from '../ContractCase';
import { at, isJsonObject, itemsOf, type Json } from '../Json';
import type { Session } from '../Session';
import { BOX, job, POD_SPEC, service, workload } from './objects';

const APPS = 'apps/v1';

function gone(object: Json | undefined): boolean {
  return object === undefined;
}

function statusOf(object: Json): Json {
  const status = at(object, 'status');
  if (!isJsonObject(status)) return 'none';
  const { conditions, ...rest } = status;
  return { ...rest, conditions: conditionsOf(conditions) };
}

/** Conditions in the order of their types, which no one promises. */
function conditionsOf(value: Json | undefined): Json {
  const conditions = Array.isArray(value) ? value : [];
  return conditions
    .map(condition => ({
      type: String(at(condition, 'type')),
      status: at(condition, 'status'),
      reason: at(condition, 'reason'),
      message: at(condition, 'message'),
    }))
    .sort((a, b) => a.type.localeCompare(b.type));
}

/** Waits until a collection has as many objects as wanted, and shows them in the order of their names. */
async function counted(
  api: Session,
  resource: string,
  { count, view }: { count: number; view: (item: Json) => Json | undefined },
): Promise<readonly Json[]> {
  const items = await api.count(api.in(resource), count);
  api.note(
    `${resource}`,
    items.map(item => view(item) ?? 'none'),
  );
  return items;
}

function made(item: Json): Json {
  return {
    name: at(item, 'metadata', 'name'),
    labels: at(item, 'metadata', 'labels'),
    owners: at(item, 'metadata', 'ownerReferences'),
  };
}

/** Plays the kubelet: every pod of the namespace is ready. */
async function readyPods(api: Session): Promise<void> {
  const { body } = await api.get(api.in('pods'), { quiet: true });
  for (const item of itemsOf(body)) {
    const name = String(at(item, 'metadata', 'name'));
    if (at(item, 'metadata', 'deletionTimestamp') !== undefined) continue;
    await api.patch(
      `${api.in('pods', name)}/status`,
      {
        status: {
          phase: 'Running',
          podIP: '192.0.2.7',
          podIPs: [{ ip: '192.0.2.7' }],
          conditions: [
            {
              type: 'Ready',
              status: 'True',
              lastTransitionTime: new Date().toISOString().replace(/\.\d+/, ''),
            },
          ],
        },
      },
      { quiet: true },
    );
  }
}

async function ended(api: Session, phase: string): Promise<void> {
  const { body } = await api.get(api.in('pods'), { quiet: true });
  for (const item of itemsOf(body))
    if (at(item, 'status', 'phase') === 'Pending')
      await api.patch(
        `${api.in('pods', String(at(item, 'metadata', 'name')))}/status`,
        { status: { phase } },
        { quiet: true },
      );
}

function replicas(count: number) {
  return (object: Json | undefined) =>
    (at(object, 'status', 'replicas') ?? 0) === count &&
    at(object, 'status', 'observedGeneration') ===
      at(object, 'metadata', 'generation');
}

export const controllers: ContractArea = {
  area: 'controllers',
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
            JSON.stringify(at(object, 'status', 'conditions')).includes(
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
        await api.patch(
          `${path}/d`,
          {
            spec: {
              template: {
                spec: { containers: [{ name: 'box', image: 'registry.example/box:2' }] },
              },
            },
          },
          { type: 'strategic-merge-patch+json', quiet: true },
        );
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
        for (let turn = 0; turn < 6; turn += 1) {
          await readyPods(api);
          const settled = await api.settle(
            `${path}/d`,
            object =>
              (Number(at(object, 'status', 'updatedReplicas') ?? 0) >=
                Math.min(4, 2 + turn) &&
                at(object, 'status', 'unavailableReplicas') !== undefined) ||
              at(object, 'status', 'updatedReplicas') === 4,
            { quiet: true },
          );
          if (at(settled, 'status', 'replicas') === 4) break;
        }
        await readyPods(api);
        await api.settle(
          `${path}/d`,
          object =>
            at(object, 'status', 'availableReplicas') === 4 &&
            at(object, 'status', 'replicas') === 4 &&
            at(object, 'status', 'updatedReplicas') === 4,
          { view: object => at(object, 'metadata', 'annotations') },
        );
        const { body } = await api.get(api.in(`${APPS}/replicasets`), {
          quiet: true,
        });
        api.note(
          'replica sets',
          itemsOf(body)
            .map(item => ({
              revision: String(
                at(item, 'metadata', 'annotations', 'deployment.kubernetes.io/revision'),
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
                  spec: { containers: [{ name: 'box', image: `registry.example/box:${tag}` }] },
                },
              },
            },
            { type: 'strategic-merge-patch+json', quiet: true },
          );
        const revision = (wanted: string) =>
          api.settle(
            `${path}/d`,
            object =>
              at(object, 'metadata', 'annotations', 'deployment.kubernetes.io/revision') === wanted,
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
            .map(item => JSON.stringify(at(item, 'metadata', 'annotations')))
            .sort(),
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
              at(object, 'metadata', 'annotations', 'deployment.kubernetes.io/revision') ===
              String(index + 1),
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
            at(object, 'metadata', 'annotations', 'deployment.kubernetes.io/revision') === '4',
          { quiet: true },
        );
        const items = await api.count(api.in(`${APPS}/replicasets`), 2);
        api.note(
          'revisions',
          items
            .map(item =>
              String(at(item, 'metadata', 'annotations', 'deployment.kubernetes.io/revision')),
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
            JSON.stringify(at(object, 'status', 'conditions')).includes('DeploymentPaused') &&
            at(object, 'status', 'replicas') === 2,
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
          workload('Deployment', 'd', { replicas: 1, progressDeadlineSeconds: 2 }),
          { quiet: true },
        );
        await api.settle(
          `${path}/d`,
          object =>
            JSON.stringify(at(object, 'status', 'conditions')).includes(
              'ProgressDeadlineExceeded',
            ),
          { view: object => conditionsOf(at(object, 'status', 'conditions')) },
        );
      },
    },
    {
      name: 'a replica set adopts orphans that fit, and releases pods that no longer do',
      since: '1.18',
      async run(api) {
        await api.post(
          api.in('pods'),
          {
            apiVersion: 'v1',
            kind: 'Pod',
            metadata: { name: 'orphan', labels: { app: 'r' } },
            spec: POD_SPEC,
          },
          { quiet: true },
        );
        await api.post(
          api.in(`${APPS}/replicasets`),
          workload('ReplicaSet', 'r', { replicas: 1 }),
          { quiet: true },
        );
        await api.settle(
          api.in('pods', 'orphan'),
          object => at(object, 'metadata', 'ownerReferences') !== undefined,
          { view: object => at(object, 'metadata', 'ownerReferences') },
        );
        await api.patch(
          api.in('pods', 'orphan'),
          { metadata: { labels: { app: 'other' } } },
          { quiet: true },
        );
        await api.settle(
          api.in('pods', 'orphan'),
          object => at(object, 'metadata', 'ownerReferences') === undefined,
          { view: object => at(object, 'metadata', 'labels') },
        );
        await api.count(api.in('pods'), 2);
        await api.settle(
          api.in(`${APPS}/replicasets`, 'r'),
          object => at(object, 'status', 'replicas') === 1,
          { view: statusOf },
        );
      },
    },
    {
      name: 'a stateful set makes its pods one after the other, with claims that stay',
      since: '1.18',
      async run(api) {
        const path = api.in(`${APPS}/statefulsets`);
        await api.post(
          path,
          workload('StatefulSet', 's', {
            replicas: 2,
            volumeClaimTemplates: [
              {
                metadata: { name: 'data' },
                spec: {
                  accessModes: ['ReadWriteOnce'],
                  resources: { requests: { storage: '1Gi' } },
                },
              },
            ],
          }),
          { quiet: true },
        );
        await counted(api, 'pods', {
          count: 1,
          view: item => ({
            ...asObject(made(item)),
            hostname: at(item, 'spec', 'hostname'),
            subdomain: at(item, 'spec', 'subdomain'),
            volumes: at(item, 'spec', 'volumes'),
          }),
        });
        await readyPods(api);
        await counted(api, 'pods', {
          count: 2,
          view: item => at(item, 'metadata', 'name'),
        });
        await readyPods(api);
        await api.settle(
          `${path}/s`,
          object => at(object, 'status', 'readyReplicas') === 2,
          { view: statusOf },
        );
        await api.patch(`${path}/s`, { spec: { replicas: 0 } }, { quiet: true });
        await api.count(api.in('pods'), 0);
        await counted(api, 'persistentvolumeclaims', {
          count: 2,
          view: item => ({
            name: at(item, 'metadata', 'name'),
            labels: at(item, 'metadata', 'labels'),
            owners: at(item, 'metadata', 'ownerReferences') ?? 'none',
            status: at(item, 'status'),
          }),
        });
      },
      meant: [
        {
          at: 'body[0].labels.apps.kubernetes.io/pod-index',
          because: 'came with 1.28',
        },
      ],
    },
    {
      name: 'a parallel stateful set makes all its pods at once',
      since: '1.18',
      async run(api) {
        await api.post(
          api.in(`${APPS}/statefulsets`),
          workload('StatefulSet', 's', {
            replicas: 3,
            podManagementPolicy: 'Parallel',
          }),
          { quiet: true },
        );
        await counted(api, 'pods', {
          count: 3,
          view: item => at(item, 'metadata', 'name'),
        });
      },
    },
    {
      name: 'a stateful set keeps its revisions',
      since: '1.18',
      async run(api) {
        const path = api.in(`${APPS}/statefulsets`);
        await api.post(path, workload('StatefulSet', 's', { replicas: 0 }), {
          quiet: true,
        });
        await api.settle(
          `${path}/s`,
          object => at(object, 'status', 'updateRevision') !== undefined,
          { quiet: true },
        );
        await api.patch(
          `${path}/s`,
          { spec: { template: { metadata: { labels: { more: 'x' } } } } },
          { quiet: true },
        );
        await counted(api, `${APPS}/controllerrevisions`, {
          count: 2,
          view: item => ({
            revision: at(item, 'revision'),
            owners: at(item, 'metadata', 'ownerReferences'),
            data: at(item, 'data', 'spec', 'template', 'metadata', 'labels'),
          }),
        });
      },
      meant: [{ at: 'body', because: 'their names are hashes: any order' }],
    },
    {
      name: 'a daemon set without nodes wants no pods',
      since: '1.18',
      async run(api) {
        const path = api.in(`${APPS}/daemonsets`);
        await api.post(path, workload('DaemonSet', 'd'), { quiet: true });
        await api.settle(
          `${path}/d`,
          object => at(object, 'status', 'observedGeneration') === 1,
          { view: statusOf },
        );
      },
    },
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
          at: 'status*SuccessCriteriaMet*',
          because: 'came with 1.31',
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
      name: 'a service has the addresses of its ready pods as endpoints',
      since: '1.18',
      async run(api) {
        await api.post(api.in('services'), service('r'), { quiet: true });
        await api.post(
          api.in(`${APPS}/replicasets`),
          workload('ReplicaSet', 'r', { replicas: 1 }),
          { quiet: true },
        );
        await api.count(api.in('pods'), 1);
        await readyPods(api);
        await api.settle(
          api.in('endpoints', 'r'),
          object => at(object, 'subsets', 0, 'addresses') !== undefined,
          {
            view: object => ({
              labels: at(object, 'metadata', 'labels') ?? 'none',
              subsets: at(object, 'subsets'),
            }),
          },
        );
        await api.delete(api.in('services', 'r'), undefined, { quiet: true });
        await api.settle(api.in('endpoints', 'r'), gone);
      },
      meant: [
        {
          at: 'body.labels*',
          because: 'endpoints have the label managed-by since 1.33 only',
        },
      ],
    },
    {
      name: 'a service without ready pods has endpoints that are not ready',
      since: '1.18',
      async run(api) {
        await api.post(api.in('services'), service('r'), { quiet: true });
        await api.settle(
          api.in('endpoints', 'r'),
          object => object !== undefined,
          { view: object => at(object, 'subsets') ?? 'none' },
        );
      },
    },
    {
      name: 'a budget counts healthy pods, and an eviction keeps to it',
      since: '1.18',
      async run(api) {
        await api.post(
          api.in(`${APPS}/replicasets`),
          workload('ReplicaSet', 'r', { replicas: 2 }),
          { quiet: true },
        );
        const pods = await api.count(api.in('pods'), 2);
        await readyPods(api);
        const version = await budgetVersion(api);
        const path = api.in(`policy/${version}/poddisruptionbudgets`);
        await api.post(
          path,
          {
            apiVersion: `policy/${version}`,
            kind: 'PodDisruptionBudget',
            metadata: { name: 'b' },
            spec: { minAvailable: 1, selector: { matchLabels: { app: 'r' } } },
          },
          { quiet: true },
        );
        await api.settle(
          `${path}/b`,
          object => at(object, 'status', 'currentHealthy') === 2,
          {
            view: object =>
              [
                'currentHealthy',
                'desiredHealthy',
                'disruptionsAllowed',
                'expectedPods',
              ].map(key => at(object, 'status', key) ?? 'none'),
          },
        );
        const evict = async (pod: Json) => {
          const name = String(at(pod, 'metadata', 'name'));
          const answer = await api.post(
            `${api.in('pods', name)}/eviction`,
            {
              apiVersion: `policy/${version}`,
              kind: 'Eviction',
              metadata: { name, namespace: api.ns },
            },
            { quiet: true },
          );
          api.note('eviction', {
            status: answer.status,
            kind: at(answer.body, 'kind'),
            verdict: at(answer.body, 'status'),
            reason: at(answer.body, 'reason') ?? 'none',
            message: at(answer.body, 'message') ?? 'none',
            causes: at(answer.body, 'details', 'causes') ?? 'none',
          });
        };
        await evict(pods[0]);
        await evict(pods[1]);
      },
    },
    {
      name: 'controllers tell what they do in events',
      since: '1.20',
      async run(api) {
        await api.post(
          api.in(`${APPS}/deployments`),
          workload('Deployment', 'd', { replicas: 1 }),
          { quiet: true },
        );
        const items = await api.count(api.in('events'), 2);
        api.note(
          'events',
          items
            .map(item => ({
              reason: String(at(item, 'reason')),
              message: at(item, 'message'),
              type: at(item, 'type'),
              source: at(item, 'source'),
              kind: at(item, 'involvedObject', 'kind'),
              count: at(item, 'count'),
            }))
            .sort((a, b) => a.reason.localeCompare(b.reason)),
        );
      },
    },
    {
      name: 'a claim without a class or a volume waits',
      since: '1.18',
      async run(api) {
        await api.post(
          api.in('persistentvolumeclaims'),
          {
            apiVersion: 'v1',
            kind: 'PersistentVolumeClaim',
            metadata: { name: 'c' },
            spec: {
              accessModes: ['ReadWriteOnce'],
              resources: { requests: { storage: '1Gi' } },
            },
          },
          {
            view: body => ({
              finalizers: at(body, 'metadata', 'finalizers'),
              status: at(body, 'status'),
            }),
          },
        );
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

/** The newest version of budgets that the server has. */
async function budgetVersion(api: Session): Promise<string> {
  const { status } = await api.get('/apis/policy/v1', { quiet: true });
  return status === 200 ? 'v1' : 'v1beta1';
}

function asObject(value: Json): { [key: string]: Json | undefined } {
  return isJsonObject(value) ? { ...value } : {};
}

// SPDX-License-Identifier: Apache-2.0
import type { ContractArea } from '../ContractCase';
import { at, type Json } from '../Json';
import type { Session } from '../Session';
import { POD_SPEC, service, workload } from './objects';
import { APPS, gone, readyPods, budgetVersion } from './controlling';

/** Asks to evict a pod and notes the verdict. */
async function evicted(api: Session, pod: Json, version: string) {
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
}

export const services: ContractArea = {
  area: 'services',
  cases: [
    {
      name: 'a service has the addresses of its ready pods as endpoints',
      since: '1.18',
      async run(api) {
        await api.post(api.in('services'), service('r'), { quiet: true });
        await api.post(
          api.in(`${APPS}/replicasets`),
          workload('ReplicaSet', 'r', {
            replicas: 1,
            template: {
              metadata: { labels: { app: 'r' } },
              spec: { ...POD_SPEC, nodeName: 'nowhere' },
            },
          }),
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
          at: 'targetRef.resourceVersion',
          because: 'left out since 1.21',
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
        const evict = (one: Json) => evicted(api, one, version);
        await evict(pods[0]);
        await api.settle(
          `${path}/b`,
          object =>
            at(object, 'status', 'currentHealthy') === 1 &&
            at(object, 'status', 'disruptionsAllowed') === 0,
          { quiet: true },
        );
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
      meant: [
        {
          at: 'events: body[0].message',
          because: 'newer servers tell from how many it was scaled',
        },
      ],
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
  ],
};

// SPDX-License-Identifier: Apache-2.0
import type { ContractArea } from '../ContractCase';
import { at } from '../Json';
import { POD_SPEC, workload } from './objects';
import {
  APPS,
  statusOf,
  counted,
  made,
  readyPods,
  asObject,
} from './controlling';

export const controllers: ContractArea = {
  area: 'controllers',
  cases: [
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
        await api.patch(
          `${path}/s`,
          { spec: { replicas: 0 } },
          { quiet: true },
        );
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
      meant: [{ at: 'availableReplicas', because: 'came with 1.22' }],
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
        const items = await api.count(api.in(`${APPS}/controllerrevisions`), 2);
        api.note(
          'revisions',
          items
            .map(item => ({
              revision: Number(at(item, 'revision')),
              owners: at(item, 'metadata', 'ownerReferences'),
              data: at(item, 'data', 'spec', 'template', 'metadata', 'labels'),
            }))
            .sort((a, b) => a.revision - b.revision),
        );
      },
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
  ],
};

// SPDX-License-Identifier: Apache-2.0
import fc from 'fast-check';
import {
  containerObject,
  controlledBy,
  createFakeClusterView,
  deploymentObject,
  persistentVolumeClaimObject,
  podObject,
  replicaSetObject,
  resourceQuotaObject,
  statefulSetObject,
  type FakeObjects,
} from '../informers/testing';
import { collectPods } from './collectPods';
import { deriveQuota } from './deriveQuota';
import { podRequests } from './podRequests';

const quotaOf = (objects: FakeObjects, namespaces = ['shop']) => {
  const { listers } = createFakeClusterView({ objects });
  return deriveQuota(listers, namespaces, collectPods(listers, namespaces));
};
const web = deploymentObject({ name: 'web' });
const set = replicaSetObject({ name: 'web-1', controller: controlledBy(web) });
const db = statefulSetObject({ name: 'db' });
const cores = (cpu: number) => [containerObject({ requests: { cpu } })];
const pods = [
  podObject({
    name: 'web-1-a',
    controller: controlledBy(set),
    containers: cores(0.1),
  }),
  podObject({
    name: 'web-1-b',
    controller: controlledBy(set),
    containers: cores(0.2),
  }),
  podObject({
    name: 'db-0',
    controller: controlledBy(db),
    containers: cores(2),
  }),
  podObject({ name: 'done', phase: 'Succeeded', containers: cores(8) }),
];
const objects = {
  deployments: [web],
  replicasets: [set],
  statefulsets: [db],
  pods,
};

describe('deriveQuota', () => {
  it('gives used and hard in base units with the workloads that use it, largest first', () => {
    const resourcequotas = [
      resourceQuotaObject({
        hard: { 'requests.cpu': '4', pods: '10' },
        used: { 'requests.cpu': '2300m', pods: '3' },
      }),
    ];
    expect(quotaOf({ ...objects, resourcequotas })).toEqual([
      {
        resource: 'pods',
        unit: 'count',
        used: 3,
        hard: 10,
        percent: 30,
        consumers: [
          { workload: 'Deployment/web', used: 2 },
          { workload: 'StatefulSet/db', used: 1 },
        ],
      },
      {
        resource: 'requests.cpu',
        unit: 'cores',
        used: 2.3,
        hard: 4,
        percent: 57.5,
        consumers: [
          { workload: 'StatefulSet/db', used: 2 },
          { workload: 'Deployment/web', used: 0.3 },
        ],
      },
    ]);
  });

  it('gives no percentage of nothing, and more than 100 where a quota was lowered', () => {
    const percents = (hard: string, used: string) =>
      quotaOf({
        resourcequotas: [
          resourceQuotaObject({ hard: { pods: hard }, used: { pods: used } }),
        ],
      }).map(({ percent }) => percent);
    expect(percents('0', '0')).toEqual([undefined]);
    expect(percents('2', '3')).toEqual([150]);
    expect(percents('3', '1')).toEqual([33.3]);
  });

  it('names the claims that use storage, of one storage class where the quota is about one', () => {
    const fast = 'fast.storageclass.storage.k8s.io/';
    const claim = (name: string, storageClass: string, requested: number) =>
      persistentVolumeClaimObject({ name, storageClass, requested });
    const used = {
      'requests.storage': '7',
      persistentvolumeclaims: '3',
      [`${fast}requests.storage`]: '6',
      [`${fast}persistentvolumeclaims`]: '2',
    };
    const lines = quotaOf({
      persistentvolumeclaims: [
        claim('small', 'fast', 2),
        claim('large', 'fast', 4),
        claim('other', 'slow', 1),
      ],
      resourcequotas: [resourceQuotaObject({ hard: used, used })],
    });
    const consumers = Object.fromEntries(
      lines.map(line => [
        line.resource,
        line.consumers.map(c => `${c.workload.split('/')[1]}=${c.used}`),
      ]),
    );
    expect(consumers).toEqual({
      'requests.storage': ['large=4', 'small=2', 'other=1'],
      persistentvolumeclaims: ['large=1', 'other=1', 'small=1'],
      [`${fast}requests.storage`]: ['large=4', 'small=2'],
      [`${fast}persistentvolumeclaims`]: ['large=1', 'small=1'],
    });
  });

  it('takes a quota for some pods only where none is for all, and then names nobody', () => {
    const scoped = resourceQuotaObject({
      name: 'urgent',
      scoped: true,
      hard: { pods: '1', 'requests.cpu': '1' },
      used: { pods: '1', 'requests.cpu': '1' },
    });
    const plain = resourceQuotaObject({
      name: 'all',
      hard: { pods: '10' },
      used: { pods: '3' },
    });
    for (const resourcequotas of [
      [scoped, plain],
      [plain, scoped],
    ]) {
      expect(quotaOf({ ...objects, resourcequotas })).toMatchObject([
        { resource: 'pods', hard: 10, consumers: [{}, {}] },
        { resource: 'requests.cpu', hard: 1, consumers: [] },
      ]);
    }
  });

  it('takes the quota with the least left where a namespace has several', () => {
    const quota = (name: string, hard: string, used: string) =>
      resourceQuotaObject({ name, hard: { pods: hard }, used: { pods: used } });
    expect(
      quotaOf({
        resourcequotas: [quota('a', '10', '3'), quota('b', '5', '3')],
      }),
    ).toMatchObject([{ hard: 5, used: 3 }]);
    expect(
      quotaOf({
        resourcequotas: [quota('b', '5', '3'), quota('a', '10', '3')],
      }),
    ).toMatchObject([{ hard: 5, used: 3 }]);
  });

  it('sums the namespaces of an environment', () => {
    const quota = (namespace: string) =>
      resourceQuotaObject({
        namespace,
        hard: { 'limits.memory': '1Gi' },
        used: { 'limits.memory': '256Mi' },
      });
    expect(
      quotaOf({ resourcequotas: [quota('shop'), quota('shop-2')] }, [
        'shop',
        'shop-2',
      ]),
    ).toMatchObject([
      { unit: 'bytes', hard: 2 * 1024 ** 3, used: 512 * 1024 ** 2 },
    ]);
  });

  it('leaves out what it cannot read, rather than showing a zero', () => {
    expect(
      quotaOf({
        resourcequotas: [
          resourceQuotaObject({
            hard: { pods: 'many', 'requests.cpu': '1' },
            used: { pods: '1' },
          }),
        ],
      }),
    ).toEqual([]);
  });

  it('names claims as the users of storage', () => {
    const persistentvolumeclaims = [
      persistentVolumeClaimObject({ name: 'small', requested: 1 }),
      persistentVolumeClaimObject({ name: 'big', requested: 5 }),
    ];
    const resourcequotas = [
      resourceQuotaObject({
        hard: { 'requests.storage': '10' },
        used: { 'requests.storage': '6' },
      }),
    ];
    expect(
      quotaOf({ persistentvolumeclaims, resourcequotas })[0]?.consumers,
    ).toEqual([
      { workload: 'PersistentVolumeClaim/big', used: 5 },
      { workload: 'PersistentVolumeClaim/small', used: 1 },
    ]);
  });
});

describe('podRequests', () => {
  const container = (role: 'main' | 'init' | 'sidecar', cpu?: number) =>
    containerObject({
      name: `${role}-${cpu}`,
      role,
      requests: cpu === undefined ? {} : { cpu },
    });
  const requestsOf = (...containers: ReturnType<typeof container>[]) =>
    podRequests(podObject({ containers }), 'requests', 'cpu');

  it('adds the main containers and the sidecars', () => {
    expect(
      requestsOf(
        container('sidecar', 1),
        container('main', 2),
        container('main', 3),
      ),
    ).toBe(6);
  });

  it('counts an init container only where it needs more than what runs later, with the sidecars started before it', () => {
    expect(requestsOf(container('init', 4), container('main', 2))).toBe(4);
    expect(
      requestsOf(
        container('sidecar', 1),
        container('init', 4),
        container('main', 2),
      ),
    ).toBe(5);
    expect(
      requestsOf(
        container('init', 4),
        container('sidecar', 1),
        container('main', 2),
      ),
    ).toBe(4);
  });

  it('counts a container without a request and a pod that ended for nothing', () => {
    expect(requestsOf(container('main'))).toBe(0);
    expect(podRequests(podObject({ phase: 'Failed' }), 'requests', 'cpu')).toBe(
      0,
    );
  });

  it('is never less than the main containers and never more than everything together', () => {
    const any = fc.record({
      role: fc.constantFrom('main', 'init', 'sidecar'),
      cpu: fc.integer({ min: 0, max: 100 }),
    });
    fc.assert(
      fc.property(fc.array(any), list => {
        const sum = (role?: string) =>
          list
            .filter(c => !role || c.role === role)
            .reduce((total, c) => total + c.cpu, 0);
        const requests = requestsOf(
          ...list.map(({ role, cpu }) => container(role, cpu)),
        );
        expect(requests).toBeGreaterThanOrEqual(sum('main') + sum('sidecar'));
        expect(requests).toBeLessThanOrEqual(sum());
      }),
    );
  });
});

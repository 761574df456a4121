// SPDX-License-Identifier: Apache-2.0
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ListSplitter } from '../../kube/ListSplitter';
import { readWatchLine } from '../../kube/watchLine';
import { Interner } from '../Interner';
import type { ObjectsByKind, WatchedKind } from '../objects';
import { projectionOf } from './projectionOf';

function recorded(name: string): readonly Buffer[] {
  const path = join(__dirname, '__fixtures__', `${name}.ndjson`);
  const lines = readFileSync(path, 'utf8').split('\n');
  return lines.filter(line => line !== '').map(line => Buffer.from(line));
}

/** The objects of a recorded list, by name, as a cluster’s cache would hold them. */
function listed<K extends WatchedKind>(kind: K) {
  const project = projectionOf(kind, new Interner());
  const objects: Record<string, ObjectsByKind[K]> = {};
  for (const page of recorded(`list-${kind}`)) {
    const splitter = new ListSplitter({
      maxBytes: 1_000_000,
      onOversize: () => undefined,
      onItem: json => {
        const object = project(json);
        objects[object.name] = object;
      },
    });
    splitter.push(page);
  }
  return objects;
}

function read<K extends WatchedKind>(kind: K, object: unknown) {
  const project = projectionOf(kind, new Interner());
  return project(Buffer.from(JSON.stringify(object)));
}

const metadata = {
  name: 'a',
  namespace: 'shop',
  uid: 'u',
  resourceVersion: '1',
};

const recordedKinds: readonly WatchedKind[] = [
  'namespaces',
  'pods',
  'deployments',
  'statefulsets',
  'daemonsets',
  'replicasets',
  'jobs',
  'cronjobs',
  'services',
  'ingresses',
  'horizontalpodautoscalers',
  'persistentvolumeclaims',
  'resourcequotas',
  'limitranges',
  'networkpolicies',
  'rolebindings',
  'events',
];

it.each(recordedKinds)('reads every recorded object of %s', kind => {
  const objects = Object.values(listed(kind));
  expect(objects.length).toBeGreaterThan(0);
  for (const object of objects) {
    expect(object.uid).toMatch(/^[0-9a-f-]{36}$/);
    expect(object.namespace).toBe(kind === 'namespaces' ? '' : 'bazaar-prod');
    expect(JSON.stringify(object)).not.toContain('managedFields');
    expect(JSON.stringify(object)).not.toContain('last-applied');
  }
});

it('keeps of a crashing pod why it crashes', () => {
  const pod = listed('pods')['worker-657d97d6c7-qbjwc'];
  expect(pod).toMatchObject({
    kind: 'Pod',
    phase: 'Running',
    node: expect.stringMatching(/^node/),
    controller: { kind: 'ReplicaSet', name: 'worker-657d97d6c7' },
  });
  expect(pod?.containers).toEqual([
    expect.objectContaining({
      name: 'main',
      role: 'main',
      ready: false,
      restarts: 5,
      state: 'waiting',
      reason: 'CrashLoopBackOff',
      requests: { cpu: 0.005, memory: 8 * 1024 ** 2 },
      limits: { cpu: 0.1, memory: 64 * 1024 ** 2 },
      lastExit: expect.objectContaining({ code: 1, reason: 'Error' }),
    }),
  ]);
});

it('keeps of a finished pod its exit', () => {
  const [container] = listed('pods')['init-data-nn6kv']?.containers ?? [];
  expect(container).toMatchObject({
    state: 'terminated',
    reason: 'Completed',
    exitCode: 0,
    since: expect.any(String),
  });
});

it('tells init containers, sidecars and ephemeral containers apart', () => {
  const pod = read('pods', {
    metadata,
    spec: {
      initContainers: [
        { name: 'wait', image: 'i' },
        { name: 'proxy', image: 'p', restartPolicy: 'Always' },
      ],
      containers: [{ name: 'main', image: 'm' }],
      ephemeralContainers: [{ name: 'debug', image: 'd' }],
    },
    status: {
      initContainerStatuses: [
        {
          name: 'proxy',
          ready: true,
          restartCount: 2,
          state: { running: { startedAt: 't' } },
        },
      ],
    },
  });
  expect(
    pod.containers.map(c => [c.name, c.role, c.state, c.restarts]),
  ).toEqual([
    ['wait', 'init', 'waiting', 0],
    ['proxy', 'sidecar', 'running', 2],
    ['main', 'main', 'waiting', 0],
    ['debug', 'ephemeral', 'waiting', 0],
  ]);
});

it('reads the counts of each kind of workload', () => {
  expect(listed('deployments').web).toMatchObject({
    updateStrategy: 'RollingUpdate',
    images: [expect.stringContaining('busybox')],
  });
  expect(listed('statefulsets').db).toMatchObject({
    replicas: 1,
    readyReplicas: 1,
    currentReplicas: 1,
    partition: 0,
  });
  expect(listed('daemonsets').agent).toMatchObject({
    replicas: 1,
    readyReplicas: 1,
    currentReplicas: 1,
  });
});

it('reads quotas, claims, autoscalers and bindings', () => {
  expect(Object.values(listed('resourcequotas'))[0]).toMatchObject({
    hard: { pods: '30', 'requests.cpu': '1', 'requests.memory': '1Gi' },
    used: { pods: '6' },
  });
  expect(Object.values(listed('persistentvolumeclaims'))[0]).toMatchObject({
    phase: 'Pending',
    requested: 1024 ** 3,
    storageClass: 'fast-ssd',
  });
  expect(listed('horizontalpodautoscalers').web).toMatchObject({
    target: { kind: 'Deployment', name: 'web' },
    minReplicas: 1,
    maxReplicas: 3,
  });
  expect(
    Object.values(listed('rolebindings'))[0]?.subjects.length,
  ).toBeGreaterThan(0);
});

it('reads when and how often an event was seen, in the old form and the new', () => {
  const times = { firstTimestamp: 't1', lastTimestamp: 't2', count: 3 };
  expect(read('events', { metadata, ...times })).toMatchObject({
    firstSeen: 't1',
    lastSeen: 't2',
    count: 3,
  });
  const series = {
    eventTime: 't3',
    count: null,
    firstTimestamp: null,
    lastTimestamp: null,
    series: { count: 7, lastObservedTime: 't4' },
  };
  expect(read('events', { metadata, ...series })).toMatchObject({
    firstSeen: 't3',
    lastSeen: 't4',
    count: 7,
  });
});

it('reads health and sync of an Argo CD Application as conditions', () => {
  const application = read('applications', {
    metadata,
    status: {
      health: { status: 'Degraded', message: 'm' },
      sync: { status: 'OutOfSync' },
    },
  });
  expect(application.phase).toBe('Degraded');
  expect(application.conditions).toEqual([
    { type: 'Healthy', status: 'False', reason: 'Degraded', message: 'm' },
    { type: 'Synced', status: 'False', reason: 'OutOfSync', message: '' },
  ]);
});

it.each(['helmreleases', 'kustomizations'] as const)(
  'reads that one of the %s is suspended',
  kind => {
    const suspended = (spec: object) =>
      read(kind, { metadata, spec }).suspended;
    expect(suspended({ suspend: true })).toBe(true);
    expect(suspended({ suspend: false })).toBeFalsy();
    expect(suspended({ suspend: 'yes' })).toBeFalsy();
    expect(suspended({})).toBeFalsy();
  },
);

it('keeps only the annotations that the product reads, but all short ones of a namespace', () => {
  const annotations = {
    'tenantry.dev/note': 'n',
    'deployment.kubernetes.io/revision': '3',
    'team.example.com/owner': 'x',
    'kubectl.kubernetes.io/last-applied-configuration': '{}',
    'big.example.com/data': 'x'.repeat(2_000),
  };
  const object = { metadata: { ...metadata, annotations } };
  expect(Object.keys(read('deployments', object).annotations)).toEqual([
    'tenantry.dev/note',
    'deployment.kubernetes.io/revision',
  ]);
  expect(Object.keys(read('namespaces', object).annotations)).toEqual([
    'tenantry.dev/note',
    'deployment.kubernetes.io/revision',
    'team.example.com/owner',
  ]);
});

it('is not harmed by hostile objects', () => {
  const labels = Object.fromEntries(
    Array.from({ length: 100_000 }, (_, i) => [`k${i}`, 'v']),
  );
  const json = JSON.stringify({
    metadata: { ...metadata, labels },
    status: { phase: 'x'.repeat(1_000_000), conditions: 'none', nested: {} },
    spec: { containers: [null, 7, { name: {} }] },
  }).replace(
    '"nested":{}',
    `"nested":${'['.repeat(50_000)}${']'.repeat(
      50_000,
    )},"__proto__":{"polluted":true}`,
  );
  const pod = projectionOf('pods', new Interner())(Buffer.from(json));
  expect(Object.keys(pod.labels)).toHaveLength(256);
  expect(pod.phase.length).toBeLessThan(3_000);
  expect(pod.containers).toHaveLength(3);
  expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
});

it.each([{}, { metadata: {} }, { metadata: { name: 'a', uid: 'u' } }, null, 7])(
  'refuses what is no object of the kind: %j',
  object => {
    expect(() => read('pods', object)).toThrow();
  },
);

it('shares what many objects have in common', () => {
  const pods = Object.values(listed('pods')).filter(pod =>
    pod.name.startsWith('web-'),
  );
  const [first, second] = pods;
  expect(first?.labels).toBe(second?.labels);
});

it('reads every object of a recorded watch', () => {
  const project = projectionOf('pods', new Interner());
  const lines = recorded('watch-pods').map(readWatchLine);
  const objects = lines.filter(({ type }) => type !== 'BOOKMARK');
  const kinds = new Set(objects.map(({ object }) => project(object).kind));
  expect([...kinds]).toEqual(['Pod']);
  const types = new Set(objects.map(({ type }) => type));
  expect([...types]).toEqual(expect.arrayContaining(['ADDED', 'MODIFIED']));
});

it('keeps of a network policy whom it selects and whom it lets through', () => {
  const spec = {
    podSelector: {
      matchExpressions: [{ key: 'app', operator: 'In', values: ['a', 'b'] }],
    },
    ingress: [
      {
        from: [
          { podSelector: {} },
          { namespaceSelector: { matchLabels: { team: 'x' } } },
          { ipBlock: { cidr: '10.0.0.0/8', except: ['10.1.0.0/16'] } },
        ],
        ports: [{ port: 'http' }, { protocol: 'UDP', port: 53, endPort: 54 }],
      },
    ],
    egress: [{}],
  };
  const everything = { matchLabels: {}, matchExpressions: [] };
  expect(read('networkpolicies', { metadata, spec })).toMatchObject({
    podSelector: {
      matchLabels: {},
      matchExpressions: [{ key: 'app', operator: 'In', values: ['a', 'b'] }],
    },
    policyTypes: ['Ingress', 'Egress'],
    ingress: [
      {
        peers: [
          { podSelector: everything, namespaceSelector: undefined },
          { namespaceSelector: { matchLabels: { team: 'x' } } },
          { ipBlock: { cidr: '10.0.0.0/8', except: ['10.1.0.0/16'] } },
        ],
        ports: [
          { protocol: 'TCP', port: 'http' },
          { protocol: 'UDP', port: 53, endPort: 54 },
        ],
      },
    ],
    egress: [{ peers: [], ports: [] }],
  });
});

it.each([
  [{ policyTypes: ['Egress'] }, ['Egress']],
  [{}, ['Ingress']],
  [{ egress: [{}] }, ['Ingress', 'Egress']],
])('takes of a network policy %j the types %j', (spec, types) => {
  const { policyTypes } = read('networkpolicies', { metadata, spec });
  expect(policyTypes).toEqual(types);
});

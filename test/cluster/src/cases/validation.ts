// SPDX-License-Identifier: Apache-2.0
import type { ContractArea } from '../ContractCase';
import { BOX, configMap, job, pod, service, workload } from './objects';

export const validation: ContractArea = {
  area: 'validation',
  cases: [
    {
      name: 'a name that is no name is invalid',
      since: '1.18',
      async run(api) {
        await api.post(api.in('configmaps'), configMap('Upper_Case'));
        await api.post(api.in('pods'), pod('-dash'));
        await api.post(api.in('services'), service('1service'));
        await api.post(api.in('configmaps'), configMap('a'.repeat(254)));
        await api.post(api.path('namespaces'), {
          apiVersion: 'v1',
          kind: 'Namespace',
          metadata: { name: 'has.dot' },
        });
      },
    },
    {
      name: 'labels and annotations are checked',
      since: '1.18',
      async run(api) {
        const maps = api.in('configmaps');
        const labels = {
          'a b': 'c',
          fine: 'not fine',
          [`x/${'y'.repeat(70)}`]: 'z',
        };
        await api.post(maps, configMap('one', {}, { labels: { 'a b': 'c' } }));
        await api.post(
          maps,
          configMap('one', {}, { labels: { fine: labels.fine } }),
        );
        await api.post(maps, configMap('one', { 'a/b': 'c' }));
        await api.post(
          maps,
          configMap('one', {}, { annotations: { 'a b': 'c' } }),
        );
        await api.post(
          maps,
          configMap('one', {}, { finalizers: ['unqualified'] }),
        );
        await api.post(
          maps,
          configMap(
            'one',
            {},
            {
              ownerReferences: [{ apiVersion: 'v1', kind: 'Pod', name: 'p' }],
            },
          ),
        );
      },
    },
    {
      name: 'the selector of a workload fits its template and does not change',
      since: '1.18',
      meant: [
        {
          at: '/statefulsets/w: body.*message',
          because: 'newer versions name more fields that may change',
        },
      ],
      async run(api) {
        for (const [plural, kind] of [
          ['deployments', 'Deployment'],
          ['replicasets', 'ReplicaSet'],
          ['statefulsets', 'StatefulSet'],
          ['daemonsets', 'DaemonSet'],
        ]) {
          const path = api.in(`apps/v1/${plural}`);
          await api.post(
            path,
            workload(kind, 'w', { selector: { matchLabels: { app: 'x' } } }),
          );
          await api.post(path, workload(kind, 'w', { selector: undefined }));
          await api.post(path, workload(kind, 'w'), { quiet: true });
          await api.patch(`${path}/w`, {
            spec: {
              selector: { matchLabels: { more: 'y' } },
              template: { metadata: { labels: { more: 'y' } } },
            },
          });
        }
      },
    },
    {
      name: 'workloads want replicas that are not negative and restart always',
      since: '1.18',
      async run(api) {
        const path = api.in('apps/v1/deployments');
        await api.post(path, workload('Deployment', 'd', { replicas: -1 }));
        const template = {
          metadata: { labels: { app: 'd' } },
          spec: { containers: [BOX], restartPolicy: 'Never' },
        };
        await api.post(path, workload('Deployment', 'd', { template }));
        await api.post(
          path,
          workload('Deployment', 'd', {
            strategy: {
              type: 'RollingUpdate',
              rollingUpdate: { maxSurge: 0, maxUnavailable: 0 },
            },
          }),
        );
        await api.post(
          path,
          workload('Deployment', 'd', { strategy: { type: 'Sudden' } }),
        );
      },
    },
    {
      name: 'only some of a stateful set may change',
      since: '1.18',
      meant: [
        {
          at: 'message',
          because: 'newer versions name more fields that may change',
        },
      ],
      async run(api) {
        const path = api.in('apps/v1/statefulsets');
        await api.post(path, workload('StatefulSet', 's'), { quiet: true });
        await api.patch(`${path}/s`, { spec: { serviceName: 'other' } });
        await api.patch(
          `${path}/s`,
          { spec: { replicas: 3 } },
          { view: () => 'replicas may change' },
        );
      },
    },
    {
      name: 'a job restarts never or on failure, and its template stays',
      since: '1.18',
      meant: [
        {
          at: 'message',
          because: 'the message prints the template as a Go struct',
        },
      ],
      async run(api) {
        const path = api.in('batch/v1/jobs');
        await api.post(
          path,
          job('j', { template: { spec: { containers: [BOX] } } }),
        );
        await api.post(path, job('j'), { quiet: true });
        await api.patch(
          `${path}/j`,
          {
            spec: {
              template: { spec: { containers: [{ name: 'box', image: 'b' }] } },
            },
          },
          { type: 'strategic-merge-patch+json' },
        );
        await api.patch(`${path}/j`, { spec: { completions: 4 } });
        await api.post(path, job('k', { parallelism: -1 }));
      },
    },
    {
      name: 'a service wants ports, and its address stays',
      since: '1.18',
      async run(api) {
        const path = api.in('services');
        await api.post(path, service('s', { ports: [] }));
        await api.post(
          path,
          service('s', { ports: [{ port: 80 }, { port: 81 }] }),
        );
        await api.post(path, service('s', { type: 'Odd' }));
        await api.post(path, service('s', { ports: [{ port: 0 }] }));
        await api.post(path, service('s'), { quiet: true });
        await api.patch(`${path}/s`, { spec: { clusterIP: '10.96.255.1' } });
      },
    },
    {
      name: 'an immutable config map keeps its data',
      since: '1.19',
      async run(api) {
        const path = api.in('configmaps', 'one');
        await api.post(
          api.in('configmaps'),
          { ...configMap('one', { a: '1' }), immutable: true },
          { quiet: true },
        );
        await api.patch(path, { data: { a: '2' } });
        await api.patch(path, { immutable: false });
        await api.patch(
          path,
          { metadata: { labels: { a: 'b' } } },
          { view: () => 'labels may change' },
        );
      },
    },
    {
      name: 'secrets take text, keep their type, and want the keys of their type',
      since: '1.18',
      async run(api) {
        const path = api.in('secrets');
        const secret = (name: string, more: object) => ({
          apiVersion: 'v1',
          kind: 'Secret',
          metadata: { name },
          ...more,
        });
        await api.post(
          path,
          secret('one', { stringData: { a: 'text' }, data: { b: 'aGk=' } }),
        );
        await api.patch(`${path}/one`, { type: 'example.com/other' });
        await api.post(path, secret('two', { type: 'kubernetes.io/tls' }));
        await api.post(
          path,
          secret('three', {
            type: 'kubernetes.io/dockerconfigjson',
            data: { '.dockerconfigjson': 'bm90IGpzb24=' },
          }),
          { view: () => 'any' },
        );
        await api.post(path, secret('four', { data: { a: 'not base64!' } }), {
          view: () => 'any',
        });
      },
      meant: [
        { at: '4 POST *message', because: 'a Go parser’s words' },
        {
          at: '5 POST * body.message',
          because: 'the decoder quotes the part of the body it stopped at',
        },
      ],
    },
    {
      name: 'claims, quotas and limit ranges are checked',
      since: '1.18',
      meant: [
        {
          at: '2 POST *persistentvolumeclaims: body.*message',
          because: 'ReadWriteOncePod came with 1.22',
        },
      ],
      async run(api) {
        const make = (kind: string, spec: object) => ({
          apiVersion: 'v1',
          kind,
          metadata: { name: 'x' },
          spec,
        });
        await api.post(
          api.in('persistentvolumeclaims'),
          make('PersistentVolumeClaim', {}),
        );
        await api.post(
          api.in('persistentvolumeclaims'),
          make('PersistentVolumeClaim', {
            accessModes: ['Sometimes'],
            resources: { requests: { storage: '1Gi' } },
          }),
        );
        await api.post(
          api.in('resourcequotas'),
          make('ResourceQuota', { hard: { 'pods ': '1' } }),
        );
        await api.post(
          api.in('resourcequotas'),
          make('ResourceQuota', { hard: { pods: '-1' } }),
        );
        await api.post(
          api.in('limitranges'),
          make('LimitRange', {
            limits: [
              { type: 'Container', min: { cpu: '2' }, max: { cpu: '1' } },
            ],
          }),
        );
      },
    },
    {
      name: 'roles and bindings are checked, and the role of a binding stays',
      since: '1.18',
      meant: [
        { at: 'f:roleRef.*', because: 'references are atomic since 1.21' },
      ],
      async run(api) {
        const group = 'rbac.authorization.k8s.io';
        const meta = { apiVersion: `${group}/v1`, metadata: { name: 'x' } };
        await api.post(api.in(`${group}/v1/roles`), {
          ...meta,
          kind: 'Role',
          rules: [{ apiGroups: [''], resources: ['pods'] }],
        });
        await api.post(api.in(`${group}/v1/roles`), {
          ...meta,
          kind: 'Role',
          rules: [{ nonResourceURLs: ['/healthz'], verbs: ['get'] }],
        });
        const bindings = api.in(`${group}/v1/rolebindings`);
        const binding = {
          ...meta,
          kind: 'RoleBinding',
          roleRef: { apiGroup: group, kind: 'ClusterRole', name: 'view' },
          subjects: [{ apiGroup: group, kind: 'User', name: 'jane' }],
        };
        await api.post(bindings, { ...binding, roleRef: { kind: 'Odd' } });
        await api.post(bindings, {
          ...binding,
          subjects: [{ kind: 'ServiceAccount', name: 'x' }],
        });
        await api.post(bindings, binding, { quiet: true });
        await api.patch(`${bindings}/x`, { roleRef: { name: 'edit' } });
      },
    },
  ],
};

// SPDX-License-Identifier: Apache-2.0
import type { ContractArea } from '../ContractCase';
import { at, type Json } from '../Json';
import type { Session } from '../Session';
import {
  configMap,
  job,
  pod,
  role,
  roleBinding,
  service,
  user,
  workload,
} from './objects';

const TABLE = 'application/json;as=Table;g=meta.k8s.io;v=v1';

const RESTARTS = [
  { at: 'columns[3][1]', because: 'restarts are text since 1.22' },
  { at: 'cells[3]', because: 'restarts are text since 1.22' },
];

/** Columns without their descriptions, which are reworded often, and cells without ages. */
function tableOf(body: Json): Json {
  const columns = list(at(body, 'columnDefinitions'));
  const names = columns.map(column => at(column, 'name'));
  return {
    kind: at(body, 'kind'),
    apiVersion: at(body, 'apiVersion'),
    columns: columns.map(column =>
      ['name', 'type', 'format', 'priority'].map(key => at(column, key) ?? ''),
    ),
    rows: list(at(body, 'rows')).map(row => ({
      cells: list(at(row, 'cells')).map((cell, index) =>
        names[index] === 'Age' ? 'AGE' : cell,
      ),
      object: {
        kind: at(row, 'object', 'kind'),
        name: at(row, 'object', 'metadata', 'name'),
        spec: at(row, 'object', 'spec') !== undefined,
      },
    })),
  };
}

function list(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? value : [];
}

async function rows(api: Session, resource: string, object: object) {
  await api.post(api.in(resource), object, { quiet: true });
  await api.get(api.in(resource), { accept: TABLE, view: tableOf });
}

export const tables: ContractArea = {
  area: 'tables',
  cases: [
    {
      name: 'pods',
      since: '1.18',
      meant: RESTARTS,
      async run(api) {
        await api.post(api.in('pods'), pod('a'), { quiet: true });
        await rows(
          api,
          'pods',
          pod('b', {
            nodeName: 'nowhere',
            initContainers: [{ name: 'i', image: 'i' }],
          }),
        );
      },
    },
    {
      name: 'pods in the states that a status can tell',
      since: '1.18',
      meant: RESTARTS,
      async run(api) {
        const states: Readonly<Record<string, object>> = {
          running: {
            phase: 'Running',
            podIP: '192.0.2.1',
            podIPs: [{ ip: '192.0.2.1' }],
            conditions: [{ type: 'Ready', status: 'True' }],
            containerStatuses: [
              status({ running: {} }, { ready: true, restartCount: 2 }),
            ],
          },
          crashing: {
            phase: 'Running',
            containerStatuses: [
              status({ waiting: { reason: 'CrashLoopBackOff' } }),
            ],
          },
          killed: {
            phase: 'Failed',
            containerStatuses: [
              status({ terminated: { reason: 'OOMKilled', exitCode: 137 } }),
            ],
          },
          exited: {
            phase: 'Failed',
            containerStatuses: [status({ terminated: { exitCode: 3 } })],
          },
          done: {
            phase: 'Succeeded',
            containerStatuses: [
              status({ terminated: { reason: 'Completed', exitCode: 0 } }),
            ],
          },
          evicted: { phase: 'Failed', reason: 'Evicted', message: 'm' },
        };
        for (const [name, state] of Object.entries(states)) {
          await api.post(api.in('pods'), pod(name), { quiet: true });
          await api.patch(
            `${api.in('pods', name)}/status`,
            { status: state },
            { quiet: true },
          );
        }
        await api.get(api.in('pods'), { accept: TABLE, view: tableOf });
      },
    },
    {
      name: 'deployments and replica sets',
      since: '1.18',
      async run(api) {
        await rows(
          api,
          'apps/v1/deployments',
          workload('Deployment', 'd', { replicas: 0 }),
        );
        await rows(
          api,
          'apps/v1/replicasets',
          workload('ReplicaSet', 'r', { replicas: 0 }),
        );
      },
      meant: [
        {
          at: '2 GET *rows[1]*',
          because: 'its hash differs, and when it comes',
        },
        {
          at: '2 GET *rows[0]*',
          because: 'its hash differs, and when it comes',
        },
      ],
    },
    {
      name: 'stateful sets and daemon sets',
      since: '1.18',
      async run(api) {
        await rows(
          api,
          'apps/v1/statefulsets',
          workload('StatefulSet', 's', { replicas: 0 }),
        );
        await rows(api, 'apps/v1/daemonsets', workload('DaemonSet', 'd'));
      },
    },
    {
      name: 'jobs and cron jobs',
      since: '1.18',
      async run(api) {
        await rows(api, 'batch/v1/jobs', job('j', { parallelism: 0 }));
      },
      meant: [
        { at: 'columns*', because: 'jobs have a status column since 1.31' },
        { at: 'cells*', because: 'jobs have a status column since 1.31' },
      ],
    },
    {
      name: 'services, endpoints and ingresses',
      since: '1.19',
      async run(api) {
        await api.post(
          api.in('services'),
          service('e', {
            type: 'ExternalName',
            externalName: 'x.example',
            ports: undefined,
            selector: undefined,
          }),
          { quiet: true },
        );
        await api.post(
          api.in('services'),
          service('h', { clusterIP: 'None' }),
          { quiet: true },
        );
        await api.post(api.in('services'), service('n', { type: 'NodePort' }), {
          quiet: true,
        });
        await rows(
          api,
          'services',
          service('l', {
            type: 'LoadBalancer',
            ports: [
              { port: 80, name: 'a' },
              { port: 53, name: 'b' },
            ],
          }),
        );
        await rows(api, 'networking.k8s.io/v1/ingresses', {
          apiVersion: 'networking.k8s.io/v1',
          kind: 'Ingress',
          metadata: { name: 'i' },
          spec: {
            tls: [{ hosts: ['a.example'] }],
            rules: [
              {
                host: 'a.example',
                http: {
                  paths: [
                    {
                      path: '/',
                      pathType: 'Prefix',
                      backend: { service: { name: 's', port: { number: 80 } } },
                    },
                  ],
                },
              },
            ],
          },
        });
      },
    },
    {
      name: 'config maps, secrets and accounts',
      since: '1.18',
      async run(api) {
        const view = (body: Json) => {
          const table = tableOf(body);
          const wanted = ['one', 'two'];
          return {
            columns: at(table, 'columns'),
            rows: list(at(table, 'rows')).filter(row =>
              wanted.includes(String(at(row, 'object', 'name'))),
            ),
          };
        };
        await api.post(api.in('configmaps'), configMap('one', { a: '1' }), {
          quiet: true,
        });
        await api.get(api.in('configmaps'), { accept: TABLE, view });
        await api.post(
          api.in('secrets'),
          {
            apiVersion: 'v1',
            kind: 'Secret',
            metadata: { name: 'two' },
            stringData: { a: '1', b: '2' },
          },
          { quiet: true },
        );
        await api.get(api.in('secrets'), { accept: TABLE, view });
        await api.get(api.in('serviceaccounts'), { accept: TABLE, view });
      },
    },
    {
      name: 'claims, quotas, limit ranges and policies',
      since: '1.18',
      async run(api) {
        const make = (kind: string, spec: object) => ({
          apiVersion: 'v1',
          kind,
          metadata: { name: 'x' },
          spec,
        });
        await rows(
          api,
          'persistentvolumeclaims',
          make('PersistentVolumeClaim', {
            accessModes: ['ReadWriteOnce'],
            resources: { requests: { storage: '1Gi' } },
          }),
        );
        await rows(
          api,
          'limitranges',
          make('LimitRange', {
            limits: [{ type: 'Container', default: { cpu: '1' } }],
          }),
        );
        await rows(api, 'networking.k8s.io/v1/networkpolicies', {
          apiVersion: 'networking.k8s.io/v1',
          kind: 'NetworkPolicy',
          metadata: { name: 'n' },
          spec: { podSelector: { matchLabels: { a: 'b' } } },
        });
      },
      meant: [
        {
          at: '1 GET *columns*',
          because: 'claims have the column VolumeAttributesClass since 1.29',
        },
        {
          at: '1 GET *cells*',
          because: 'claims have the column VolumeAttributesClass since 1.29',
        },
      ],
    },
    {
      name: 'roles and bindings',
      since: '1.18',
      async run(api) {
        const group = 'rbac.authorization.k8s.io/v1';
        await rows(api, `${group}/roles`, role('r', []));
        await rows(
          api,
          `${group}/rolebindings`,
          roleBinding('b', { kind: 'Role', name: 'r' }, [
            user('jane'),
            { kind: 'ServiceAccount', name: 'a', namespace: api.ns },
            { ...user('team'), kind: 'Group' },
          ]),
        );
      },
    },
    {
      name: 'namespaces, one object, and objects inside',
      since: '1.18',
      async run(api) {
        await api.get(
          `${api.path('namespaces')}?fieldSelector=metadata.name%3D${api.ns}`,
          { accept: TABLE, view: tableOf },
        );
        const path = api.in('configmaps', 'one');
        await api.post(api.in('configmaps'), configMap('one', { a: '1' }), {
          quiet: true,
        });
        await api.get(path, { accept: TABLE, view: tableOf });
        await api.get(`${path}?includeObject=None`, {
          accept: TABLE,
          view: body => at(body, 'rows', 0, 'object') ?? 'none',
        });
        await api.get(`${path}?includeObject=Object`, {
          accept: TABLE,
          view: body => at(body, 'rows', 0, 'object', 'data') ?? 'none',
        });
        await api.get(`${path}?includeObject=Odd`, { accept: TABLE });
        await api.get(api.in('configmaps', 'none'), { accept: TABLE });
        await api.get(path, {
          accept: `${TABLE},application/json`,
          view: body => at(body, 'kind'),
        });
      },
    },
  ],
};

function status(state: object, more: object = {}) {
  return {
    name: 'box',
    image: 'i',
    imageID: 'i',
    ready: false,
    restartCount: 0,
    state,
    ...more,
  };
}

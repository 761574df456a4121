// SPDX-License-Identifier: Apache-2.0
import type {
  EnvironmentNetwork,
  NetworkPort,
  NetworkReach,
  NetworkWorkload,
  Tenant,
  TenantNetwork,
} from '@tenantry/backstage-plugin-tenants-common';

type Environment = Tenant['environments'][number];

const DNS: NetworkPort[] = [{ protocol: 'UDP', port: 53 }];
const WEB: NetworkPort[] = [{ protocol: 'TCP', port: 8080 }];

function idOf(namespace: string, kind: string, name: string): string {
  return `${namespace}/${kind}/${name}`;
}

function sameNamespace(ids: readonly string[]): NetworkReach {
  return {
    state: 'limited',
    policies: ['default-deny', 'allow-same-namespace'],
    rules: [
      {
        policy: 'allow-same-namespace',
        peers: [
          {
            type: 'pods',
            pods: '',
            workloads: [...ids],
            reachesOutside: false,
          },
        ],
        ports: [],
      },
    ],
    workloads: [...ids],
  };
}

function web(reach: NetworkReach): NetworkReach {
  return {
    ...reach,
    policies: [...reach.policies, 'allow-ingress'],
    rules: [
      ...reach.rules,
      {
        policy: 'allow-ingress',
        peers: [
          {
            type: 'pods',
            namespaces: 'kubernetes.io/metadata.name=ingress-nginx',
            pods: '',
            workloads: [],
            reachesOutside: true,
          },
          { type: 'cidr', cidr: '10.0.0.0/8', except: ['10.1.0.0/16'] },
        ],
        ports: WEB,
      },
    ],
  };
}

function outward(reach: NetworkReach): NetworkReach {
  return {
    ...reach,
    policies: [...reach.policies, 'allow-dns'],
    rules: [
      ...reach.rules,
      {
        policy: 'allow-dns',
        peers: [
          {
            type: 'pods',
            namespaces: 'kubernetes.io/metadata.name=kube-system',
            pods: 'k8s-app=kube-dns',
            workloads: [],
            reachesOutside: true,
          },
        ],
        ports: DNS,
      },
    ],
  };
}

function environmentNetwork(environment: Environment): EnvironmentNetwork {
  const { name, cluster, namespaces, modules } = environment;
  const all = modules.flatMap(module =>
    module.workloads.map(workload => ({
      module: module.name,
      workload,
      id: idOf(workload.namespace, workload.kind, workload.name),
    })),
  );
  const isOpen = name === 'dev';
  const ids = all.map(({ id }) => id);
  const open: NetworkReach = {
    state: 'open',
    policies: [],
    rules: [],
    workloads: ids,
  };
  const inside = isOpen ? open : sameNamespace(ids);
  const workloads = all.map(
    ({ id, module, workload }): NetworkWorkload => ({
      id,
      uid: workload.uid,
      kind: workload.kind,
      name: workload.name,
      namespace: workload.namespace,
      module,
      assumed: false,
      ingress:
        workload.name === 'airflow-web' && !isOpen ? web(inside) : inside,
      egress: isOpen ? open : outward(inside),
    }),
  );
  return {
    environment: name,
    cluster,
    known: true,
    namespaces: namespaces.map(namespace => ({
      name: namespace,
      deniesIngress: !isOpen,
      deniesEgress: !isOpen,
      policies: isOpen
        ? []
        : [
            {
              name: 'allow-dns',
              pods: '',
              types: ['Egress'],
              selects: all.length,
            },
            {
              name: 'allow-ingress',
              pods: 'app=airflow-web',
              types: ['Ingress'],
              selects: 1,
            },
            {
              name: 'allow-same-namespace',
              pods: '',
              types: ['Ingress', 'Egress'],
              selects: all.length,
            },
            {
              name: 'default-deny',
              pods: '',
              types: ['Ingress', 'Egress'],
              selects: all.length,
            },
          ],
    })),
    workloads,
    flows: ids.flatMap(from =>
      ids.flatMap(to => (from === to ? [] : [{ from, to, ports: [] }])),
    ),
    leftOut: 0,
  };
}

/** `prod` denies by default and lets its own namespace talk; in `dev` no policy selects anything. */
export function networkFixture(tenant: Tenant): TenantNetwork {
  return {
    environments: tenant.environments.map(environmentNetwork),
    partial: [],
  };
}

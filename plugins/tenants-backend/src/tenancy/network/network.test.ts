// SPDX-License-Identifier: Apache-2.0
import {
  environmentFixture,
  moduleFixture,
  podFixture,
  workloadFixture,
} from '@tenantry/backstage-plugin-tenants-common/testing';
import type {
  LabelSelector,
  NetworkPolicyObject,
} from '../../informers/objects';
import {
  createFakeClusterView,
  deploymentObject,
  namespaceObject,
  networkPolicyObject,
  podObject,
} from '../../informers/testing';
import { commonPorts } from './commonPorts';
import { deriveNetwork, MAX_NETWORK_WORKLOADS } from './deriveNetwork';
import { selects } from './labelSelector';

const namespace = 'shop-prod';
const id = (name: string) => `${namespace}/Deployment/${name}`;

function selector(matchLabels: Record<string, string> = {}): LabelSelector {
  return { matchLabels, matchExpressions: [] };
}

function workload(name: string, pods = [`${name}-0`]) {
  return workloadFixture({
    name,
    namespace,
    pods: pods.map(pod => podFixture({ name: pod, namespace })),
  });
}

/** `web`, `api` and `db`, each with a pod labelled `app`. */
function network(policies: readonly NetworkPolicyObject[]) {
  const names = ['web', 'api', 'db'];
  const environment = environmentFixture({
    namespaces: [namespace],
    modules: [moduleFixture({ workloads: names.map(name => workload(name)) })],
  });
  const { listers } = createFakeClusterView({
    objects: {
      namespaces: [namespaceObject({ name: namespace })],
      pods: names.map(name =>
        podObject({ name: `${name}-0`, namespace, labels: { app: name } }),
      ),
      networkpolicies: policies,
    },
  });
  const answer = deriveNetwork(environment, listers);
  const of = (name: string) =>
    answer.workloads.find(known => known.name === name)!;
  const flows = answer.flows.map(
    ({ from, to }) => `${from.split('/')[2]}→${to.split('/')[2]}`,
  );
  return { answer, of, flows };
}

const policy = (overrides: Partial<NetworkPolicyObject>) =>
  networkPolicyObject({ namespace, ...overrides });
const defaultDeny = policy({
  name: 'default-deny',
  policyTypes: ['Ingress', 'Egress'],
});

describe('deriveNetwork', () => {
  it('lets everybody reach what no policy selects', () => {
    const { answer, of, flows } = network([]);
    expect(of('db').ingress).toMatchObject({ state: 'open', policies: [] });
    expect(flows).toHaveLength(6);
    expect(answer.namespaces).toEqual([
      {
        name: namespace,
        deniesIngress: false,
        deniesEgress: false,
        policies: [],
      },
    ]);
  });

  it('lets nobody in or out where everything is denied by default', () => {
    const { answer, of, flows } = network([defaultDeny]);
    expect(of('db')).toMatchObject({
      ingress: { state: 'denied', policies: ['default-deny'], workloads: [] },
      egress: { state: 'denied' },
    });
    expect(flows).toEqual([]);
    expect(answer.namespaces[0]).toMatchObject({
      deniesIngress: true,
      deniesEgress: true,
      policies: [{ name: 'default-deny', pods: '', selects: 3 }],
    });
  });

  it('needs both sides to let a flow through, and tells the ports both know', () => {
    const { answer, flows } = network([
      defaultDeny,
      policy({
        name: 'web-out',
        podSelector: selector({ app: 'web' }),
        policyTypes: ['Egress'],
        egress: [{ peers: [{ podSelector: selector() }], ports: [] }],
      }),
      policy({
        name: 'api-in',
        podSelector: selector({ app: 'api' }),
        ingress: [
          {
            peers: [{ podSelector: selector({ app: 'web' }) }],
            ports: [{ protocol: 'TCP', port: 8080 }],
          },
        ],
      }),
    ]);
    expect(flows).toEqual(['web→api']);
    expect(answer.flows[0].ports).toEqual([{ protocol: 'TCP', port: 8080 }]);
  });

  it('adds up what several policies allow', () => {
    const { of } = network([
      defaultDeny,
      policy({ name: 'all-in', ingress: [{ peers: [], ports: [] }] }),
    ]);
    expect(of('db').ingress).toMatchObject({
      state: 'limited',
      policies: ['all-in', 'default-deny'],
      rules: [{ policy: 'all-in', peers: [{ type: 'any' }] }],
    });
    expect(of('db').ingress.workloads).toHaveLength(3);
  });

  it('tells addresses, and selectors of namespaces that may be others’, without naming anybody there', () => {
    const { of } = network([
      policy({
        name: 'outside',
        ingress: [
          {
            peers: [
              { ipBlock: { cidr: '10.0.0.0/8', except: ['10.1.0.0/16'] } },
              { namespaceSelector: selector({ team: 'a' }) },
              {
                namespaceSelector: selector({
                  'kubernetes.io/metadata.name': namespace,
                }),
                podSelector: selector({ app: 'web' }),
              },
            ],
            ports: [],
          },
        ],
      }),
    ]);
    expect(of('db').ingress.rules[0].peers).toEqual([
      { type: 'cidr', cidr: '10.0.0.0/8', except: ['10.1.0.0/16'] },
      {
        type: 'pods',
        namespaces: 'team=a',
        pods: '',
        workloads: [],
        reachesOutside: true,
      },
      {
        type: 'pods',
        namespaces: `kubernetes.io/metadata.name=${namespace}`,
        pods: 'app=web',
        workloads: [id('web')],
        reachesOutside: false,
      },
    ]);
  });

  it('judges a workload without pods by the labels it selects them by, and says so', () => {
    const { listers } = createFakeClusterView({
      objects: {
        deployments: [
          deploymentObject({ name: 'idle', namespace, selector: { app: 'x' } }),
        ],
        networkpolicies: [policy({ podSelector: selector({ app: 'x' }) })],
      },
    });
    const environment = environmentFixture({
      namespaces: [namespace],
      modules: [moduleFixture({ workloads: [workload('idle', [])] })],
    });
    const [idle] = deriveNetwork(environment, listers).workloads;
    expect(idle).toMatchObject({
      assumed: true,
      ingress: { state: 'denied' },
      egress: { state: 'open' },
    });
  });

  it('says that it does not know where policies are not read', () => {
    expect(deriveNetwork(environmentFixture(), undefined)).toMatchObject({
      known: false,
      workloads: [],
    });
  });

  it('draws so many workloads and counts the rest', () => {
    const many = Array.from({ length: MAX_NETWORK_WORKLOADS + 3 }, (_, n) =>
      workload(`w${n}`),
    );
    const environment = environmentFixture({
      namespaces: [namespace],
      modules: [moduleFixture({ workloads: many })],
    });
    const { listers } = createFakeClusterView();
    const answer = deriveNetwork(environment, listers);
    expect(answer.workloads).toHaveLength(MAX_NETWORK_WORKLOADS);
    expect(answer.leftOut).toBe(3);
  });
});

describe('selects', () => {
  const expression = (
    key: string,
    operator: string,
    values: string[] = [],
  ) => ({
    matchLabels: {},
    matchExpressions: [{ key, operator, values }],
  });
  it.each([
    [expression('a', 'In', ['1', '2']), true],
    [expression('a', 'NotIn', ['1']), false],
    [expression('b', 'NotIn', ['1']), true],
    [expression('a', 'Exists'), true],
    [expression('a', 'DoesNotExist'), false],
    [expression('constructor', 'Exists'), false],
    [expression('a', 'Near', ['1']), false],
    [selector({ a: '1' }), true],
    [selector({ a: '2' }), false],
    [selector(), true],
  ])('%j → %s', (given, expected) => {
    expect(selects(given, { a: '1' })).toBe(expected);
  });
});

describe('commonPorts', () => {
  const tcp = (port?: number | string, endPort?: number) => ({
    protocol: 'TCP',
    ...(port === undefined ? {} : { port }),
    ...(endPort === undefined ? {} : { endPort }),
  });
  it.each([
    [[], [tcp(80)], [tcp(80)]],
    [[tcp(80)], [tcp(81)], undefined],
    [[tcp(80)], [{ protocol: 'UDP', port: 80 }], undefined],
    [[tcp()], [tcp(80)], [tcp(80)]],
    [[tcp(80, 90)], [tcp(85, 99)], [tcp(85, 90)]],
    [[tcp(80, 90)], [tcp(90)], [tcp(90)]],
    [[tcp('http')], [tcp('http')], [tcp('http')]],
    [[tcp('http')], [tcp('admin')], undefined],
    [[tcp('http')], [tcp(80)], [tcp('http')]],
  ])('of %j and %j are %j', (a, b, expected) => {
    expect(commonPorts(a, b)).toEqual(expected);
  });
});

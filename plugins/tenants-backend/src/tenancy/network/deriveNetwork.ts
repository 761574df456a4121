// SPDX-License-Identifier: Apache-2.0
import type {
  Environment,
  EnvironmentNetwork,
  NetworkFlow,
  NetworkNamespace,
  NetworkWorkload,
} from '@tenantry/backstage-plugin-tenants-common';
import { commonPorts } from './commonPorts';
import { deriveReach, portsFor } from './deriveReach';
import { isEmptySelector, selectorText, selects } from './labelSelector';
import {
  networkScope,
  type NetworkListers,
  type NetworkScope,
} from './NetworkScope';

/** Workloads of one environment that are drawn: pairs grow with the square. */
export const MAX_NETWORK_WORKLOADS = 100;

/**
 * Who may reach whom in one environment, as its network policies say.
 *
 * Workloads of other environments and tenants are not named: a rule that may select them says so, and no more.
 *
 * @param listers - `undefined` when the policies are not read.
 */
export function deriveNetwork(
  environment: Pick<Environment, 'name' | 'cluster' | 'namespaces' | 'modules'>,
  listers: NetworkListers | undefined,
): EnvironmentNetwork {
  const { name, cluster, namespaces } = environment;
  const place = { environment: name, cluster };
  if (!listers) {
    const nothing = { namespaces: [], workloads: [], flows: [], leftOut: 0 };
    return { ...place, known: false, ...nothing };
  }
  const whole = networkScope(environment, listers);
  const nodes = whole.nodes.slice(0, MAX_NETWORK_WORKLOADS);
  const scope = { ...whole, nodes };
  const workloads = nodes.map((node): NetworkWorkload => {
    const { labels: _labels, ...told } = node;
    return {
      ...told,
      ingress: deriveReach(node, 'ingress', scope),
      egress: deriveReach(node, 'egress', scope),
    };
  });
  return {
    ...place,
    known: true,
    namespaces: namespaces.map(namespace => describe(namespace, scope)),
    workloads,
    flows: workloads.flatMap(from =>
      workloads.flatMap(to => flowOf(from, to) ?? []),
    ),
    leftOut: whole.nodes.length - nodes.length,
  };
}

function flowOf(
  from: NetworkWorkload,
  to: NetworkWorkload,
): NetworkFlow | undefined {
  if (from.id === to.id) return undefined;
  const out = portsFor(from.egress, to.id);
  const into = portsFor(to.ingress, from.id);
  const ports = out && into && commonPorts(out, into);
  return ports && { from: from.id, to: to.id, ports: [...ports] };
}

function describe(name: string, scope: NetworkScope): NetworkNamespace {
  const policies = scope.policies.filter(policy => policy.namespace === name);
  const denies = (type: 'Ingress' | 'Egress') =>
    policies.some(
      policy =>
        policy.policyTypes.includes(type) &&
        isEmptySelector(policy.podSelector),
    );
  return {
    name,
    deniesIngress: denies('Ingress'),
    deniesEgress: denies('Egress'),
    policies: policies.map(policy => ({
      name: policy.name,
      pods: selectorText(policy.podSelector),
      types: [...policy.policyTypes],
      selects: scope.nodes.filter(
        node =>
          node.namespace === name && selects(policy.podSelector, node.labels),
      ).length,
    })),
  };
}

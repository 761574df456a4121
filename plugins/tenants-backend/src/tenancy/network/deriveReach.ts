// SPDX-License-Identifier: Apache-2.0
import type {
  NetworkPeer,
  NetworkPort,
  NetworkReach,
  NetworkRule,
} from '@tenantry/backstage-plugin-tenants-common';
import type {
  NetworkPolicyObject,
  PolicyPeer,
  PolicyRule,
} from '../../informers/objects';
import { isEmptySelector, selectorText, selects } from './labelSelector';
import type { NetworkNode, NetworkScope } from './NetworkScope';

type Side = 'ingress' | 'egress';
const TYPES = { ingress: 'Ingress', egress: 'Egress' } as const;

/** Policies that decide about a workload in one direction. */
export function policiesOf(
  node: NetworkNode,
  side: Side,
  { policies }: NetworkScope,
): readonly NetworkPolicyObject[] {
  return policies.filter(
    policy =>
      policy.namespace === node.namespace &&
      policy.policyTypes.includes(TYPES[side]) &&
      selects(policy.podSelector, node.labels),
  );
}

/** Who may reach a workload, or whom it may reach. Policies add up: what one allows, no other takes away. */
export function deriveReach(
  node: NetworkNode,
  side: Side,
  scope: NetworkScope,
): NetworkReach {
  const policies = policiesOf(node, side, scope);
  if (policies.length === 0) {
    const workloads = scope.nodes.map(({ id }) => id);
    return { state: 'open', policies: [], rules: [], workloads };
  }
  const rules = policies.flatMap(policy =>
    policy[side].map(rule => describeRule(rule, policy, scope)),
  );
  return {
    state: rules.length === 0 ? 'denied' : 'limited',
    policies: policies.map(({ name }) => name),
    rules,
    workloads: scope.nodes
      .filter(({ id }) => rules.some(rule => lets(rule, id)))
      .map(({ id }) => id),
  };
}

/** The ports on which a reach lets a workload through; `undefined`: on none. */
export function portsFor(
  reach: NetworkReach,
  id: string,
): readonly NetworkPort[] | undefined {
  if (reach.state === 'open') return [];
  const rules = reach.rules.filter(rule => lets(rule, id));
  if (rules.length === 0) return undefined;
  if (rules.some(({ ports }) => ports.length === 0)) return [];
  return rules.flatMap(({ ports }) => ports);
}

function lets({ peers }: NetworkRule, id: string): boolean {
  return peers.some(
    peer =>
      peer.type === 'any' ||
      (peer.type === 'pods' && peer.workloads.includes(id)),
  );
}

function describeRule(
  { peers, ports }: PolicyRule,
  policy: NetworkPolicyObject,
  scope: NetworkScope,
): NetworkRule {
  return {
    policy: policy.name,
    peers:
      peers.length === 0
        ? [{ type: 'any' }]
        : peers.map(peer => describePeer(peer, policy, scope)),
    ports: ports.map(({ protocol, port, endPort }) => ({
      protocol,
      ...(port === undefined ? {} : { port }),
      ...(endPort === undefined ? {} : { endPort }),
    })),
  };
}

function describePeer(
  peer: PolicyPeer,
  policy: NetworkPolicyObject,
  scope: NetworkScope,
): NetworkPeer {
  const { ipBlock, namespaceSelector, podSelector } = peer;
  if (ipBlock) {
    const { cidr, except } = ipBlock;
    return { type: 'cidr', cidr, except: [...except] };
  }
  const isNamed = (node: NetworkNode) =>
    namespaceSelector
      ? selects(
          namespaceSelector,
          scope.namespaceLabels.get(node.namespace) ?? {},
        )
      : node.namespace === policy.namespace;
  const workloads = scope.nodes.filter(
    node =>
      isNamed(node) && (!podSelector || selects(podSelector, node.labels)),
  );
  return {
    type: 'pods',
    ...(namespaceSelector
      ? { namespaces: selectorText(namespaceSelector) }
      : {}),
    pods:
      podSelector && !isEmptySelector(podSelector)
        ? selectorText(podSelector)
        : '',
    workloads: workloads.map(({ id }) => id),
    reachesOutside: namespaceSelector !== undefined && !isOwn(peer, scope),
  };
}

/** A selector that names one of the environment’s namespaces by its own label selects no other. */
function isOwn({ namespaceSelector }: PolicyPeer, scope: NetworkScope) {
  const name =
    namespaceSelector?.matchLabels['kubernetes.io/metadata.name'] ?? '';
  return scope.namespaceLabels.has(name);
}

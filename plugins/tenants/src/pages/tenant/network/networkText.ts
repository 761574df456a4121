// SPDX-License-Identifier: Apache-2.0
import type {
  NetworkPeer,
  NetworkPort,
  NetworkReach,
  NetworkWorkload,
} from '@tenantry/backstage-plugin-tenants-common';
import type { Translate } from '../../../useText';

const MAX_NAMES = 4;

/** The last part of an id. */
export function nameOfId(id: string): string {
  return id.slice(id.lastIndexOf('/') + 1);
}

/** Ports as they are written: `8080/TCP, 53/UDP`. */
export function portsText(t: Translate, ports: readonly NetworkPort[]): string {
  if (ports.length === 0) return t('network.anyPort');
  return ports
    .map(({ protocol, port, endPort }) => {
      const range = endPort === undefined ? port : `${port}–${endPort}`;
      return range === undefined ? protocol : `${range}/${protocol}`;
    })
    .join(', ');
}

/** Names, the first few of many. */
export function namesText(t: Translate, names: readonly string[]): string {
  const rest = names.length - MAX_NAMES;
  const shown = names.slice(0, MAX_NAMES).join(', ');
  return rest > 0
    ? t('network.andMore', { names: shown, n: String(rest) })
    : shown;
}

/** Whom one part of a rule means. */
export function peerText(t: Translate, peer: NetworkPeer): string {
  switch (peer.type) {
    case 'any':
      return t('network.everybody');
    case 'cidr':
      return peer.except.length === 0
        ? peer.cidr
        : t('network.cidrExcept', {
            cidr: peer.cidr,
            except: peer.except.join(', '),
          });
    case 'pods':
      return podsText(t, peer);
    default:
      return peer satisfies never;
  }
}

function podsText(
  t: Translate,
  { namespaces, pods }: Extract<NetworkPeer, { type: 'pods' }>,
): string {
  if (namespaces === undefined) {
    return pods === ''
      ? t('network.peerSame')
      : t('network.peerPods', { selector: pods });
  }
  if (namespaces === '') {
    return pods === ''
      ? t('network.peerAllNamespaces')
      : t('network.peerPodsInAll', { selector: pods });
  }
  return pods === ''
    ? t('network.peerNamespaces', { selector: namespaces })
    : t('network.peerPodsIn', { selector: pods, namespaces });
}

/** One line per rule: whom, on which ports, by which policy. */
export function reachLines(
  t: Translate,
  reach: NetworkReach,
  side: 'ingress' | 'egress',
): readonly { readonly text: string; readonly policy?: string }[] {
  const isIn = side === 'ingress';
  switch (reach.state) {
    case 'open':
      return [
        { text: isIn ? t('network.everybody') : t('network.everywhere') },
      ];
    case 'denied':
      return [
        {
          text: isIn ? t('network.nobody') : t('network.nothing'),
          policy: reach.policies.join(', '),
        },
      ];
    case 'limited':
      return reach.rules.map(({ peers, ports, policy }) => ({
        text: `${peers.map(peer => peerText(t, peer)).join('; ')} ${t(
          'network.onPorts',
          { ports: portsText(t, ports) },
        )}`,
        policy,
      }));
    default:
      return reach.state satisfies never;
  }
}

/** Workloads that no policy guards. */
export function unguarded(
  workloads: readonly NetworkWorkload[],
): readonly string[] {
  return workloads
    .filter(({ ingress }) => ingress.state === 'open')
    .map(({ name }) => name);
}

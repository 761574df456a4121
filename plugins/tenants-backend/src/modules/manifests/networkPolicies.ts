// SPDX-License-Identifier: Apache-2.0
import type { KubeManifest } from '@tenantry/backstage-plugin-tenants-node';
import { environmentLabels } from './objectLabels';
import type { NetworkSettings, RenderInput } from './RenderInput';

const NAMESPACE_NAME = 'kubernetes.io/metadata.name';
const DEFAULT_DNS_NAMESPACE = 'kube-system';
const DEFAULT_DNS_PORTS = [53];

/** What a namespace may talk to: nothing, then DNS, itself, the others of its environment, and what the settings name. */
export function renderNetworkPolicies(input: RenderInput): KubeManifest[] {
  const settings = input.settings.networkPolicy ?? {};
  const from = settings.ingressNamespaces ?? [];
  const egress = settings.egress ?? [];
  const others = input.moreNamespaces ?? [];
  return [
    policy(input, 'default-deny', { policyTypes: ['Ingress', 'Egress'] }),
    policy(input, 'allow-dns', dnsRule(settings)),
    policy(input, 'allow-same-namespace', {
      policyTypes: ['Ingress', 'Egress'],
      ingress: [{ from: [{ podSelector: {} }] }],
      egress: [{ to: [{ podSelector: {} }] }],
    }),
    ...(others.length > 0
      ? [policy(input, 'allow-environment', environmentRule(others))]
      : []),
    ...(from.length > 0
      ? [policy(input, 'allow-ingress', ingressRule(from))]
      : []),
    ...(egress.length > 0
      ? [policy(input, 'allow-egress', egressRule(egress))]
      : []),
  ];
}

function policy(
  input: RenderInput,
  name: string,
  spec: Readonly<Record<string, unknown>>,
): KubeManifest {
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: {
      name: `tenancy-${name}`,
      namespace: input.namespace,
      labels: environmentLabels(input),
    },
    spec: { podSelector: {}, ...spec },
  };
}

function dnsRule(settings: NetworkSettings) {
  const ports = settings.dnsPorts ?? DEFAULT_DNS_PORTS;
  const namespace = settings.dnsNamespace ?? DEFAULT_DNS_NAMESPACE;
  return {
    policyTypes: ['Egress'],
    egress: [
      {
        to: [namespacePeer([namespace])],
        ports: ports.flatMap(port => [
          { protocol: 'UDP', port },
          { protocol: 'TCP', port },
        ]),
      },
    ],
  };
}

function environmentRule(namespaces: readonly string[]) {
  return {
    policyTypes: ['Ingress', 'Egress'],
    ingress: [{ from: [namespacePeer(namespaces)] }],
    egress: [{ to: [namespacePeer(namespaces)] }],
  };
}

function ingressRule(namespaces: readonly string[]) {
  return {
    policyTypes: ['Ingress'],
    ingress: [{ from: [namespacePeer(namespaces)] }],
  };
}

function egressRule(networks: NonNullable<NetworkSettings['egress']>) {
  return {
    policyTypes: ['Egress'],
    egress: networks.map(({ cidr, except, ports }) => ({
      to: [{ ipBlock: { cidr, ...(except && { except: [...except] }) } }],
      ...(ports && {
        ports: ports.map(port => ({ protocol: 'TCP', port })),
      }),
    })),
  };
}

/** By the label that the API server itself keeps true. */
function namespacePeer(namespaces: readonly string[]) {
  return {
    namespaceSelector: {
      matchExpressions: [
        { key: NAMESPACE_NAME, operator: 'In', values: [...namespaces] },
      ],
    },
  };
}

// SPDX-License-Identifier: Apache-2.0
import type { Environment } from '@tenantry/backstage-plugin-tenants-common';
import type { KindListers } from '../../informers/Lister';
import type { NetworkPolicyObject } from '../../informers/objects';

type Labels = Readonly<Record<string, string>>;

/** A workload as policies see it: by the labels of its pods. */
export type NetworkNode = {
  readonly id: string;
  readonly uid: string;
  readonly kind: string;
  readonly name: string;
  readonly namespace: string;
  readonly module: string;
  readonly labels: Labels;
  readonly assumed: boolean;
};

/** What of a cluster says who may reach whom. */
export type NetworkListers = Pick<
  KindListers,
  | 'pods'
  | 'namespaces'
  | 'networkpolicies'
  | 'deployments'
  | 'statefulsets'
  | 'daemonsets'
>;

/** One environment’s workloads, policies and labels of namespaces. */
export type NetworkScope = {
  readonly nodes: readonly NetworkNode[];
  readonly policies: readonly NetworkPolicyObject[];
  readonly namespaceLabels: ReadonlyMap<string, Labels>;
};

const BY_KIND = {
  Deployment: 'deployments',
  StatefulSet: 'statefulsets',
  DaemonSet: 'daemonsets',
} as const;

/** Gathers it. Workloads without pods are known by the labels they select pods by. */
export function networkScope(
  { namespaces, modules }: Pick<Environment, 'namespaces' | 'modules'>,
  listers: NetworkListers,
): NetworkScope {
  const nodes = modules.flatMap(module =>
    module.workloads.map((workload): NetworkNode => {
      const { kind, name, namespace, uid } = workload;
      const found = workload.pods
        .map(pod => listers.pods.get(pod.namespace, pod.name))
        .filter(pod => pod !== undefined)
        .sort((a, b) => (a.createdAt < b.createdAt ? 1 : -1));
      const labels = found[0]?.labels ?? selectedLabels(workload, listers);
      const id = `${namespace}/${kind}/${name}`;
      const assumed = found.length === 0;
      const { name: of } = module;
      return { id, uid, kind, name, namespace, module: of, labels, assumed };
    }),
  );
  return {
    nodes,
    policies: namespaces
      .flatMap(name => listers.networkpolicies.byNamespace(name))
      .sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1)),
    namespaceLabels: new Map(
      namespaces.map(name => [
        name,
        {
          // The API server sets it; it also is there of a namespace we know by name only.
          'kubernetes.io/metadata.name': name,
          ...listers.namespaces.get('', name)?.labels,
        },
      ]),
    ),
  };
}

function keyOf({ namespace, name }: NetworkPolicyObject): string {
  return `${namespace}/${name}`;
}

function selectedLabels(
  workload: {
    readonly kind: string;
    readonly namespace: string;
    readonly name: string;
  },
  listers: NetworkListers,
): Labels {
  const { kind, namespace, name } = workload;
  const lister = isReplicated(kind) ? listers[BY_KIND[kind]] : undefined;
  return lister?.get(namespace, name)?.selector ?? {};
}

function isReplicated(kind: string): kind is keyof typeof BY_KIND {
  return Object.hasOwn(BY_KIND, kind);
}

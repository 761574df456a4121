// SPDX-License-Identifier: Apache-2.0
import type { Scenario, ScenarioNamespace } from './Scenario';
import type { Placed } from './workloadObjects';

/** The namespace and what governs it: quota, limits, rights. */
export function namespaceObjects(namespace: ScenarioNamespace): Placed[] {
  const { name, labels, annotations } = namespace;
  const home = {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name, labels, annotations },
  };
  return [
    { resource: 'namespaces', object: home },
    ...quotaOf(namespace),
    ...limitsOf(namespace),
    ...bindingsOf(namespace),
  ];
}

function quotaOf({ name, quota }: ScenarioNamespace): Placed[] {
  if (!quota) return [];
  const object = {
    apiVersion: 'v1',
    kind: 'ResourceQuota',
    metadata: { name: 'tenant', namespace: name },
    spec: { hard: quota },
  };
  return [{ resource: 'resourcequotas', object }];
}

function limitsOf({ name, limitRange }: ScenarioNamespace): Placed[] {
  if (!limitRange) return [];
  const object = {
    apiVersion: 'v1',
    kind: 'LimitRange',
    metadata: { name: 'tenant', namespace: name },
    spec: { limits: [{ type: 'Container', ...limitRange }] },
  };
  return [{ resource: 'limitranges', object }];
}

function bindingsOf({ name, roleBindings }: ScenarioNamespace): Placed[] {
  const apiGroup = 'rbac.authorization.k8s.io';
  return roleBindings.map(({ role, users, groups }, at) => ({
    resource: `rolebindings.${apiGroup}`,
    object: {
      apiVersion: `${apiGroup}/v1`,
      kind: 'RoleBinding',
      metadata: { name: `tenant-${role}-${at}`, namespace: name },
      roleRef: { apiGroup, kind: 'ClusterRole', name: role },
      subjects: [
        ...users.map(user => ({ kind: 'User', apiGroup, name: user })),
        ...groups.map(group => ({ kind: 'Group', apiGroup, name: group })),
      ],
    },
  }));
}

/** The nodes as objects, ready. `at` is the time of their last heartbeat. */
export function nodeObjects(scenario: Scenario, at: string): Placed[] {
  return scenario.nodes.map(({ name, cpu, memory }, index) => ({
    resource: 'nodes',
    object: {
      apiVersion: 'v1',
      kind: 'Node',
      metadata: {
        name,
        labels: {
          'kubernetes.io/hostname': name,
          'kubernetes.io/os': 'linux',
          'kubernetes.io/arch': 'amd64',
        },
      },
      spec: { podCIDR: `10.244.${index}.0/24` },
      status: {
        capacity: { cpu, memory, pods: '110' },
        allocatable: { cpu, memory, pods: '110' },
        addresses: [
          { type: 'InternalIP', address: nodeIp(index) },
          { type: 'Hostname', address: name },
        ],
        conditions: [
          {
            type: 'Ready',
            status: 'True',
            reason: 'KubeletReady',
            message: 'kubelet is posting ready status',
            lastHeartbeatTime: at,
            lastTransitionTime: at,
          },
        ],
        nodeInfo: {
          kubeletVersion: 'v1.32.3',
          containerRuntimeVersion: 'containerd://1.7.27',
          osImage: 'Bottlerocket OS 1.36',
          operatingSystem: 'linux',
          architecture: 'amd64',
        },
      },
    },
  }));
}

export function nodeIp(index: number): string {
  return `10.0.${Math.floor(index / 200)}.${10 + (index % 200)}`;
}

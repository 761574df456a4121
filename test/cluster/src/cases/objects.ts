// SPDX-License-Identifier: Apache-2.0

type Metadata = Readonly<Record<string, unknown>>;

export function configMap(
  name: string,
  data: Readonly<Record<string, string>> = {},
  metadata: Metadata = {},
) {
  return {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name, ...metadata },
    data,
  };
}

export const BOX = { name: 'box', image: 'registry.example/box:1' };
/** A pod that gets no token volume, which is another one in each Kubernetes version. */
export const POD_SPEC = {
  automountServiceAccountToken: false,
  containers: [BOX],
};

export function pod(name: string, spec: object = {}, metadata: Metadata = {}) {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, ...metadata },
    spec: { ...POD_SPEC, ...spec },
  };
}

function template(name: string, spec: object = {}) {
  return {
    metadata: { labels: { app: name } },
    spec: { ...POD_SPEC, ...spec },
  };
}

/** A Deployment, ReplicaSet, StatefulSet or DaemonSet whose pods have the label `app`. */
export function workload(kind: string, name: string, spec: object = {}) {
  return {
    apiVersion: 'apps/v1',
    kind,
    metadata: { name },
    spec: {
      selector: { matchLabels: { app: name } },
      template: template(name),
      ...(kind === 'StatefulSet' && { serviceName: name }),
      ...spec,
    },
  };
}

export function job(name: string, spec: object = {}) {
  return {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: { name },
    spec: {
      template: { spec: { ...POD_SPEC, restartPolicy: 'Never' } },
      ...spec,
    },
  };
}

export function service(name: string, spec: object = {}) {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name },
    spec: { selector: { app: name }, ports: [{ port: 80 }], ...spec },
  };
}

export function role(name: string, rules: readonly object[]) {
  return {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'Role',
    metadata: { name },
    rules,
  };
}

export function roleBinding(
  name: string,
  roleRef: { kind: string; name: string },
  subjects: readonly object[],
) {
  return {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'RoleBinding',
    metadata: { name },
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', ...roleRef },
    subjects,
  };
}

export function user(name: string) {
  return { apiGroup: 'rbac.authorization.k8s.io', kind: 'User', name };
}

// SPDX-License-Identifier: Apache-2.0
import type {
  ObjectRef,
  TenantObject,
} from '@tenantry/backstage-plugin-tenants-common';
import { eventFixture } from '@tenantry/backstage-plugin-tenants-common/testing';

const API_VERSIONS: Readonly<Record<string, string>> = {
  Pod: 'v1',
  Deployment: 'apps/v1',
  StatefulSet: 'apps/v1',
  NetworkPolicy: 'networking.k8s.io/v1',
};

/** An object as the portal shows it: without secrets. */
export function objectFixture(
  { kind, namespace, name, cluster = 'eu-west' }: ObjectRef,
  overrides: Partial<TenantObject> = {},
): TenantObject {
  const apiVersion = API_VERSIONS[kind] ?? 'v1';
  return {
    cluster,
    environment: 'prod',
    apiVersion,
    kind,
    namespace,
    name,
    readAt: '2026-11-21T14:32:07.000Z',
    yaml: [
      `apiVersion: ${apiVersion}`,
      `kind: ${kind}`,
      'metadata:',
      `  name: ${name}`,
      `  namespace: ${namespace}`,
      'spec:',
      '  containers:',
      '    - name: main',
      '      image: registry.example/airflow:2.10.2',
      '      env:',
      '        - name: DB_PASSWORD',
      '          value: "[masked]"',
      '',
    ].join('\n'),
    masked: 1,
    owners:
      kind === 'Pod'
        ? [{ kind: 'StatefulSet', name: 'airflow-worker', known: true }]
        : [],
    events:
      name === 'airflow-worker-1'
        ? [eventFixture({ object: { kind, name } })]
        : [],
    ...overrides,
  };
}

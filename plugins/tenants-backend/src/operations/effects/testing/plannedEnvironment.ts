// SPDX-License-Identifier: Apache-2.0
import type { KubeManifest } from '@tenantry/backstage-plugin-tenants-node';
import type { PlannedEnvironment } from '../../../modules/Planner';
import type { RenderedObject } from '../../../modules/RenderedObject';
import type { EnvironmentRecord } from '../../../records/EnvironmentRecord';
import { recordOf } from '../../../records/testing/recordOf';

/** What a module of a planned environment is. */
export type TestModule = {
  readonly name: string;
  readonly image?: string;
  readonly replicas?: number;
  readonly wave?: number;
};

function member(
  record: EnvironmentRecord,
  object: {
    apiVersion: string;
    kind: string;
    name: string;
    namespace?: string;
  },
  more: Readonly<Record<string, unknown>> = {},
): KubeManifest {
  const { apiVersion, kind, name, namespace = record.namespaces[0] } = object;
  const isNamespace = kind === 'Namespace';
  return {
    apiVersion,
    kind,
    metadata: {
      name,
      ...(isNamespace ? {} : { namespace }),
      labels: {
        'applyset.kubernetes.io/part-of': record.applySetId,
        'tenantry.dev/tenant': record.tenant,
        'tenantry.dev/environment': record.environment,
      },
    },
    ...more,
  };
}

function deploymentSpec({ name, image = 'app:1', replicas = 1 }: TestModule) {
  return {
    replicas,
    selector: { matchLabels: { app: name } },
    template: {
      metadata: { labels: { app: name, 'tenantry.dev/module': name } },
      spec: {
        containers: [
          {
            name: 'main',
            image,
            resources: { requests: { cpu: '100m', memory: '64Mi' } },
          },
        ],
      },
    },
  };
}

function moduleObjects(
  record: EnvironmentRecord,
  module: TestModule,
): readonly RenderedObject[] {
  const { name, wave = 0 } = module;
  const object = (
    apiVersion: string,
    kind: string,
    more: Readonly<Record<string, unknown>>,
  ) => ({
    manifest: member(record, { apiVersion, kind, name }, more),
    module: name,
    wave,
  });
  return [
    object('v1', 'ConfigMap', { data: { image: module.image ?? 'app:1' } }),
    object('v1', 'Service', {
      spec: { selector: { app: name }, ports: [{ port: 80, protocol: 'TCP' }] },
    }),
    object('apps/v1', 'Deployment', { spec: deploymentSpec(module) }),
  ];
}

/** An environment as a planner would have it: namespaces with a quota each, and per module a ConfigMap, a Service and a Deployment. */
export function plannedEnvironment(
  modules: readonly TestModule[],
  change: Partial<EnvironmentRecord> = {},
  previous?: EnvironmentRecord,
): PlannedEnvironment {
  const releases = Object.fromEntries(
    modules.map(({ name, image = 'app:1' }) => [
      name,
      { version: image.split(':')[1] ?? '1', hash: image },
    ]),
  );
  const record = recordOf({ revision: 0, releases, ...change });
  const core = { apiVersion: 'v1' };
  const spec = { hard: { pods: '50' } };
  const quota = { ...core, kind: 'ResourceQuota', name: 'quota' };
  const base = [
    ...record.namespaces.map(name =>
      member(record, { ...core, kind: 'Namespace', name }),
    ),
    ...record.namespaces.map(namespace =>
      member(record, { ...quota, namespace }, { spec }),
    ),
  ];
  return {
    name: record.environment,
    cluster: record.cluster,
    record,
    ...(previous && { previous }),
    objects:
      record.state === 'retained'
        ? []
        : [
            ...base.map(manifest => ({ manifest, wave: -1 })),
            ...modules.flatMap(module => moduleObjects(record, module)),
          ],
    generatedSecrets: [],
  };
}

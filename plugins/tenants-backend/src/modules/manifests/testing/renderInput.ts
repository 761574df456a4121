// SPDX-License-Identifier: Apache-2.0
import {
  environmentSpecSchema,
  type EnvironmentSpec,
  type Tier,
} from '@tenantry/backstage-plugin-tenants-common';
import type {
  CatalogueRelease,
  JsonObject,
  ManifestTemplate,
  ReleaseContent,
} from '@tenantry/backstage-plugin-tenants-node/definitions';
import type { PlannedModule } from '../../PlannedModule';
import type { RenderInput, RenderSettings } from '../RenderInput';

/** A tier as platforms have it: what the three tiers of the original platform file say, with limits. */
export const BRONZE: Tier = {
  name: 'bronze',
  displayName: 'Bronze',
  quota: {
    'requests.cpu': '10',
    'requests.memory': '20Gi',
    'limits.cpu': '10',
    'limits.memory': '20Gi',
    persistentvolumeclaims: '5',
    'requests.storage': '50Gi',
  },
};

export const SETTINGS: RenderSettings = {
  labels: { prefix: 'tenantry.dev' },
  allowedRoles: ['admin', 'edit', 'view'],
  systemNamespace: 'tenantry-system',
  podSecurity: 'restricted',
};

/** A spec with defaults. */
export function environmentSpec(
  spec: Partial<EnvironmentSpec> = {},
): EnvironmentSpec {
  return environmentSpecSchema.parse({
    name: 'prod',
    cluster: 'eu-1',
    tier: 'bronze',
    ...spec,
  });
}

/** The environment `prod` of the tenant `acme`, with no modules. */
export function renderInput(input: Partial<RenderInput> = {}): RenderInput {
  return {
    tenant: { name: 'acme', owner: 'group:default/team-a' },
    spec: environmentSpec(),
    namespace: 'acme-prod',
    applySetId: 'applyset-abc-v1',
    tier: BRONZE,
    modules: [],
    cluster: { version: 'v1.32.0' },
    members: [],
    settings: SETTINGS,
    hpaTargets: new Set(),
    secrets: new Set(),
    ...input,
  };
}

/** A template as the loader makes it. */
export function template(object: JsonObject, when?: string): ManifestTemplate {
  return {
    object,
    at: { file: 'web.yaml', line: 3, column: 1 },
    ...(when !== undefined && { when }),
  };
}

/** A planned module of one release. */
export function plannedModule(
  options: {
    readonly name?: string;
    readonly content?: ReleaseContent;
    readonly templates?: readonly ManifestTemplate[];
    readonly parameters?: JsonObject;
    readonly release?: Partial<CatalogueRelease>;
    readonly scope?: 'tenant' | 'cluster';
    readonly wave?: number;
    readonly requiredBy?: readonly string[];
  } = {},
): PlannedModule {
  const content = options.content ?? {
    kind: 'manifests',
    templates: options.templates ?? [],
  };
  const release: CatalogueRelease = {
    version: '1.2.3',
    hash: 'h1',
    delivery: content.kind,
    dependencies: [],
    recommends: [],
    conflicts: [],
    provides: [],
    tierParameters: {},
    secrets: [],
    endpoints: [],
    content,
    ...options.release,
  };
  return {
    definition: {
      name: options.name ?? 'web',
      displayName: 'Web',
      scope: options.scope ?? 'tenant',
      lifecycle: 'production',
      links: [],
      releases: [release],
    },
    release,
    parameters: options.parameters ?? {},
    requiredBy: options.requiredBy ?? [],
    needs: [],
    wave: options.wave ?? 0,
  };
}

/** Security settings that `restricted` asks for. */
export const POD_SECURITY_CONTEXT: JsonObject = {
  runAsNonRoot: true,
  seccompProfile: { type: 'RuntimeDefault' },
};

/** A container that `restricted` admits. */
export function container(fields: JsonObject = {}): JsonObject {
  return {
    name: 'main',
    image: 'registry.example/web:1',
    securityContext: {
      allowPrivilegeEscalation: false,
      capabilities: { drop: ['ALL'] },
    },
    ...fields,
  };
}

/** A Deployment `web` that every check admits. */
export function deployment(
  fields: {
    readonly name?: string;
    readonly spec?: JsonObject;
    readonly pod?: JsonObject;
    readonly container?: JsonObject;
  } = {},
): JsonObject {
  const name = fields.name ?? 'web';
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name },
    spec: {
      selector: { matchLabels: { app: name } },
      ...fields.spec,
      template: {
        metadata: { labels: { app: name } },
        spec: {
          securityContext: POD_SECURITY_CONTEXT,
          containers: [container(fields.container)],
          ...fields.pod,
        },
      },
    },
  };
}

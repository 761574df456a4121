// SPDX-License-Identifier: Apache-2.0
import type {
  Environment,
  HealthCode,
  TenantModule,
} from '@tenantry/backstage-plugin-tenants-common';
import {
  HEALTH_CODES,
  worstHealthCode,
} from '@tenantry/backstage-plugin-tenants-common';
import type { NamespaceObject } from '../informers/objects';
import { namespaceObject } from '../informers/testing';
import type {
  TenantDerivation,
  TenantPlace,
} from '../snapshots/TenantDerivation';

export type FakeTenantFacts = {
  readonly tenant: string;
  readonly owner?: string;
  readonly tier?: string;
  readonly health?: HealthCode;
  /** Anything that makes content differ. */
  readonly note?: string;
  /** Pods of module `web`, each with a container `main`, by name and restarts. */
  readonly pods?: Readonly<Record<string, number>>;
  /** At which module `web` can be reached. */
  readonly host?: string;
};

/** A namespace that `fakeDerivation` makes a tenant of. */
export function tenantNamespace(
  name: string,
  { tenant, owner, tier, health, note, pods, host }: FakeTenantFacts,
): NamespaceObject {
  return namespaceObject({
    name,
    labels: { tenant, ...(tier ? { tier } : {}) },
    annotations: {
      ...(owner ? { owner } : {}),
      health: health ?? 'Healthy',
      note: note ?? '',
      pods: JSON.stringify(pods ?? {}),
      ...(host ? { host } : {}),
    },
  });
}

/** A tenancy that reads everything from a namespace’s annotations, so that tests of what comes after need no pods. */
export const fakeDerivation: TenantDerivation = {
  tenantOf: (_cluster, namespace) => namespace.labels.tenant,
  derive(name, places) {
    const environments = places.flatMap(toEnvironments);
    const [first] = places.flatMap(({ namespaces }) => namespaces);
    const tenant = {
      name,
      ...optional('owner', first.annotations.owner),
      ...optional('tier', first.labels.tier),
      members: [],
      labels: first.labels,
      health: rollUp(environments.map(e => e.health.code)),
      conditions: [],
      causes: [],
      environments,
      events: [],
      partial: places.flatMap(({ view }) => view.partial),
    };
    return { tenant };
  },
  toRow: tenant => ({
    name: tenant.name,
    version: tenant.version,
    ...optional('owner', tenant.owner),
    ...optional('tier', tenant.tier),
    health: tenant.health,
    environments: tenant.environments.map(e => ({
      name: e.name,
      cluster: e.cluster,
      code: e.health.code,
      state: e.state,
      freshness: e.freshness,
    })),
    modules: ['web'],
    pods: { ready: 0, total: 0 },
    restarts: 0,
    endpoints: tenant.environments.flatMap(({ name, cluster, modules }) =>
      modules.flatMap(({ name: module, endpoints = [] }) =>
        endpoints.map(({ url }) => ({
          url,
          module,
          environment: name,
          cluster,
        })),
      ),
    ),
  }),
};

function toEnvironments({ view, namespaces }: TenantPlace): Environment[] {
  return namespaces.map(namespace => {
    const { annotations, name } = namespace;
    const health = rollUp([toCode(annotations.health)], annotations.note);
    return {
      name,
      cluster: view.name,
      namespaces: [name],
      state: 'Active',
      health,
      freshness: view.freshness,
      modules: [toModule(namespace)],
      quota: [],
    };
  });
}

function toModule({ annotations, name }: NamespaceObject): TenantModule {
  const pods: Record<string, number> = JSON.parse(annotations.pods ?? '{}');
  const health = rollUp([toCode(annotations.health)]);
  const createdAt = '2026-01-01T00:00:00Z';
  return {
    name: 'web',
    health,
    endpoints: annotations.host
      ? [
          {
            url: `https://${annotations.host}/`,
            source: { kind: 'Ingress', namespace: name, name: 'web' },
          },
        ]
      : undefined,
    workloads: [
      {
        kind: 'Deployment',
        name: 'web',
        namespace: name,
        uid: `uid-${name}`,
        health,
        images: [],
        restarts: 0,
        createdAt,
        pods: Object.entries(pods).map(([pod, restarts]) => ({
          name: pod,
          namespace: name,
          uid: `uid-${pod}`,
          phase: 'Running',
          health,
          ready: true,
          restarts,
          createdAt,
          containers: [
            {
              name: 'main',
              role: 'main',
              image: 'registry.example/web:1',
              state: 'running',
              ready: true,
              restarts,
            },
          ],
        })),
      },
    ],
  };
}

function rollUp(codes: HealthCode[], message = '') {
  const code = worstHealthCode(codes);
  return {
    code,
    reason: code === 'Degraded' ? 'CrashLoopBackOff' : code,
    message,
    counts: { [code]: codes.length },
  };
}

function toCode(word: string | undefined): HealthCode {
  return HEALTH_CODES.find(code => code === word) ?? 'Unknown';
}

function optional<K extends string>(key: K, value: string | undefined) {
  return value === undefined ? {} : { [key]: value };
}

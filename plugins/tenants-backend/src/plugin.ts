// SPDX-License-Identifier: Apache-2.0
import {
  coreServices,
  createBackendPlugin,
  type BackendFeature,
} from '@backstage/backend-plugin-api';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { eventsServiceRef } from '@backstage/plugin-events-node';
import { routeTable } from '@tenantry/backstage-plugin-tenants-common';
import {
  kubernetesAccessRegistryRef,
  policyPreviewRegistryRef,
  tenantsHealthExtensionPoint,
  tenantsTenantSourceExtensionPoint,
} from '@tenantry/backstage-plugin-tenants-node';
import { version } from '../package.json';
import { readAccessConfig } from './accessConfig';
import { createRouter } from './api/createRouter';
import type { ClusterSource } from './ClusterSource';
import { createHttpKubeApi } from './clusters/createHttpKubeApi';
import { WatchedClusters } from './clusters/WatchedClusters';
import { composeAccess, scheduleAuditRetention } from './composeAccess';
import {
  DEFAULT_CLUSTER_CONFIG,
  readTenantsConfig,
  type TenantsConfig,
} from './config';
import { CustomKinds } from './health';
import { Metrics } from './metrics/Metrics';
import { openDatabase } from './openDatabase';
import { PlatformSnapshots } from './snapshots/PlatformSnapshots';
import { publishSlowChanges } from './snapshots/publishSlowChanges';
import type { TenantDerivation } from './snapshots/TenantDerivation';
import { TenantSnapshots } from './snapshots/TenantSnapshots';
import {
  createTenantDerivation,
  listMembers,
  subjectByName,
  tenancyPreset,
  TenantSources,
} from './tenancy';
import { systemClock, type Clock } from './time/Clock';

/** What the framework gives the plugin. */
const deps = {
  auditor: coreServices.auditor,
  auth: coreServices.auth,
  catalog: catalogServiceRef,
  config: coreServices.rootConfig,
  database: coreServices.database,
  events: eventsServiceRef,
  httpAuth: coreServices.httpAuth,
  httpRouter: coreServices.httpRouter,
  lifecycle: coreServices.lifecycle,
  logger: coreServices.logger,
  permissions: coreServices.permissions,
  permissionsRegistry: coreServices.permissionsRegistry,
  previews: policyPreviewRegistryRef,
  registry: kubernetesAccessRegistryRef,
  scheduler: coreServices.scheduler,
};

type Services = {
  readonly [K in keyof typeof deps]: (typeof deps)[K]['T'];
};

/** What modules have added by the time the plugin starts. */
type Extensions = {
  readonly sources: TenantSources;
  readonly kinds: CustomKinds;
};

/** The parts that tests replace. */
type Adapters = {
  readonly clock: Clock;
  readonly clusters: (
    services: Services,
    clock: Clock,
    extensions: Extensions,
  ) => ClusterSource;
  readonly derivation: (
    config: TenantsConfig,
    extensions: Extensions,
  ) => TenantDerivation;
};

/** Watches the clusters of the portal’s Kubernetes plugin. */
const adapters: Adapters = {
  clock: systemClock,
  clusters: ({ registry, auth, logger, config }, clock, { kinds }) => {
    const { clusters } = readTenantsConfig(config);
    return new WatchedClusters({
      access: () => registry.whenProvided(),
      credentials: () => auth.getOwnServiceCredentials(),
      createKubeApi: createHttpKubeApi({ clock }),
      clock,
      random: Math.random,
      logger,
      namespacesOf: name => clusters.get(name)?.namespaces,
      customKinds: kinds.list(),
    });
  },
  derivation: ({ labels, clusters }, { sources }) =>
    createTenantDerivation({
      labels: tenancyPreset(labels.preset, labels.prefix),
      sources,
      trustOf: name => (clusters.get(name) ?? DEFAULT_CLUSTER_CONFIG).trust,
    }),
};

/** Builds the plugin. */
export function createTenantsPlugin(
  build: Adapters = adapters,
): BackendFeature {
  return createBackendPlugin({
    pluginId: 'tenants',
    register(env) {
      const sources = new TenantSources();
      const kinds = new CustomKinds();
      env.registerExtensionPoint(tenantsTenantSourceExtensionPoint, sources);
      env.registerExtensionPoint(tenantsHealthExtensionPoint, kinds);
      env.registerInit({
        deps,
        init: async services =>
          startTenants(services, build, { sources, kinds }),
      });
    },
  });
}

async function startTenants(
  services: Services,
  build: Adapters,
  extensions: Extensions,
): Promise<void> {
  const { logger, httpRouter } = services;
  const { clock } = build;
  const config = readTenantsConfig(services.config);
  const clusters = build.clusters(services, clock, extensions);
  const report = (what: string) => (tenant: string, error: unknown) =>
    logger.child({ tenant }).error(what, toError(error));
  const snapshots = new TenantSnapshots({
    clusters,
    derivation: build.derivation(config, extensions),
    clock,
    onFailure: report('A tenant could not be derived'),
  });
  const platform = new PlatformSnapshots({
    clusters,
    snapshots,
    clock,
    version,
    problems: () => clusters.problems(),
  });
  const access = composeAccess({
    ...services,
    config: readAccessConfig(services.config),
    database: await openDatabase(services.database),
    clock,
    factsOf: name => snapshots.get(name)?.facts,
    onAuditFailure: report('What was done could not be recorded'),
  });
  await scheduleAuditRetention(services.scheduler, access.auditStore);
  const stop = new AbortController();
  services.lifecycle.addShutdownHook(() => stop.abort());
  publishSlowChanges({
    snapshots,
    events: services.events,
    onFailure: report('A change of a tenant could not be published'),
  });
  const { path } = routeTable.health;
  httpRouter.addAuthPolicy({ path, allow: 'unauthenticated' });
  httpRouter.use(
    createRouter({
      ...access,
      snapshots,
      platform,
      membersOf: tenant =>
        listMembers(
          tenant,
          name => clusters.list().find(view => view.name === name),
          subjectByName,
        ),
      kubeApi: name => clusters.kubeApi(name),
      clock,
      version,
      metrics: new Metrics({ clusters, snapshots, clock }),
      shutdown: stop.signal,
    }),
  );
  snapshots.start(stop.signal);
  void clusters.start(stop.signal);
}

/** The Tenantry backend. */
export const tenantsPlugin = createTenantsPlugin();

function toError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}

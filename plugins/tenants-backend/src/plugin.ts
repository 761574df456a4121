// SPDX-License-Identifier: Apache-2.0
import {
  coreServices,
  createBackendPlugin,
  type BackendFeature,
} from '@backstage/backend-plugin-api';
import { eventsServiceRef } from '@backstage/plugin-events-node';
import { routeTable } from '@tenantry/backstage-plugin-tenants-common';
import { kubernetesAccessRegistryRef } from '@tenantry/backstage-plugin-tenants-node';
import { version } from '../package.json';
import { Access } from './access/Access';
import { registerTenantAccess } from './access/registerTenantAccess';
import { createRouter } from './api/createRouter';
import type { ClusterSource } from './ClusterSource';
import { createHttpKubeApi } from './clusters/createHttpKubeApi';
import { WatchedClusters } from './clusters/WatchedClusters';
import {
  DEFAULT_CLUSTER_CONFIG,
  readTenantsConfig,
  type TenantsConfig,
} from './config';
import { createTenantDerivation } from './snapshots/createTenantDerivation';
import { PlatformSnapshots } from './snapshots/PlatformSnapshots';
import { publishSlowChanges } from './snapshots/publishSlowChanges';
import type { TenantDerivation } from './snapshots/TenantDerivation';
import { TenantSnapshots } from './snapshots/TenantSnapshots';
import { tenancyPreset } from './tenancy';
import { systemClock, type Clock } from './time/Clock';

/** What the framework gives the plugin. */
const deps = {
  auth: coreServices.auth,
  config: coreServices.rootConfig,
  events: eventsServiceRef,
  httpAuth: coreServices.httpAuth,
  httpRouter: coreServices.httpRouter,
  lifecycle: coreServices.lifecycle,
  logger: coreServices.logger,
  permissions: coreServices.permissions,
  permissionsRegistry: coreServices.permissionsRegistry,
  registry: kubernetesAccessRegistryRef,
};

type Services = {
  readonly [K in keyof typeof deps]: (typeof deps)[K]['T'];
};

/** The parts that tests replace. */
type Adapters = {
  readonly clock: Clock;
  readonly clusters: (services: Services, clock: Clock) => ClusterSource;
  readonly derivation: (config: TenantsConfig) => TenantDerivation;
};

/** Watches the clusters of the portal’s Kubernetes plugin. */
const adapters: Adapters = {
  clock: systemClock,
  clusters: ({ registry, auth, logger }, clock) =>
    new WatchedClusters({
      access: () => registry.whenProvided(),
      credentials: () => auth.getOwnServiceCredentials(),
      createKubeApi: createHttpKubeApi({ clock }),
      clock,
      random: Math.random,
      logger,
    }),
  derivation: ({ labels, clusters }) =>
    createTenantDerivation({
      labels: tenancyPreset(labels.preset, labels.prefix),
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
      env.registerInit({
        deps,
        init: async services => startTenants(services, build),
      });
    },
  });
}

function startTenants(services: Services, build: Adapters): void {
  const { logger, permissions, auth, httpRouter, httpAuth } = services;
  const { clock } = build;
  const config = readTenantsConfig(services.config);
  const clusters = build.clusters(services, clock);
  const report = (what: string) => (tenant: string, error: unknown) =>
    logger.child({ tenant }).error(what, toError(error));
  const snapshots = new TenantSnapshots({
    clusters,
    derivation: build.derivation(config),
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
  const transform = registerTenantAccess(
    services.permissionsRegistry,
    name => snapshots.get(name)?.facts,
  );
  const access = new Access({ permissions, auth, transform, clock });
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
      httpAuth,
      access,
      snapshots,
      platform,
      kubeApi: name => clusters.kubeApi(name),
      clock,
      version,
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

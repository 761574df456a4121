// SPDX-License-Identifier: Apache-2.0
import {
  coreServices,
  createBackendPlugin,
  type BackendFeature,
} from '@backstage/backend-plugin-api';
import { actionsRegistryServiceRef } from '@backstage/backend-plugin-api/alpha';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { eventsServiceRef } from '@backstage/plugin-events-node';
import { notificationService } from '@backstage/plugin-notifications-node';
import {
  routeTable,
  type Tenant,
} from '@tenantry/backstage-plugin-tenants-common';
import {
  createTenantsService,
  kubernetesAccessRegistryRef,
  policyPreviewRegistryRef,
  tenantsHealthExtensionPoint,
  tenantsModuleDefinitionsExtensionPoint,
  tenantsTenantSourceExtensionPoint,
} from '@tenantry/backstage-plugin-tenants-node';
import { version } from '../package.json';
import { readAccessConfig } from './accessConfig';
import { registerActions } from './actions/registerActions';
import { createRouter } from './api/createRouter';
import type { ClusterSource } from './ClusterSource';
import { chooseAccess } from './clusters/chooseAccess';
import { createHttpKubeApi } from './clusters/createHttpKubeApi';
import { createProxyAccess } from './clusters/createProxyAccess';
import { ReadOnlyKubeApi } from './clusters/ReadOnlyKubeApi';
import { WatchedClusters } from './clusters/WatchedClusters';
import { composeAccess, scheduleAuditRetention } from './composeAccess';
import { composeDetails } from './composeDetails';
import { composeIdentities } from './composeIdentities';
import { scheduleOperationRetention } from './composeOperations';
import { composeWork, type OperationAdapters } from './composeWork';
import { scheduleLifetime } from './composeLifetime';
import { composeModules } from './composeModules';
import {
  DEFAULT_CLUSTER_CONFIG,
  readTenantsConfig,
  type TenantsConfig,
} from './config';
import { CustomKinds } from './health';
import { readLogsConfig } from './logsConfig';
import { Metrics } from './metrics/Metrics';
import { DefinitionSources } from './modules/definitions';
import { openDatabase } from './database/openDatabase';
import { readOwnership } from './readOwnership';
import { PlatformSnapshots } from './snapshots/PlatformSnapshots';
import { publishSlowChanges } from './snapshots/publishSlowChanges';
import {
  alsoOnChange,
  type TenantDerivation,
} from './snapshots/TenantDerivation';
import { TenantSnapshots } from './snapshots/TenantSnapshots';
import {
  createTenantDerivation,
  listMembers,
  tenancyPreset,
  TenantSources,
  type SubjectToEntityRef,
} from './tenancy';
import { systemClock, type Clock } from './time/Clock';

/** What the framework gives the plugin. */
const deps = {
  actions: actionsRegistryServiceRef,
  auditor: coreServices.auditor,
  auth: coreServices.auth,
  catalog: catalogServiceRef,
  config: coreServices.rootConfig,
  discovery: coreServices.discovery,
  database: coreServices.database,
  events: eventsServiceRef,
  httpAuth: coreServices.httpAuth,
  httpRouter: coreServices.httpRouter,
  lifecycle: coreServices.lifecycle,
  logger: coreServices.logger,
  notifications: notificationService,
  permissions: coreServices.permissions,
  permissionsRegistry: coreServices.permissionsRegistry,
  previews: policyPreviewRegistryRef,
  registry: kubernetesAccessRegistryRef,
  scheduler: coreServices.scheduler,
  urlReader: coreServices.urlReader,
  userInfo: coreServices.userInfo,
};

type Services = {
  readonly [K in keyof typeof deps]: (typeof deps)[K]['T'];
};

/** What modules have added by the time the plugin starts. */
type Extensions = {
  readonly sources: TenantSources;
  readonly kinds: CustomKinds;
  readonly definitionSources: DefinitionSources;
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
    subjectToEntityRef: SubjectToEntityRef,
  ) => TenantDerivation;
  /** Left out, nothing can be planned. */
  readonly operations?: () => OperationAdapters;
};

/** Watches the clusters of the portal’s Kubernetes plugin. */
const adapters: Adapters = {
  clock: systemClock,
  clusters: (services, clock, { kinds }) => {
    const { registry, auth, discovery, logger } = services;
    const { clusters, kubernetes, readOnly } = readTenantsConfig(
      services.config,
    );
    const connect = createHttpKubeApi({ clock });
    return new WatchedClusters({
      access: chooseAccess({
        mode: kubernetes.access,
        registry,
        proxy: createProxyAccess({ discovery, auth }),
        clock,
      }),
      credentials: () => auth.getOwnServiceCredentials(),
      createKubeApi: readOnly
        ? (...way) => new ReadOnlyKubeApi(connect(...way))
        : connect,
      clock,
      random: Math.random,
      logger,
      namespacesOf: name => clusters.get(name)?.namespaces,
      customKinds: kinds.list(),
    });
  },
  derivation: ({ labels, clusters }, { sources }, subjectToEntityRef) =>
    createTenantDerivation({
      subjectToEntityRef,
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
      const definitionSources = new DefinitionSources();
      env.registerExtensionPoint(tenantsTenantSourceExtensionPoint, sources);
      env.registerExtensionPoint(tenantsHealthExtensionPoint, kinds);
      env.registerExtensionPoint(
        tenantsModuleDefinitionsExtensionPoint,
        definitionSources,
      );
      env.registerInit({
        deps,
        init: async services =>
          startTenants(services, build, { sources, kinds, definitionSources }),
      });
    },
  });
}

type Report = (what: string) => (tenant: string, error: unknown) => void;

/** Builds what is known of the clusters: from the watch to the snapshots. Nothing runs yet. */
function composeState(
  services: Services,
  build: Adapters,
  more: { readonly extensions: Extensions; readonly report: Report },
) {
  const { clock } = build;
  const { extensions, report } = more;
  const config = readTenantsConfig(services.config);
  const accessConfig = readAccessConfig(services.config);
  const clusters = build.clusters(services, clock, extensions);
  const identities = composeIdentities({
    ...services,
    config: accessConfig,
    clock,
    report,
  });
  const { definitions } = composeModules({
    ...services,
    clock,
    sources: extensions.definitionSources,
    report,
  });
  const snapshots = new TenantSnapshots({
    clusters,
    derivation: alsoOnChange(
      build.derivation(config, extensions, identities.toEntityRef),
      listener => identities.directory.onChange(listener),
    ),
    clock,
    onFailure: report('A tenant could not be derived'),
  });
  const platform = new PlatformSnapshots({
    clusters,
    snapshots,
    clock,
    version,
    problems: () => clusters.problems(),
    definitions,
  });
  const membersOf = (tenant: Tenant) =>
    listMembers(
      tenant,
      name => clusters.list().find(view => view.name === name),
      identities.toEntityRef,
    );
  return {
    accessConfig,
    clusters,
    clusterNames: () => clusters.list().map(({ name }) => name),
    definitions,
    identities,
    snapshots,
    platform,
    membersOf,
  };
}

async function startTenants(
  services: Services,
  build: Adapters,
  extensions: Extensions,
): Promise<void> {
  const { logger, httpRouter, events } = services;
  const { clock } = build;
  const report: Report = what => (tenant, error) =>
    logger.child({ tenant }).error(what, toError(error));
  const state = composeState(services, build, { extensions, report });
  const { accessConfig, clusters, identities, snapshots } = state;
  const kubeApi = (name: string) => clusters.kubeApi(name);
  const database = await openDatabase(services.database);
  const access = composeAccess({
    ...services,
    config: accessConfig,
    database,
    clock,
    snapshots,
    identities: identities.directory,
    kubeApi,
    report,
  });
  const stop = new AbortController();
  const work = composeWork({
    config: services.config,
    database,
    clock,
    kubeApi,
    auditStore: access.auditStore,
    report,
    given: build.operations?.(),
    state,
  });
  await scheduleAuditRetention(services.scheduler, access.auditStore);
  await scheduleWork(services, { work, clock, report, snapshots });
  const onFailure = report('A change of a tenant could not be published');
  publishSlowChanges({ snapshots, events, onFailure });
  const { path } = routeTable.health;
  httpRouter.addAuthPolicy({ path, allow: 'unauthenticated' });
  const metrics = new Metrics({ clusters, snapshots, clock, ...work });
  httpRouter.use(
    createRouter({
      ...access,
      ...state,
      ...work,
      ownershipOf: readOwnership(services.userInfo),
      ...readLogsConfig(services.config),
      details: composeDetails(clusters, { clock, ...work }, stop.signal),
      kubeApi,
      clock,
      version,
      metrics,
      shutdown: stop.signal,
    }),
  );
  startWork(services, { work, metrics, stop });
  startState(state, stop.signal);
}

/** Lets operations run until the process shuts down, and agents start them. */
function startWork(
  services: Services,
  parts: {
    readonly work: ReturnType<typeof composeWork>;
    readonly metrics: Metrics;
    readonly stop: AbortController;
  },
): void {
  const { work, metrics, stop } = parts;
  const worker = work.start(stop.signal, metrics.operationCounters);
  services.lifecycle.addShutdownHook(async () => {
    stop.abort();
    await worker.stopped();
  });
  registerActions({
    registry: services.actions,
    as: createTenantsService(services).as,
  });
}

/** Begins to follow the catalogue, the definitions and the clusters. */
function startState(
  state: ReturnType<typeof composeState>,
  signal: AbortSignal,
): void {
  if (state.accessConfig.needsDirectory) {
    state.identities.directory.start(signal);
  }
  state.snapshots.start(signal);
  void state.clusters.start(signal);
  void state.definitions.start(signal);
}

/** What is done at times, on one replica. */
async function scheduleWork(
  services: Services,
  parts: {
    readonly work: ReturnType<typeof composeWork>;
    readonly clock: Clock;
    readonly report: Report;
    readonly snapshots: TenantSnapshots;
  },
): Promise<void> {
  const { work, clock, report, snapshots } = parts;
  await scheduleOperationRetention(services.scheduler, work.store);
  await scheduleLifetime({
    ...services,
    ...work.store,
    clock,
    operations: work.operations,
    records: work.records,
    report,
    tenants: () => tenantsOf(snapshots),
  });
}

function* tenantsOf(snapshots: TenantSnapshots): Generator<Tenant> {
  for (const { tenant } of snapshots.all()) yield tenant;
}

/**
 * The Tenantry backend.
 *
 * @public
 */
export const tenantsPlugin = createTenantsPlugin();

function toError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}

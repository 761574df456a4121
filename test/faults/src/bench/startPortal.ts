// SPDX-License-Identifier: Apache-2.0
import {
  coreServices,
  createServiceFactory,
  type PermissionsService,
} from '@backstage/backend-plugin-api';
import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import { actionsRegistryServiceMock } from '@backstage/backend-test-utils/alpha';
import type {
  ClusterDetails,
  KubernetesCredential,
} from '@backstage/plugin-kubernetes-node';
import { createHttpKubeApi } from '../../../../plugins/tenants-backend/src/clusters/createHttpKubeApi';
import { WatchedClusters } from '../../../../plugins/tenants-backend/src/clusters/WatchedClusters';
import { createTenantsPlugin } from '../../../../plugins/tenants-backend/src/plugin';
import {
  createTenantDerivation,
  tenancyPreset,
} from '../../../../plugins/tenants-backend/src/tenancy';
import type { Clock } from '../../../../plugins/tenants-backend/src/time/Clock';
import { ownersOnly } from './ownersOnly';

export type PortalOptions = {
  readonly clusters: readonly ClusterDetails[];
  /** Asked for each connection. */
  readonly credential: (cluster: string) => Promise<KubernetesCredential>;
  readonly clock: Clock;
  readonly random: () => number;
  /** Default: everybody sees the tenants they own. */
  readonly permissions?: PermissionsService;
};

export type Portal = {
  /** Base of the plugin’s routes. */
  readonly url: string;
  /** The plugin’s caches. */
  readonly clusters: WatchedClusters;
  stop(): Promise<void>;
};

const UNLIMITED = 100_000;
/** The viewers read far more often than people do, and more at once. */
const config = {
  tenants: {
    limits: { cheapPerMinute: UNLIMITED, expensivePerMinute: UNLIMITED },
    logs: { bytesPerSecond: 1024 ** 3 },
  },
};

/** Starts a backend with the whole plugin in it, which watches the given clusters over HTTP. */
export async function startPortal(options: PortalOptions): Promise<Portal> {
  const { clusters, credential, clock, random } = options;
  const { permissions = ownersOnly } = options;
  const watched: { clusters?: WatchedClusters } = {};
  const plugin = createTenantsPlugin({
    clock,
    clusters: ({ auth, logger }) => {
      watched.clusters = new WatchedClusters({
        access: async () => ({
          clusterSupplier: { getClusters: async () => [...clusters] },
          getCredential: async ({ name }) => credential(name),
        }),
        credentials: () => auth.getOwnServiceCredentials(),
        createKubeApi: createHttpKubeApi({ clock }),
        clock,
        random,
        logger,
      });
      return watched.clusters;
    },
    derivation: () =>
      createTenantDerivation({
        labels: tenancyPreset('tenantry'),
        trustOf: () => 'authoritative',
      }),
  });
  const backend = await startTestBackend({
    features: [
      actionsRegistryServiceMock.factory(),
      plugin,
      mockServices.rootConfig.factory({ data: config }),
      createServiceFactory({
        service: coreServices.permissions,
        deps: {},
        factory: () => permissions,
      }),
    ],
  });
  if (!watched.clusters) throw new Error('The plugin did not start.');
  return {
    url: `http://127.0.0.1:${backend.server.port()}/api/tenants`,
    clusters: watched.clusters,
    stop: () => backend.stop(),
  };
}

// SPDX-License-Identifier: Apache-2.0
import type { BackendFeature } from '@backstage/backend-plugin-api';
import type { KubeApi } from '@tenantry/backstage-plugin-tenants-node';
import { WatchedClusters } from '../clusters/WatchedClusters';
import { createTenantsPlugin } from '../plugin';
import { createTenantDerivation, tenancyPreset } from '../tenancy';
import { systemClock } from '../time/Clock';
import { handOverClusters } from './handOverClusters';

/** The plugin with nothing replaced but the way to its cluster, and the cluster handed over to it. */
export function pluginWatching(api: KubeApi): BackendFeature[] {
  return [
    createTenantsPlugin({
      clock: systemClock,
      clusters: ({ registry, auth, logger }, clock, { kinds }) =>
        new WatchedClusters({
          access: () => registry.whenProvided(),
          credentials: () => auth.getOwnServiceCredentials(),
          createKubeApi: () => api,
          clock,
          random: () => 0.5,
          logger,
          customKinds: kinds.list(),
        }),
      derivation: (_config, { sources }) =>
        createTenantDerivation({
          labels: tenancyPreset('tenantry'),
          trustOf: () => 'authoritative',
          sources,
        }),
    }),
    ...handOverClusters(api.cluster),
  ];
}

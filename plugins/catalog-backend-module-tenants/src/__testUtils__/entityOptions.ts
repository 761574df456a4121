// SPDX-License-Identifier: Apache-2.0
import type { TenantEntityOptions } from '../provider/toTenantEntity';

/** How entities are made where nothing is configured. */
export const entityOptions: Omit<TenantEntityOptions, 'modules'> = {
  defaultOwner: 'unknown',
  appUrl: 'https://portal.example',
  system: undefined,
  clusterEntities: new Map(),
  kubernetesAnnotations: false,
  labelPrefix: 'tenantry.dev',
};

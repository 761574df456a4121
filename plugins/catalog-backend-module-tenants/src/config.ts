// SPDX-License-Identifier: Apache-2.0
import {
  readSchedulerServiceTaskScheduleDefinitionFromConfig,
  type SchedulerServiceTaskScheduleDefinition,
} from '@backstage/backend-plugin-api';
import type { Config } from '@backstage/config';

/** How tenants get into the catalogue. */
export type TenantsCatalogConfig = {
  readonly schedule: SchedulerServiceTaskScheduleDefinition;
  readonly defaultOwner: string;
  /** Where the portal's pages are, without a slash at the end. */
  readonly appUrl: string;
};

const DEFAULTS: Omit<TenantsCatalogConfig, 'appUrl'> = {
  schedule: {
    frequency: { minutes: 1 },
    timeout: { minutes: 1 },
    initialDelay: { seconds: 5 },
    scope: 'global',
  },
  defaultOwner: 'unknown',
};

/** Reads `catalog.providers.tenants`, and from `app.baseUrl` where links lead. */
export function readTenantsCatalogConfig(root: Config): TenantsCatalogConfig {
  const config = root.getOptionalConfig('catalog.providers.tenants');
  const schedule = config?.getOptionalConfig('schedule');
  return Object.freeze({
    appUrl: root.getString('app.baseUrl').replace(/\/+$/, ''),
    schedule: schedule
      ? readSchedulerServiceTaskScheduleDefinitionFromConfig(schedule)
      : DEFAULTS.schedule,
    defaultOwner:
      config?.getOptionalString('defaultOwner') ?? DEFAULTS.defaultOwner,
  });
}

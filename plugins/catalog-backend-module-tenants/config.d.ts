// SPDX-License-Identifier: Apache-2.0
import { SchedulerServiceTaskScheduleDefinitionConfig } from '@backstage/backend-plugin-api';

export interface Config {
  catalog?: {
    providers?: {
      tenants?: {
        /**
         * How often all tenants are compared with the catalogue. Changes arrive in between by event.
         * Default: every minute, first after 5 seconds.
         */
        schedule?: SchedulerServiceTaskScheduleDefinitionConfig;
        /**
         * Owner of a tenant that names none, as an entity reference. Default: `unknown`.
         */
        defaultOwner?: string;
      };
    };
  };
}

// SPDX-License-Identifier: Apache-2.0
import { SchedulerServiceTaskScheduleDefinitionConfig } from '@backstage/backend-plugin-api';

export interface Config {
  search?: {
    collators?: {
      tenants?: {
        /**
         * How often tenants and modules are indexed anew. A tenant that appears, vanishes or changes its owner, tier or modules is
         * indexed at once. Default: every minute.
         */
        schedule?: SchedulerServiceTaskScheduleDefinitionConfig;
      };
    };
  };
}

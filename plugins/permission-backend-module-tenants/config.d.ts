// SPDX-License-Identifier: Apache-2.0
export interface Config {
  tenants?: {
    policy?: {
      /**
       * Users and groups that may do everything with every tenant, as entity references. Default: nobody.
       */
      platformTeam?: string[];
      /**
       * Users that may do nothing with tenants. Default: `user:default/guest` and `user:development/guest`.
       */
      guests?: string[];
      /**
       * Permissions by role; a role that is left out keeps its default (README).
       */
      roles?: {
        owner?: string[];
        member?: string[];
        user?: string[];
      };
    };
  };
}

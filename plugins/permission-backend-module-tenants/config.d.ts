// SPDX-License-Identifier: Apache-2.0
export interface Config {
  tenants?: {
    policy?: {
      /**
       * Users and groups that may do everything with every tenant, as entity references. Default: nobody.
       */
      platformTeam?: string[];
      /**
       * Users and groups that see every tenant without its logs, as a help desk, as entity references. Default: nobody.
       */
      viewers?: string[];
      /**
       * Users that may do nothing with tenants. Default: `user:default/guest` and `user:development/guest`.
       */
      guests?: string[];
      /**
       * Permissions by role; a role that is left out keeps its default (README).
       */
      roles?: {
        /** Of the user or group that owns the tenant. */
        owner?: string[];
        /** Of those with a role in the tenant’s namespaces. */
        member?: string[];
        /** Of the viewers, on every tenant. */
        viewer?: string[];
        /** Of everybody who is signed in. */
        user?: string[];
      };
    };
  };
}

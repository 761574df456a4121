// SPDX-License-Identifier: Apache-2.0

export interface Config {
  /** Tenants of the portal’s Kubernetes clusters. */
  tenants?: {
    labels?: {
      /**
       * Which labels on namespaces and workloads say what belongs to which tenant.
       *
       * @default tenantry
       */
      preset?: 'tenantry' | 'capsule' | 'spanda' | 'opendatahub' | 'plain';
      /**
       * Prefix of the labels of the preset `tenantry`.
       *
       * @default tenantry.dev
       */
      prefix?: string;
    };
    kubernetes?: {
      /**
       * How the portal’s Kubernetes plugin is reached: `inProcess` waits for the hand-over by its backend module; `proxy` lists
       * clusters by its route and watches through its proxy, for a plugin that runs in another backend; `auto` takes the hand-over,
       * or the proxy when there was none 15 s after the start.
       *
       * @default auto
       */
      access?: 'auto' | 'inProcess' | 'proxy';
    };
    /** By the cluster’s name in the portal’s Kubernetes plugin. Clusters that are not named are watched too, with the defaults. */
    clusters?: {
      [name: string]: {
        /**
         * Whether the cluster’s word on owners and members of a tenant counts, or it only adds environments.
         *
         * @default authoritative
         */
        trust?: 'authoritative' | 'member';
        /**
         * Where the portal may not list across namespaces: the namespaces to watch, each by itself, 1 to 50. Only the kinds that
         * health, quota and members are derived from are watched then.
         */
        namespaces?: string[];
      };
    };
  };
}

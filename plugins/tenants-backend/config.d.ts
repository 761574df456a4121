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
        /**
         * Whether the portal’s policy alone decides, or the cluster’s own RBAC must allow it too.
         *
         * @default backstage
         */
        authorization?: 'backstage' | 'subjectAccessReview';
        /** Who is who in this cluster, where it differs from `tenants.identity`. */
        identity?: TenantsIdentity;
      };
    };
    /** How the catalogue’s users and groups are named in the clusters. Default: by their name. */
    identity?: TenantsIdentity;
    /** What services may do beyond reading. */
    serviceAccess?: {
      /** As the framework names it, such as `external:ci` or `plugin:scaffolder`. */
      subject: string;
      /** Names of tenants, or `*`. */
      tenants: string[];
      /** Names of permissions. */
      permissions: string[];
    }[];
    /** Requests of one caller in a minute. */
    limits?: {
      /**
       * Those answered from memory; counted by each process.
       *
       * @default 600
       */
      cheapPerMinute?: number;
      /**
       * Those that make a cluster or the database work; counted by all processes together on PostgreSQL.
       *
       * @default 60
       */
      expensivePerMinute?: number;
    };
  };
}

/** Where the name stands that a cluster knows an entity by, and what is put before it. */
interface TenantsIdentity {
  user?: TenantsIdentityRule;
  group?: TenantsIdentityRule;
}

interface TenantsIdentityRule {
  /**
   * `metadata.name`, `spec.profile.email` or `metadata.annotations.KEY`.
   *
   * @default metadata.name
   */
  from?: string;
  prefix?: string;
}

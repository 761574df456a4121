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
    /**
     * How what is planned gets to the clusters: `direct` applies it; `pull-request` renders the objects as files into the
     * operation’s result, for a repository that a GitOps controller delivers. Restart and purge are direct either way.
     *
     * @default direct
     */
    apply?: 'direct' | 'pull-request';
    /**
     * Refuses every write to every cluster before it is sent, and starts no scheduled operation. For looking only; who may
     * start operations is the permission policy’s matter.
     *
     * @default false
     */
    readOnly?: boolean;
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
    /**
     * Where module definitions are: a path or an address, or a list of them. Paths are relative to the working folder of the
     * backend, addresses are read through the portal’s integrations. See docs/module-definitions.md.
     */
    modules?:
      | string
      | string[]
      | {
          /** Whether `target` is one file, a folder of files, or an address. */
          type: 'file' | 'folder' | 'url';
          /** Path or address. */
          target: string;
          /**
           * How often it is read when nothing tells of a change; at least 5 seconds.
           *
           * @default 30 seconds for files and folders, 5 minutes for addresses
           */
          schedule?: {
            seconds?: number;
            minutes?: number;
            hours?: number;
            days?: number;
          };
        }[];
    /** What becomes of environments that were given an end (`expiresAt`). They are never purged by themselves. */
    lifetime?: {
      /**
       * So long before the end its owner is told, and once more a day before.
       *
       * @default { days: 7 }
       */
      warnBefore?: {
        minutes?: number;
        hours?: number;
        days?: number;
        weeks?: number;
      };
      /**
       * So long after the end it stays asleep before it is deleted; its namespace and volumes are kept.
       *
       * @default { days: 7 }
       */
      grace?: {
        minutes?: number;
        hours?: number;
        days?: number;
        weeks?: number;
      };
    };
    /**
     * Namespace of every cluster where the records of environments are. Tenants must have no rights in it.
     *
     * @default tenantry-system
     */
    systemNamespace?: string;
    /** How charts are installed: as Flux HelmReleases or Argo CD Applications. Left out, modules that are charts are refused. */
    charts?: {
      /** Which controller installs charts in the clusters. */
      kind: 'flux' | 'argocd';
      /** Where charts without a repository of their own are: `GitRepository/name`, `HelmRepository/name`, `OCIRepository/name` or an address. */
      source: string;
      /** Path of a chart in a Git source, with `{name}`, `{version}`, `{module}`. */
      pathTemplate?: string;
      /** Where the Flux source or the Argo CD applications are. Default: `flux-system` with Flux, `argocd` with Argo CD. */
      namespace?: string;
      /** Argo CD project. */
      project?: string;
      /** ServiceAccount of the environment that Flux acts as. */
      serviceAccount?: string;
    };
    rbac?: {
      /**
       * ClusterRoles that members and modules may be given.
       *
       * @default ['admin', 'edit', 'view']
       */
      allowedRoles?: string[];
    };
    /**
     * Pod Security level of environments.
     *
     * @default restricted
     */
    podSecurity?: 'restricted' | 'baseline';
    /** What pods may reach, and who may reach them, beside the environment itself and DNS. */
    networkPolicy?: {
      /** Namespaces whose pods may reach an environment, such as that of the ingress controller. */
      ingressNamespaces?: string[];
      /** Namespace of the cluster’s DNS. */
      dnsNamespace?: string;
      /** Ports of the cluster’s DNS. */
      dnsPorts?: number[];
      /** Addresses outside of the cluster that pods may reach. */
      egress?: {
        /** A network, such as `10.0.0.0/8`. */
        cidr: string;
        /** Networks in it that stay closed. */
        except?: string[];
        /** TCP ports; left out, all. */
        ports?: number[];
      }[];
    };
    /** Whether every container pulls its image at each start. Default: `always`. */
    imagePull?: 'always' | 'asWritten';
    /** Object counts of an environment’s quota where its tier does not say them. */
    objectLimits?: { [resource: string]: string };
    /** Service types a module may have. Default: `ClusterIP`. */
    allowedServiceTypes?: string[];
    /** More kinds a module may have, as `apiVersion/Kind`. */
    allowedKinds?: string[];
    /**
     * Domains that modules may answer for, they and every name below them, with `{tenant}` and `{environment}`, such as
     * `{environment}.{tenant}.apps.example`. Left out: any, which lets one tenant claim another’s.
     */
    ingressHosts?: string[];
    /** What services may do beyond reading. */
    serviceAccess?: {
      /** As the framework names it, such as `external:ci` or `plugin:scaffolder`. */
      subject: string;
      /** Names of tenants, or `*`. */
      tenants: string[];
      /** Names of permissions. */
      permissions: string[];
    }[];
    logs?: {
      /**
       * Bytes that one answer of logs may send in a second, 16,384 to 1,073,741,824. More waits, and slows the reading down.
       *
       * @default 1048576
       */
      bytesPerSecond?: number;
    };
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
  /** What the clusters put before the name, such as `oidc:`. */
  prefix?: string;
}

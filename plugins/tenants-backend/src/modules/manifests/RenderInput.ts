// SPDX-License-Identifier: Apache-2.0
import type {
  EnvironmentSpec,
  MemberRole,
  PlanNote,
  Refusal,
  Tier,
} from '@tenantry/backstage-plugin-tenants-common';
import type { PlannedModule } from '../PlannedModule';
import type { RenderedObject } from '../RenderedObject';

/** Which way traffic may leave and enter an environment besides DNS and the environment itself. */
export type NetworkSettings = {
  /** Namespaces whose pods may reach every pod of an environment, such as that of the ingress controller. */
  readonly ingressNamespaces?: readonly string[];
  /** Where the cluster's DNS runs. Default: `kube-system`. */
  readonly dnsNamespace?: string;
  /** Ports the pods of the DNS listen on. Default: 53. */
  readonly dnsPorts?: readonly number[];
  /** Networks that pods may reach. Default: none. */
  readonly egress?: readonly {
    readonly cidr: string;
    readonly except?: readonly string[];
    readonly ports?: readonly number[];
  }[];
};

/** How charts are installed; absent where no controller for them runs. */
export type ChartSettings = {
  readonly kind: 'flux' | 'argocd';
  /**
   * Where charts without a repository of their own are: `GitRepository/name`, `HelmRepository/name` or `OCIRepository/name` in `namespace`
   * (flux), or an address (`https`, `oci`, `ssh`).
   */
  readonly source: string;
  /** Path of a chart in a Git source, with `{name}`, `{version}`, `{module}`. Default: `{name}`. */
  readonly pathTemplate?: string;
  /** Where the controller reads shared sources (flux) and Applications (argocd). Default: `flux-system`, `argocd`. */
  readonly namespace?: string;
  /** Argo CD project. Default: `default`. */
  readonly project?: string;
  /** ServiceAccount of the environment that Flux acts as. Default: the controller’s own. */
  readonly serviceAccount?: string;
};

/** What the platform decides about every environment. */
export type RenderSettings = {
  readonly labels: { readonly prefix: string };
  readonly charts?: ChartSettings;
  /** Names of ClusterRoles that members and modules may be given. */
  readonly allowedRoles: readonly string[];
  /** The platform-owned namespace of environment records. */
  readonly systemNamespace: string;
  readonly networkPolicy?: NetworkSettings;
  readonly podSecurity: 'restricted' | 'baseline';
  /** Object counts of an environment’s quota where its tier does not say them. */
  readonly objectLimits?: Readonly<Record<string, string>>;
  /** `always` makes every container pull its image at each start, so that nobody runs an image it has no right to. Default: `always`. */
  readonly imagePull?: 'always' | 'asWritten';
  /** Service types a module may have. Default: `ClusterIP`. */
  readonly allowedServiceTypes?: readonly string[];
  /**
   * Domains whose names, and names below, modules may answer for, with `{tenant}` and `{environment}`, such as
   * `{environment}.{tenant}.apps.example`. Absent: any, which lets one tenant answer for another’s.
   */
  readonly ingressHosts?: readonly string[];
  /** More kinds a module may have, as `apiVersion/Kind`, such as `cert-manager.io/v1/Certificate`. */
  readonly allowedKinds?: readonly string[];
};

/** A member as the cluster knows the subject. */
export type RenderMember = {
  readonly kind: 'User' | 'Group';
  readonly name: string;
  readonly role: MemberRole;
};

/** Everything an environment's objects follow from. */
export type RenderInput = {
  readonly tenant: { readonly name: string; readonly owner?: string };
  readonly spec: EnvironmentSpec;
  readonly namespace: string;
  /** Others of the environment, where several were adopted: they get all but modules. */
  readonly moreNamespaces?: readonly string[];
  /** Value of `applyset.kubernetes.io/part-of`. */
  readonly applySetId: string;
  readonly tier: Tier;
  readonly modules: readonly PlannedModule[];
  readonly cluster: {
    /** Such as `v1.32.0`. */
    readonly version?: string;
    /** `undefined`: not known. */
    readonly serves?: (apiVersion: string, kind: string) => boolean | undefined;
  };
  readonly members: readonly RenderMember[];
  readonly settings: RenderSettings;
  /** `Kind/name` of the workloads that a live autoscaler targets. */
  readonly hpaTargets: ReadonlySet<string>;
  /** Names of secrets that are set or will be made. */
  readonly secrets: ReadonlySet<string>;
};

/** An environment's objects in the order in which they must be applied, and why some are missing. */
export type RenderResult = {
  readonly objects: readonly RenderedObject[];
  readonly refusals: readonly Refusal[];
  readonly notes: readonly PlanNote[];
};

// SPDX-License-Identifier: Apache-2.0

/** What is kept of a Kubernetes object: the fields the product shows or derives from, nothing else. All are shared: never change one. */
export type ObjectMeta = {
  readonly kind: string;
  readonly name: string;
  /** Empty for cluster-scoped kinds. */
  readonly namespace: string;
  readonly uid: string;
  readonly resourceVersion: string;
  readonly generation: number;
  readonly createdAt: string;
  readonly deletedAt?: string;
  readonly labels: Readonly<Record<string, string>>;
  /** Only the annotations the product reads. */
  readonly annotations: Readonly<Record<string, string>>;
  readonly finalizers: readonly string[];
  /** The owner reference marked as controller. */
  readonly controller?: {
    readonly kind: string;
    readonly name: string;
    readonly uid: string;
  };
};

export type ObjectCondition = {
  readonly type: string;
  readonly status: string;
  readonly reason: string;
  readonly message: string;
  readonly since?: string;
};

export type NamespaceObject = ObjectMeta & {
  readonly phase: string;
  readonly conditions: readonly ObjectCondition[];
};

export type ResourceAmounts = {
  /** Cores. */
  readonly cpu?: number;
  /** Bytes. */
  readonly memory?: number;
  readonly ephemeralStorage?: number;
};

/** The ends of a container as far as they were seen. Times are milliseconds since the epoch. */
export type ContainerEnds = {
  /** The newest ones, oldest first. */
  readonly at: readonly number[];
  /** How often it has ended in all, at the newest of them. */
  readonly total: number;
  /** When the present series of ends began: none of them long after the one before. */
  readonly since: number;
  /** How often it had ended before that series; `undefined` when nobody saw the series begin. */
  readonly before?: number;
  /** What all ends of the series have in common; `undefined` when they differ, or not all were seen. */
  readonly reason?: string;
};

export type ContainerObject = {
  readonly name: string;
  readonly role: 'main' | 'init' | 'sidecar' | 'ephemeral';
  readonly image: string;
  readonly requests: ResourceAmounts;
  readonly limits: ResourceAmounts;
  readonly ready: boolean;
  readonly restarts: number;
  readonly state: 'running' | 'waiting' | 'terminated';
  readonly reason?: string;
  readonly message?: string;
  readonly exitCode?: number;
  /** When the present state began, where the kubelet says so. */
  readonly since?: string;
  readonly lastExit?: {
    readonly code: number;
    readonly reason: string;
    readonly at?: string;
  };
  /** Of one that ended again while it was watched; not part of what the cluster says. */
  readonly ends?: ContainerEnds;
};

export type PodObject = ObjectMeta & {
  readonly phase: string;
  readonly reason?: string;
  readonly message?: string;
  readonly node?: string;
  readonly startedAt?: string;
  readonly priorityClass?: string;
  readonly conditions: readonly ObjectCondition[];
  readonly containers: readonly ContainerObject[];
};

/** Deployment, StatefulSet, DaemonSet and ReplicaSet. */
export type ReplicatedObject = ObjectMeta & {
  readonly replicas: number;
  readonly observedGeneration: number;
  readonly readyReplicas: number;
  readonly updatedReplicas: number;
  readonly availableReplicas: number;
  readonly currentReplicas: number;
  readonly paused: boolean;
  readonly updateStrategy: string;
  readonly partition: number;
  readonly selector: Readonly<Record<string, string>>;
  readonly images: readonly string[];
  readonly conditions: readonly ObjectCondition[];
};

export type JobObject = ObjectMeta & {
  readonly suspended: boolean;
  readonly active: number;
  readonly succeeded: number;
  readonly failed: number;
  readonly completions?: number;
  readonly backoffLimit: number;
  readonly startedAt?: string;
  readonly completedAt?: string;
  readonly images: readonly string[];
  readonly conditions: readonly ObjectCondition[];
};

export type CronJobObject = ObjectMeta & {
  readonly suspended: boolean;
  readonly schedule: string;
  readonly lastScheduledAt?: string;
  readonly lastSucceededAt?: string;
  readonly active: number;
  readonly images: readonly string[];
};

export type ServiceObject = ObjectMeta & {
  readonly type: string;
  readonly selector: Readonly<Record<string, string>>;
  readonly ports: readonly {
    readonly name?: string;
    readonly port: number;
    readonly appProtocol?: string;
  }[];
  readonly loadBalancerReady: boolean;
  /** Host name or IP address of its load balancer. */
  readonly address?: string;
};

export type PersistentVolumeClaimObject = ObjectMeta & {
  readonly phase: string;
  /** Bytes. */
  readonly requested?: number;
  readonly storageClass?: string;
};

export type ResourceQuotaObject = ObjectMeta & {
  /** Quantities as written, by resource. */
  readonly hard: Readonly<Record<string, string>>;
  readonly used: Readonly<Record<string, string>>;
  /** Counts only some pods, such as those of a priority class. */
  readonly scoped?: boolean;
};

export type HorizontalPodAutoscalerObject = ObjectMeta & {
  readonly target: { readonly kind: string; readonly name: string };
  readonly minReplicas: number;
  readonly maxReplicas: number;
  readonly currentReplicas: number;
  readonly desiredReplicas: number;
  readonly conditions: readonly ObjectCondition[];
};

export type RoleBindingObject = ObjectMeta & {
  readonly role: { readonly kind: string; readonly name: string };
  readonly subjects: readonly {
    readonly kind: string;
    readonly name: string;
    readonly namespace?: string;
  }[];
};

export type EventObject = ObjectMeta & {
  readonly type: string;
  readonly reason: string;
  readonly message: string;
  readonly regarding: {
    readonly kind: string;
    readonly name: string;
    readonly namespace: string;
    readonly uid: string;
  };
  readonly count: number;
  readonly firstSeen: string;
  readonly lastSeen: string;
};

/** LimitRange, and custom kinds such as HelmRelease: judged by the generic rules. */
export type GenericObject = ObjectMeta & {
  readonly observedGeneration?: number;
  /** `spec.suspend`: its controller is told to leave it alone. */
  readonly suspended?: boolean;
  readonly phase?: string;
  readonly conditions: readonly ObjectCondition[];
};

/** A path of a host that an Ingress or an HTTPRoute answers for. */
export type IngressRoute = {
  /** `undefined`: every host. */
  readonly host?: string;
  readonly path: string;
  readonly tls: boolean;
  readonly service?: string;
};

export type IngressObject = GenericObject & {
  readonly routes: readonly IngressRoute[];
  /** Host name or IP address of what answers for it; `undefined` when its controller says none. */
  readonly address?: string;
};

/** `conditions` are `Accepted` and `ResolvedRefs`, as its gateways say together. */
export type HttpRouteObject = GenericObject & {
  readonly routes: readonly IngressRoute[];
};

/** A selector of labels as written; without any requirement it selects everything. */
export type LabelSelector = {
  readonly matchLabels: Readonly<Record<string, string>>;
  readonly matchExpressions: readonly {
    readonly key: string;
    readonly operator: string;
    readonly values: readonly string[];
  }[];
};

export type PolicyPeer = {
  readonly podSelector?: LabelSelector;
  readonly namespaceSelector?: LabelSelector;
  readonly ipBlock?: {
    readonly cidr: string;
    readonly except: readonly string[];
  };
};

export type PolicyRule = {
  /** Empty: everybody. */
  readonly peers: readonly PolicyPeer[];
  /** Empty: every port. */
  readonly ports: readonly {
    readonly protocol: string;
    readonly port?: number | string;
    readonly endPort?: number;
  }[];
};

export type NetworkPolicyObject = GenericObject & {
  readonly podSelector: LabelSelector;
  readonly policyTypes: readonly ('Ingress' | 'Egress')[];
  readonly ingress: readonly PolicyRule[];
  readonly egress: readonly PolicyRule[];
};

/** Every watched kind, by the name used in listers. */
export type ObjectsByKind = {
  namespaces: NamespaceObject;
  pods: PodObject;
  deployments: ReplicatedObject;
  statefulsets: ReplicatedObject;
  daemonsets: ReplicatedObject;
  replicasets: ReplicatedObject;
  jobs: JobObject;
  cronjobs: CronJobObject;
  services: ServiceObject;
  ingresses: IngressObject;
  horizontalpodautoscalers: HorizontalPodAutoscalerObject;
  persistentvolumeclaims: PersistentVolumeClaimObject;
  resourcequotas: ResourceQuotaObject;
  limitranges: GenericObject;
  networkpolicies: NetworkPolicyObject;
  rolebindings: RoleBindingObject;
  events: EventObject;
  helmreleases: GenericObject;
  kustomizations: GenericObject;
  applications: GenericObject;
  httproutes: HttpRouteObject;
};

export type WatchedKind = keyof ObjectsByKind;

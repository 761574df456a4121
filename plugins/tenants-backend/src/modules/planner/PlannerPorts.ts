// SPDX-License-Identifier: Apache-2.0
import type {
  PlanNote,
  RenderedFile,
  Tenant,
  Tier,
} from '@tenantry/backstage-plugin-tenants-common';
import type { KubeApi } from '@tenantry/backstage-plugin-tenants-node';
import type { ModuleCatalogue } from '@tenantry/backstage-plugin-tenants-node/definitions';
import type { Clusters } from '../../informers/Lister';
import type { RecordReader, RevisionReader } from '../../records/RecordReader';
import type { TenancyLabels } from '../../tenancy';
import type { Clock } from '../../time/Clock';
import type {
  RenderInput,
  RenderResult,
  RenderSettings,
} from '../manifests/RenderInput';
import type { ModuleAmounts } from '../plan';
import type { PlannedEnvironment } from '../Planner';
import type { PlannedModule } from '../PlannedModule';
import type { RenderedObject } from '../RenderedObject';

/** Named limits of what one plan asks of clusters. */
export const PLANNER_LIMITS = {
  /** Environments planned at the same time. */
  environmentsAtOnce: 4,
  /** Calls to one cluster at the same time. */
  callsAtOnce: 6,
  pageSize: 500,
  /** Objects of one environment that are compared. */
  objects: 5_000,
  /** Objects that the cluster checks without storing them. */
  dryRuns: 200,
  /** How long one plan may take. */
  planMs: 60_000,
} as const;

/** Makes the objects of environments and counts what they ask for. */
export type Rendering = {
  readonly renderEnvironment: (input: RenderInput) => RenderResult;
  /** A tier’s quota with the object counts that the platform sets. */
  readonly quotaHard: (
    tier: Tier,
    settings: RenderSettings,
  ) => Readonly<Record<string, string>>;
  /** What is counted in another way than one may expect. */
  readonly resourceNotes: (
    environment: string,
    objects: readonly RenderedObject[],
  ) => readonly PlanNote[];
  readonly resourcesOf: (
    objects: readonly RenderedObject[],
    modules: readonly PlannedModule[],
  ) => readonly ModuleAmounts[];
};

/** Whether secrets are there. Never what is in them. */
export interface SecretNames {
  /** Those of the names that are set in a namespace. @throws KubeError */
  existing(
    place: { readonly cluster: string; readonly namespace: string },
    names: readonly string[],
    signal: AbortSignal,
  ): Promise<ReadonlySet<string>>;
}

/** What a planner reads. */
export type PlannerPorts = {
  readonly definitions: { current(): ModuleCatalogue | undefined };
  readonly records: RecordReader;
  readonly revisions: Pick<RevisionReader, 'get'>;
  /** `undefined` when there is no such cluster. */
  readonly kubeApi: (cluster: string) => KubeApi | undefined;
  readonly clusters: Pick<Clusters, 'list'>;
  /** What the watch knows of a tenant. */
  readonly tenantOf: (name: string) => Tenant | undefined;
  /** Who a user or group of the catalogue is in a cluster; `undefined` when nobody for sure. */
  readonly subjectOf: (
    entityRef: string,
    cluster: string,
  ) => { readonly kind: 'User' | 'Group'; readonly name: string } | undefined;
  /** Of some users and groups those that the catalogue does not have; `undefined` when it does not answer. */
  readonly strangers: (
    entityRefs: readonly string[],
  ) => Promise<readonly string[] | undefined>;
  readonly secrets: SecretNames;
  readonly rendering: Rendering;
  readonly settings: RenderSettings;
  readonly labels: TenancyLabels;
  readonly applySetIdOf: (tenant: string, environment: string) => string;
  /** Rendered objects as files for a Git repository. */
  readonly toFiles: (
    environments: readonly PlannedEnvironment[],
  ) => readonly RenderedFile[];
  readonly clock: Pick<Clock, 'now'>;
};

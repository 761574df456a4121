// SPDX-License-Identifier: Apache-2.0
import type {
  OperationRequest,
  Revision,
  Tenant,
} from '@tenantry/backstage-plugin-tenants-common';
import { tenantFixture } from '@tenantry/backstage-plugin-tenants-common/testing';
import {
  KubeError,
  type KubeApi,
} from '@tenantry/backstage-plugin-tenants-node';
import type { ModuleCatalogue } from '@tenantry/backstage-plugin-tenants-node/definitions';
import { FakeKubeApi } from '@tenantry/backstage-plugin-tenants-node/testing';
import type { ClusterView } from '../../../informers/Lister';
import {
  createFakeClusterView,
  type FakeObjects,
} from '../../../informers/testing';
import { applySetIdOf } from '../../../records/applySet';
import type { EnvironmentRecord } from '../../../records/EnvironmentRecord';
import { tenancyPreset } from '../../../tenancy';
import { FakeClock } from '../../../time/testing/FakeClock';
import { manifestFiles } from '../../manifestFiles';
import {
  quotaHard,
  renderEnvironment,
  resourceNotes,
  resourcesOf,
  type RenderSettings,
} from '../../manifests';
import { FIELD_MANAGER } from '../../plan';
import type { MadePlan, PlanCaller } from '../../Planner';
import { resourceTypeOf } from '../../resourceTypes';
import { TenantSecrets } from '../../secrets';
import { TenantPlanner } from '../TenantPlanner';

const SETTINGS: RenderSettings = {
  labels: { prefix: 'tenantry.dev' },
  allowedRoles: ['admin', 'edit', 'view'],
  systemNamespace: 'tenantry-system',
  podSecurity: 'restricted',
};

/** The user of the tests. */
export const ANN: PlanCaller = {
  entityRef: 'user:default/ann',
  ownership: ['user:default/ann', 'group:default/shop'],
};

/** A planner with clusters in memory, on which what was planned can be applied. */
export class PlannerWorld {
  readonly apis = new Map<string, FakeKubeApi>();
  records: EnvironmentRecord[] = [];
  revisions: Revision[] = [];
  /** Clusters that do not answer. */
  readonly down = new Set<string>();
  /** Users and groups that no cluster knows. */
  readonly strangers = new Set<string>();
  /** Users and groups that the catalogue does not have; `undefined`: it does not answer. */
  uncatalogued: readonly string[] | undefined = [];
  /** Whether the watch sees nothing. */
  isBlind = false;
  /** What the watch sees beside the records. */
  seen: Partial<Tenant>[] = [];
  private readonly views = new Map<string, ClusterView>();
  private readonly signal = new AbortController().signal;

  constructor(
    public catalogue: ModuleCatalogue | undefined,
    clusters: readonly string[] = ['east'],
  ) {
    for (const name of clusters) {
      this.apis.set(name, new FakeKubeApi({ cluster: name }));
      this.watch(name, {});
    }
  }

  /** Sets what the watch sees of a cluster. */
  watch(name: string, objects: FakeObjects): void {
    this.views.set(name, createFakeClusterView({ name, objects }));
  }

  /** Plans a request. */
  plan(
    request: OperationRequest,
    more: { readonly render?: boolean; readonly tenant?: string } = {},
  ): Promise<MadePlan> {
    return this.planner({ ...SETTINGS }).make(
      { tenant: 'shop', request, ...more },
      { caller: ANN, signal: this.signal },
    );
  }

  /** Plans a request and does what was planned. */
  async apply(request: OperationRequest): Promise<MadePlan> {
    const made = await this.plan(request);
    for (const { cluster, objects, record } of made.environments) {
      const api = this.apis.get(cluster);
      for (const { manifest } of objects) {
        const { name, namespace } = manifest.metadata;
        await api?.apply(resourceTypeOf(manifest.apiVersion, manifest.kind), {
          manifest,
          name,
          ...(namespace !== undefined && { namespace }),
          fieldManager: FIELD_MANAGER,
          force: true,
          project: () => undefined,
          signal: this.signal,
        });
      }
      this.records = [
        ...this.records.filter(
          ({ environment }) => environment !== record.environment,
        ),
        { ...record, revision: record.revision + 1 },
      ];
    }
    return made;
  }

  /** Lets somebody else put labels on a namespace. */
  async mark(
    cluster: string,
    name: string,
    labels: Readonly<Record<string, string>>,
  ): Promise<void> {
    await this.apis.get(cluster)?.apply(resourceTypeOf('v1', 'Namespace'), {
      manifest: {
        apiVersion: 'v1',
        kind: 'Namespace',
        metadata: { name, labels },
      },
      name,
      fieldManager: 'kustomize-controller',
      force: true,
      project: () => undefined,
      signal: this.signal,
    });
  }

  private planner(settings: RenderSettings): TenantPlanner {
    const kubeApi = (name: string): KubeApi | undefined => this.apis.get(name);
    const records = {
      ofTenant: async (tenant: string) => ({
        records: this.records.filter(
          one => one.tenant === tenant && !this.down.has(one.cluster),
        ),
        unavailable: [...this.down].map(cluster => ({
          cluster,
          message: `The records of ${cluster} could not be read: it does not answer.`,
        })),
      }),
    };
    const definitions = { current: () => this.catalogue };
    const clock = new FakeClock();
    return new TenantPlanner({
      definitions,
      records,
      revisions: {
        get: async (_tenant, environment, revision) =>
          this.revisions.find(
            one => one.environment === environment && one.revision === revision,
          ),
      },
      kubeApi,
      clusters: { list: () => [...this.views.values()] },
      tenantOf: name => this.tenantOf(name),
      subjectOf: ref => {
        const [kind, name] = ref.split(/[:/]default\/|:/);
        if (this.strangers.has(ref)) return undefined;
        return { kind: kind === 'user' ? 'User' : 'Group', name };
      },
      strangers: async refs =>
        this.uncatalogued && refs.filter(r => this.uncatalogued?.includes(r)),
      secrets: new TenantSecrets({
        definitions,
        records,
        kubeApi,
        prefix: settings.labels.prefix,
        clock,
      }),
      rendering: { renderEnvironment, resourcesOf, quotaHard, resourceNotes },
      settings,
      labels: tenancyPreset('tenantry'),
      applySetIdOf: (tenant, environment) =>
        applySetIdOf({ tenant, environment }, settings.systemNamespace),
      toFiles: environments => manifestFiles(environments),
      clock,
    });
  }

  private tenantOf(name: string): Tenant | undefined {
    const seen = this.seen.find(one => one.name === name);
    const own = this.records.filter(({ tenant }) => tenant === name);
    if (this.isBlind || (!seen && own.length === 0)) return undefined;
    const [environment] = tenantFixture().environments;
    return {
      ...tenantFixture({ name }),
      environments: own.map(record => ({
        ...environment,
        name: record.environment,
        cluster: record.cluster,
        namespaces: [...record.namespaces],
        quota: [],
        modules: [],
      })),
      ...seen,
    };
  }

  /** Lets a call fail as a cluster does that refuses it. */
  refuse(
    cluster: string,
    verb: Parameters<FakeKubeApi['failNext']>[0],
    status: number,
  ): void {
    const reasons: Record<number, string> = {
      403: 'Forbidden',
      422: 'Invalid',
    };
    const reason = reasons[status] ?? 'InternalError';
    this.apis.get(cluster)?.failNext(
      verb,
      new KubeError(`Cluster "${cluster}" answered ${status}.`, {
        cluster,
        status,
        reason,
        resource: 'objects',
      }),
    );
  }
}

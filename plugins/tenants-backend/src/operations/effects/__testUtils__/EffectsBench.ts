// SPDX-License-Identifier: Apache-2.0
import {
  operationRequestSchema,
  type Health,
  type OperationRequestInput,
} from '@tenantry/backstage-plugin-tenants-common';
import {
  startSimCluster,
  type SimCluster,
} from '../../../__testUtils__/startSimCluster';
import type { PlannedEnvironment } from '../../../modules/Planner';
import { EnvironmentRecords } from '../../../records/EnvironmentRecords';
import { FakeClock } from '../../../time/testing/FakeClock';
import type { OperationExecutor } from '../../OperationExecutor';
import { createExecutors } from '../createExecutors';
import type { LiveState, RevisionWriter } from '../EffectPorts';
import { FakePlanner } from '../testing/FakePlanner';
import { runOperation, type RunResult } from '../testing/OperationRun';

type RunMore = Partial<Parameters<typeof runOperation>[2]>;

const healthy: Health = { code: 'Healthy', reason: 'Available', message: '' };

/** Simulated clusters, executors on them, and health as a test says it. */
export class EffectsBench {
  readonly planner = new FakePlanner();
  readonly clock = new FakeClock();
  readonly revisions: Parameters<RevisionWriter['add']>[0][] = [];
  /** By `Kind/name`; what is not named is healthy. */
  readonly health = new Map<string, Health>();
  /** Clusters the portal does not reach. */
  readonly lost = new Set<string>();
  readonly records: EnvironmentRecords;
  readonly executors: readonly OperationExecutor[];
  private operations = 0;

  private constructor(readonly clusters: ReadonlyMap<string, SimCluster>) {
    const kubeApi = (name: string) =>
      this.lost.has(name) ? undefined : clusters.get(name)?.api;
    this.records = new EnvironmentRecords({
      clusters: () => [...clusters.keys()],
      kubeApi,
      systemNamespace: 'tenantry-system',
      prefix: 'tenantry.dev',
      tooling: 'tenantry/1.0.0',
      clock: this.clock,
    });
    const live: LiveState = {
      workload: ({ kind, name }) => ({
        health: this.health.get(`${kind}/${name}`) ?? healthy,
      }),
      isCurrent: () => true,
    };
    this.executors = createExecutors({
      planner: this.planner,
      records: this.records,
      revisions: { add: async revision => void this.revisions.push(revision) },
      kubeApi,
      live,
      clock: this.clock,
      newSecret: () => 'generated-value',
      settings: {
        prefix: 'tenantry.dev',
        systemNamespace: 'tenantry-system',
        healthTimeoutMs: 600_000,
        degradedMs: 120_000,
        goneTimeoutMs: 1_800_000,
      },
    });
  }

  static async start(...names: readonly string[]): Promise<EffectsBench> {
    const started = await Promise.all(
      names.map(async name => [name, await startSimCluster(name)] as const),
    );
    return new EffectsBench(new Map(started));
  }

  async stop(): Promise<void> {
    await Promise.all([...this.clusters.values()].map(each => each.stop()));
  }

  cluster(name = 'eu'): SimCluster {
    const found = this.clusters.get(name);
    if (!found) throw new Error(`No cluster ${name}.`);
    return found;
  }

  /** Runs a request on these environments; each run has a newer lease than the one before. */
  async run(
    input: OperationRequestInput,
    environments: readonly PlannedEnvironment[],
    more: RunMore = {},
  ): Promise<RunResult> {
    this.planner.environments = environments;
    this.operations += 1;
    return await runOperation(
      this.executors,
      operationRequestSchema.parse(input),
      {
        id: `op-${this.operations}`,
        tenant: 'shop',
        fence: this.operations,
        onWait: async (_, afterMs) => {
          this.clock.advance(afterMs);
          return true;
        },
        ...more,
      },
    );
  }

  /** Brings environments to what they are planned to be. */
  async apply(
    environments: readonly PlannedEnvironment[],
    more: RunMore = {},
  ): Promise<RunResult> {
    const specs = environments.map(({ record }) => record.spec);
    return await this.run(
      { type: 'apply', environments: specs },
      environments,
      more,
    );
  }

  /** The record of the tenant’s environment as it is now. */
  async record(environment = 'dev', cluster = 'eu') {
    const { signal } = new AbortController();
    const address = { tenant: 'shop', environment, cluster };
    const found = await this.records.get(address, signal);
    if (!found) throw new Error('There is no record.');
    return found;
  }
}

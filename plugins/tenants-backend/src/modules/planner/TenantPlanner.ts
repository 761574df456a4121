// SPDX-License-Identifier: Apache-2.0
import { ServiceUnavailableError } from '@backstage/errors';
import type {
  OperationRequest,
  Plan,
  PlanRequest,
  Refusal,
} from '@tenantry/backstage-plugin-tenants-common';
import type { ModuleCatalogue } from '@tenantry/backstage-plugin-tenants-node/definitions';
import type { TenantRecords } from '../../records/RecordReader';
import { contentVersion } from '../../snapshots/contentVersion';
import { targetSpecs, type TargetSpecs } from '../plan';
import type { MadePlan, Planner } from '../Planner';
import { EnvironmentPlanner } from './EnvironmentPlanner';
import type { EnvironmentOutcome } from './EnvironmentRequest';
import { mapConcurrently } from './mapConcurrently';
import { PLANNER_LIMITS, type PlannerPorts } from './PlannerPorts';
import { PurgePlanner } from './PurgePlanner';
import { removedFiles } from './removedFiles';
import { checkWorkload } from './checkWorkload';

type Options = Parameters<Planner['make']>[1];

/** Says what a request would do: what it wants of each environment, whether that can be, and what would change. */
export class TenantPlanner implements Planner {
  private readonly environments: EnvironmentPlanner;
  private readonly purges: PurgePlanner;

  constructor(private readonly ports: PlannerPorts) {
    this.environments = new EnvironmentPlanner(ports);
    this.purges = new PurgePlanner(ports);
  }

  async make(request: PlanRequest, options: Options): Promise<MadePlan> {
    const catalogue = this.ports.definitions.current();
    if (!catalogue) {
      throw new ServiceUnavailableError(
        'The module definitions have not been loaded yet. Try again in a moment.',
      );
    }
    const signal = AbortSignal.any([
      options.signal,
      AbortSignal.timeout(PLANNER_LIMITS.planMs),
    ]);
    const read = await this.ports.records.ofTenant(request.tenant, signal);
    const seen = this.ports.tenantOf(request.tenant);
    const isSeen = seen !== undefined;
    const isKnown = read.records.length > 0 || isSeen;
    const specs = targetSpecs(request.request, {
      ...(await this.revisionOf(request)),
      tenant: request.tenant,
      records: read.records,
      isSeen,
      seenOwner: seen?.owner,
      caller: options.caller,
      catalogue,
    });
    const lost = this.lostClusters(request, read, specs);
    const outcomes = await this.planAll(
      { request, catalogue, specs, lost, purpose: options.purpose ?? 'show' },
      signal,
    );
    return this.assemble(request, {
      catalogue,
      isKnown,
      outcomes: [
        { refusals: [...specs.refusals, ...lost], notes: specs.notes },
        ...outcomes,
      ],
    });
  }

  private async revisionOf({ tenant, request }: PlanRequest) {
    if (request.type !== 'rollback') return {};
    const { environment, revision: number } = request;
    const revision = await this.ports.revisions.get(
      tenant,
      environment,
      number,
    );
    return revision ? { revision } : {};
  }

  /** Clusters whose records could not be read and that the request may concern. */
  private lostClusters(
    { tenant, request }: PlanRequest,
    { unavailable }: TenantRecords,
    { targets }: TargetSpecs,
  ): readonly Refusal[] {
    const known = this.ports.tenantOf(tenant)?.environments ?? [];
    const named = namedIn(request);
    return unavailable.flatMap(({ cluster, message }) => {
      const here = [
        ...targets
          .filter(({ spec }) => spec.cluster === cluster)
          .map(({ spec }) => spec.name),
        ...known
          .filter(one => one.cluster === cluster)
          .filter(
            one =>
              request.type !== 'apply' && (named?.includes(one.name) ?? true),
          )
          .map(({ name }) => name),
      ];
      return [...new Set(here)].map(environment => ({
        rule: 'cluster-unavailable' as const,
        environment,
        subject: cluster,
        message,
        chain: [environment, cluster],
        fixes: [{ label: 'Try again when the cluster answers.' }],
      }));
    });
  }

  private async planAll(
    at: {
      readonly request: PlanRequest;
      readonly catalogue: ModuleCatalogue;
      readonly specs: TargetSpecs;
      readonly lost: readonly Refusal[];
      readonly purpose: 'show' | 'apply';
    },
    signal: AbortSignal,
  ): Promise<readonly EnvironmentOutcome[]> {
    const { request, catalogue, specs, lost, purpose } = at;
    const { tenant } = request;
    const reachable = specs.targets.filter(
      ({ spec }) => !lost.some(({ environment }) => environment === spec.name),
    );
    return mapConcurrently(
      reachable,
      PLANNER_LIMITS.environmentsAtOnce,
      target => {
        switch (request.request.type) {
          case 'restart':
            return checkWorkload(request.request, this.ports.tenantOf(tenant));
          case 'purge':
            return this.purges.plan({ tenant, target, catalogue }, signal);
          default:
            return this.environments.plan(
              { tenant, target, catalogue, purpose, render: request.render },
              signal,
            );
        }
      },
    );
  }

  private assemble(
    { tenant, request, render }: PlanRequest,
    made: {
      readonly catalogue: ModuleCatalogue;
      readonly isKnown: boolean;
      readonly outcomes: readonly EnvironmentOutcome[];
    },
  ): MadePlan {
    const { catalogue, isKnown, outcomes } = made;
    const refusals = outcomes.flatMap(one => one.refusals);
    const environments = outcomes.flatMap(one => one.plan ?? []);
    const { planVersion: _, ...wanted } = request;
    const planned = outcomes.flatMap(one => one.planned ?? []);
    const doable = refusals.length === 0 ? planned : [];
    const plan: Plan = {
      version: contentVersion({
        tenant,
        wanted,
        definitions: catalogue.version,
        before: planned.map(
          ({ previous }) =>
            previous && [
              previous.spec,
              previous.releases,
              previous.revision,
              previous.state,
            ],
        ),
        refusals,
        // What others use of the quota changes all the time and not what would be done.
        environments: environments.map(({ quota: _quota, ...rest }) => rest),
      }),
      tenant,
      exists: isKnown,
      madeAt: new Date(this.ports.clock.now()).toISOString(),
      definitions: catalogue.version,
      refusals,
      notes: outcomes.flatMap(one => one.notes),
      environments,
      ...(render &&
        refusals.length === 0 && {
          files: [...this.ports.toFiles(doable)],
          ...(request.type === 'delete' && {
            removedFiles: removedFiles(doable),
          }),
        }),
    };
    return { plan, environments: doable };
  }
}

/** The environments a request on a known tenant is about; `undefined`: all of them. */
function namedIn(request: OperationRequest): readonly string[] | undefined {
  if ('environment' in request) return [request.environment];
  return 'environments' in request && request.type !== 'apply'
    ? request.environments
    : undefined;
}

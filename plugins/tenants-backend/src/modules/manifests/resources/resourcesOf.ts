// SPDX-License-Identifier: Apache-2.0
import type { KubeManifest } from '@tenantry/backstage-plugin-tenants-node';
import type { PlannedModule } from '../../PlannedModule';
import type { RenderedObject } from '../../RenderedObject';
import { field, listField, numberField } from '../jsonValue';
import { autoscalerTarget } from '../replicas';
import { addAmounts, readAmount, readAmounts, type Amounts } from './Amounts';
import { objectCounts } from './objectCounts';
import {
  claimAmounts,
  workloadAmounts,
  type WorkloadContext,
} from './workloadAmounts';

/** What the objects of one module ask for, by resource of a quota and in base units. */
export type ModuleResources = {
  /** Absent: what every environment has. */
  readonly module?: string;
  readonly amounts: Amounts;
  /** Stated by a footprint, at least in part. */
  readonly estimated: boolean;
};

/** Short names of a footprint, as a quota has them. Other names stand for themselves. */
const FOOTPRINT: Readonly<Record<string, string>> = {
  cpu: 'requests.cpu',
  memory: 'requests.memory',
  storage: 'requests.storage',
};

/**
 * What modules take of a quota when all of it runs: counted from their objects, and stated by the footprint of releases whose objects
 * are not seen here. The environment's LimitRange among the objects completes containers that say nothing. By module; what every
 * environment has comes first.
 */
export function resourcesOf(
  objects: readonly RenderedObject[],
  modules: readonly PlannedModule[],
): readonly ModuleResources[] {
  const context = contextOf(objects);
  const counted = new Map<string | undefined, Amounts>();
  for (const { module, manifest } of objects) {
    const before = counted.get(module) ?? {};
    counted.set(module, addAmounts(before, amountsOf(manifest, context)));
  }
  const stated = new Map(modules.flatMap(footprintOf));
  const names = new Set([...counted.keys(), ...stated.keys()]);
  return [...names]
    .sort((a, b) => ((a ?? '') < (b ?? '') ? -1 : 1))
    .map(module => {
      const footprint = module === undefined ? undefined : stated.get(module);
      const amounts = addAmounts(counted.get(module) ?? {}, footprint ?? {});
      const estimated = footprint !== undefined;
      return { ...(module !== undefined && { module }), amounts, estimated };
    });
}

function amountsOf(manifest: KubeManifest, context: WorkloadContext): Amounts {
  const volume =
    manifest.kind === 'PersistentVolumeClaim' ? claimAmounts(manifest) : {};
  return addAmounts(
    objectCounts(manifest),
    volume,
    workloadAmounts(manifest, context),
  );
}

/** Defaults and autoscalers that the amounts of these objects depend on. */
export function contextOf(objects: readonly RenderedObject[]): WorkloadContext {
  const manifests = objects.map(({ manifest }) => manifest);
  const limits = manifests
    .filter(({ kind }) => kind === 'LimitRange')
    .flatMap(({ spec }) => listField(spec, 'limits'))
    .find(limit => field(limit, 'type') === 'Container');
  const limit = readAmounts(field(limits, 'default'));
  return {
    defaults: {
      limit,
      request: { ...limit, ...readAmounts(field(limits, 'defaultRequest')) },
    },
    autoscaled: new Map(
      manifests.flatMap(manifest => {
        const target = autoscalerTarget(manifest);
        const least = numberField(manifest.spec, 'minReplicas') ?? 1;
        return target === undefined ? [] : [[target, least]];
      }),
    ),
  };
}

/** Only where nothing can be counted: what a release states about objects that are seen would count twice. */
function footprintOf({
  definition,
  release,
}: PlannedModule): [string, Amounts][] {
  const { footprint, content } = release;
  if (footprint === undefined || content.kind === 'manifests') return [];
  const amounts = Object.entries(footprint).flatMap(([name, quantity]) => {
    const amount = readAmount(quantity);
    const known = Object.hasOwn(FOOTPRINT, name) ? FOOTPRINT[name] : name;
    return amount === undefined ? [] : [[known, amount] as const];
  });
  return [[definition.name, Object.fromEntries(amounts)]];
}

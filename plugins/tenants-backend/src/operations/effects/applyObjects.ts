// SPDX-License-Identifier: Apache-2.0
import type { ChangeSetEntry } from '@tenantry/backstage-plugin-tenants-common';
import {
  isConflict,
  isInvalid,
  isNotFound,
  isUnreachable,
  type KubeManifest,
} from '@tenantry/backstage-plugin-tenants-node';
import { applyLayer } from '../../modules/manifests';
import { resourceTypeOf } from '../../modules/resourceTypes';
import { APPLY_SET_PART_OF } from '../../records/applySet';
import type { StepOutcome } from '../OperationExecutor';
import type { ApplyObject } from './applySteps';
import { claimNamespace } from './claimNamespace';
import { entryOf } from './compareEnvironment';
import {
  checkFence,
  operationAnnotation,
  type EffectContext,
} from './EffectContext';
import { EFFECT_LIMITS } from './EffectPorts';
import { failure, isOwnedByOthers, objectText, refusalText } from './failures';
import { inParallel } from './inParallel';
import { mayForce } from './mayForce';
import { planStep } from './planStep';
import { parseLive, type LiveObject } from './readMembers';
import { replaceImmutable } from './replaceImmutable';
import type { InputOf } from './stepInputs';

type Input = InputOf<'apply'>;

type Applied =
  | { readonly entry: ChangeSetEntry; readonly generation?: number }
  | { readonly entry: ChangeSetEntry; readonly problem: string };

/** Neighbours that do not need each other go together; the order of layers is kept. */
function runsOf(objects: readonly ApplyObject[]): readonly ApplyObject[][] {
  const runs: ApplyObject[][] = [];
  const layerOf = (object?: ApplyObject) =>
    object && applyLayer(object.manifest.kind);
  for (const object of objects) {
    const last = runs.at(-1);
    if (layerOf(last?.[0]) === layerOf(object)) last?.push(object);
    else runs.push([object]);
  }
  return runs;
}

/** Applies one step’s objects, and plans to wait for what they run. */
export async function applyObjects(
  context: EffectContext,
  input: Input,
): Promise<StepOutcome> {
  const { step, ports } = context;
  const applied: Applied[] = [];
  for (const run of runsOf(input.objects)) {
    const results = await inParallel(
      run,
      EFFECT_LIMITS.parallel,
      async object =>
        // What is under way is finished; nothing new begins.
        step.isCancelling() ? [] : [await applyOne(context, input, object)],
    );
    applied.push(...results.flat());
    if (applied.some(each => 'problem' in each)) break;
  }
  const changes = applied.map(({ entry }) => entry);
  const problems = applied.flatMap(each =>
    'problem' in each ? [each.problem] : [],
  );
  if (problems.length > 0) return failed(problems, changes);
  if (input.waitFor.length === 0 || step.isCancelling()) {
    return { kind: 'done', changes };
  }
  return {
    kind: 'done',
    changes,
    next: [waitStep(input, applied, ports.clock.now())],
  };
}

function failed(
  problems: readonly string[],
  changes: readonly ChangeSetEntry[],
): StepOutcome {
  const [first = ''] = problems;
  const more =
    problems.length > 1 ? ` (and ${problems.length - 1} more objects)` : '';
  return {
    kind: 'failed',
    partial: true,
    changes,
    error: failure('ObjectRefused', `${first}${more}`),
  };
}

function waitStep(input: Input, applied: readonly Applied[], since: number) {
  const { record, waitFor } = input;
  const wave = input.objects[0]?.wave ?? 0;
  const generationOf = (kind: string, name: string) =>
    applied.flatMap(each =>
      each.entry.kind === kind &&
      each.entry.name === name &&
      'generation' in each
        ? each.generation ?? []
        : [],
    )[0];
  const workloads = waitFor.map(workload => {
    const generation = generationOf(workload.kind, workload.name);
    return { ...workload, ...(generation && { generation }) };
  });
  return planStep(
    record,
    { do: 'wait', record, workloads, since },
    {
      title:
        wave < 0
          ? `Wait for ${record.environment}`
          : `Wait until wave ${wave + 1} of ${record.environment} is healthy`,
      part: String(wave),
      wave,
    },
  );
}

/** What stands in the way of applying over an object that we did not see as ours; `undefined` when nothing does. */
function notOurs(
  { record, ports }: EffectContext,
  live: LiveObject,
  { manifest, adopts }: { manifest: KubeManifest; adopts: readonly string[] },
): string | undefined {
  const { kind, metadata } = manifest;
  const { labels, deletionTimestamp } = live.metadata;
  if (deletionTimestamp) {
    return 'is being deleted; try again when it is gone.';
  }
  const partOf = labels[APPLY_SET_PART_OF];
  if (partOf === record.applySetId) return undefined;
  if (partOf !== undefined) return 'belongs to another environment.';
  // Every namespace has it before anybody applies anything.
  if (kind === 'ServiceAccount' && metadata.name === 'default')
    return undefined;
  const isAdopted = kind === 'Namespace' && adopts.includes(metadata.name);
  const tenant = labels[`${ports.settings.prefix}/tenant`] ?? record.tenant;
  if (isAdopted && tenant === record.tenant) return undefined;
  return kind === 'Namespace'
    ? 'was there before and is not ours. Adopt it, or choose another name.'
    : 'was there before and was not made by Tenantry. Remove or rename it.';
}

async function readLive(
  { api, step }: EffectContext,
  { apiVersion, kind, metadata }: KubeManifest,
): Promise<LiveObject | undefined> {
  const { name, namespace } = metadata;
  try {
    return await api.get(resourceTypeOf(apiVersion, kind), {
      name,
      namespace,
      project: parseLive,
      signal: step.signal,
    });
  } catch (error) {
    if (isNotFound(error)) return undefined;
    throw error;
  }
}

type Attempt = {
  readonly manifest: KubeManifest;
  readonly resourceVersion?: string;
  readonly force: boolean;
};

async function send(
  context: EffectContext,
  { manifest, resourceVersion, force }: Attempt,
): Promise<LiveObject> {
  const { api, step } = context;
  const { name, namespace, annotations } = manifest.metadata;
  const marked = {
    ...annotations,
    [operationAnnotation(context)]: step.operation.id,
  };
  const metadata = {
    ...manifest.metadata,
    annotations: marked,
    ...(resourceVersion && { resourceVersion }),
  };
  await step.holdLease();
  return await api.apply(resourceTypeOf(manifest.apiVersion, manifest.kind), {
    name,
    namespace,
    manifest: { ...manifest, metadata },
    force,
    fieldManager: EFFECT_LIMITS.fieldManager,
    project: parseLive,
    signal: step.signal,
  });
}

/** Applies one object. Reads it anew, and asks whether we may still write, whenever somebody else came between. */
async function applyOne(
  context: EffectContext,
  input: Input,
  object: ApplyObject,
): Promise<Applied> {
  const { manifest } = object;
  const { adopts } = input;
  const problem = (why: string): Applied => ({
    entry: entryOf('failed', object, why),
    problem: `${objectText({
      kind: manifest.kind,
      ...manifest.metadata,
    })} ${why}`,
  });
  let { resourceVersion } = object;
  let force = false;
  let isKnown = resourceVersion !== undefined || input.isFresh;
  let isClaimed = manifest.kind !== 'Namespace';
  let tries = EFFECT_LIMITS.tries;
  for (;;) {
    if (!isKnown) {
      const live = await readLive(context, manifest);
      const why = live && notOurs(context, live, { manifest, adopts });
      if (why) return problem(why);
      resourceVersion = live?.metadata.resourceVersion;
      isKnown = true;
    }
    try {
      if (!isClaimed && resourceVersion === undefined) {
        isClaimed = await claimNamespace(context, manifest);
        isKnown = isClaimed;
        if (!isKnown) continue;
      }
      const live = await send(context, { manifest, resourceVersion, force });
      return doneWith(object, resourceVersion, live);
    } catch (error) {
      if (isUnreachable(error)) throw error;
      tries -= 1;
      if (isOwnedByOthers(error)) {
        force = !force && mayForce(context, manifest, error);
        if (!force) return problem(`is refused: ${refusalText(error)}`);
      } else if (isRace(error) && tries > 0) {
        await checkFence(context);
        isKnown = false;
      } else if (isInvalid(error) && (await wasReplaced(context, object))) {
        isKnown = false;
      } else {
        const why = refusalText(error);
        if (why === undefined) throw error;
        return problem(`is refused: ${why}`);
      }
    }
  }
}

async function wasReplaced(
  context: EffectContext,
  object: ApplyObject,
): Promise<boolean> {
  const live = await readLive(context, object.manifest);
  return live !== undefined && (await replaceImmutable(context, object, live));
}

/** The object is at another version than the one sent, or gone. */
function isRace(error: unknown): boolean {
  return isConflict(error) || isNotFound(error);
}

function doneWith(
  object: ApplyObject,
  before: string | undefined,
  live: LiveObject,
): Applied {
  const { generation, resourceVersion } = live.metadata;
  const isSame = before === resourceVersion;
  const changed = before === undefined ? 'created' : 'configured';
  return {
    entry: entryOf(isSame ? 'unchanged' : changed, object),
    ...(typeof generation === 'number' && { generation }),
  };
}

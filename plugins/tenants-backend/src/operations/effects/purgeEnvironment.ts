// SPDX-License-Identifier: Apache-2.0
import {
  isConflict,
  isForbidden,
  isNotFound,
  type ResourceType,
} from '@tenantry/backstage-plugin-tenants-node';
import type { ChangeSetEntry } from '@tenantry/backstage-plugin-tenants-common';
import { resourceTypeOf } from '../../modules/resourceTypes';
import { APPLY_SET_PART_OF } from '../../records/applySet';
import type { StepOutcome } from '../OperationExecutor';
import { checkFence, fenced, type EffectContext } from './EffectContext';
import { EFFECT_LIMITS } from './EffectPorts';
import { failure } from './failures';
import { isJson } from './fieldTree';
import { planStep } from './planStep';
import { parseLive, type LiveObject } from './readMembers';
import type { InputOf } from './stepInputs';

const volumes: ResourceType = {
  group: '',
  version: 'v1',
  resource: 'persistentvolumes',
  kind: 'PersistentVolume',
  namespaced: false,
};
const namespaces = resourceTypeOf('v1', 'Namespace');
const claims = resourceTypeOf('v1', 'PersistentVolumeClaim');
/** Claims of one namespace that are named in the log. */
const namedClaims = 200;

function text(value: unknown, ...path: readonly string[]): string | undefined {
  const found = path.reduce<unknown>(
    (at, key) => (isJson(at) ? at[key] : undefined),
    value,
  );
  return typeof found === 'string' ? found : undefined;
}

async function reclaimPolicy(
  { api, step }: EffectContext,
  claim: LiveObject,
): Promise<string> {
  const name = text(claim, 'spec', 'volumeName');
  if (!name) return 'no volume yet';
  try {
    const volume = await api.get(volumes, {
      name,
      project: parseLive,
      signal: step.signal,
    });
    const policy = text(volume, 'spec', 'persistentVolumeReclaimPolicy');
    return policy === 'Delete'
      ? 'its volume and data go with it'
      : 'its volume is kept by the cluster';
  } catch (error) {
    if (isForbidden(error) || isNotFound(error)) {
      return 'what becomes of its volume can’t be told';
    }
    throw error;
  }
}

/** Names every volume claim in the log, with what becomes of its data when the namespace goes. */
export async function listVolumes(
  context: EffectContext,
): Promise<StepOutcome> {
  const { api, record, step } = context;
  let count = 0;
  for (const namespace of record.namespaces) {
    const page = await api.list(claims, {
      namespace,
      limit: namedClaims,
      project: parseLive,
      signal: step.signal,
    });
    for (const claim of page.items) {
      const size =
        text(claim, 'status', 'capacity', 'storage') ?? 'unknown size';
      const fate = await reclaimPolicy(context, claim);
      const { name } = claim.metadata;
      step.log(
        'warning',
        `Volume claim ${namespace}/${name} (${size}): ${fate}.`,
      );
      count += 1;
    }
  }
  return { kind: 'done', message: `${count} volume claims.` };
}

async function readNamespace(
  { api, step }: EffectContext,
  name: string,
): Promise<LiveObject | undefined> {
  const { signal } = step;
  return await api
    .get(namespaces, { name, project: parseLive, signal })
    .catch(error => {
      if (isNotFound(error)) return undefined;
      throw error;
    });
}

/** A namespace goes only when its own labels say, as the record does, that it is this environment’s. */
function isOurs(
  { ports, record }: EffectContext,
  { metadata }: LiveObject,
): boolean {
  const { prefix } = ports.settings;
  const { labels } = metadata;
  const isMember = labels[APPLY_SET_PART_OF] === record.applySetId;
  return isMember || labels[`${prefix}/tenant`] === record.tenant;
}

/** Deletes the environment’s namespaces with all that is in them, and plans to wait until they are gone. */
export async function deleteNamespaces(
  context: EffectContext,
  { record }: InputOf<'purge'>,
): Promise<StepOutcome> {
  const changes: ChangeSetEntry[] = [];
  for (const name of record.namespaces) {
    const found = await readNamespace(context, name);
    if (found && !isOurs(context, found)) {
      const message = `Namespace "${name}" on cluster "${record.cluster}" is not labelled as this tenant’s any more; it was left alone. Find out who has it now.`;
      const error = failure('NotOurs', message);
      return { kind: 'failed', partial: true, error, changes };
    }
    if (found) await deleteNamespace(context, found);
    changes.push({
      action: found ? 'deleted' : 'unchanged',
      apiVersion: 'v1',
      kind: 'Namespace',
      name,
      fields: [],
    });
  }
  const wait = planStep(
    record,
    { do: 'gone', record, since: context.ports.clock.now() },
    { title: `Wait until the namespaces of ${record.environment} are gone` },
  );
  return { kind: 'done', changes, next: [wait] };
}

async function deleteNamespace(
  context: EffectContext,
  { metadata }: LiveObject,
): Promise<void> {
  const { api, step } = context;
  if (metadata.deletionTimestamp) return;
  await step.holdLease();
  try {
    await api.delete(namespaces, {
      name: metadata.name,
      preconditions: { uid: metadata.uid },
      propagation: 'Background',
      signal: step.signal,
    });
  } catch (error) {
    if (isNotFound(error)) return;
    if (!isConflict(error)) throw error;
    await checkFence(context);
    throw error;
  }
}

function heldBy(namespace: LiveObject): string {
  const conditions = isJson(namespace.status)
    ? namespace.status.conditions
    : [];
  const held = (Array.isArray(conditions) ? conditions : []).flatMap(each =>
    text(each, 'status') === 'True' &&
    ['NamespaceContentRemaining', 'NamespaceFinalizersRemaining'].includes(
      text(each, 'type') ?? '',
    )
      ? text(each, 'message') ?? []
      : [],
  );
  const finalizers = Array.isArray(namespace.metadata.finalizers)
    ? namespace.metadata.finalizers.map(String)
    : [];
  const own =
    finalizers.length > 0 ? [`finalizers ${finalizers.join(', ')}`] : [];
  return [...own, ...held].join('; ').slice(0, 500);
}

/** Waits until the namespaces are gone, and says what holds them; fails with that when it takes too long. */
export async function awaitGone(
  context: EffectContext,
  { since }: InputOf<'gone'>,
): Promise<StepOutcome> {
  const { ports, record, step } = context;
  const { goneTimeoutMs } = ports.settings;
  const isOver =
    since !== undefined && ports.clock.now() - since >= goneTimeoutMs;
  for (const name of record.namespaces) {
    const found = await readNamespace(context, name);
    const isAnother = found && !found.metadata.deletionTimestamp;
    if (isAnother && isOurs(context, found)) {
      await deleteNamespace(context, found);
    }
    if (found && isOurs(context, found)) {
      if (step.isCancelling()) {
        return { kind: 'done', message: `Namespace "${name}" is still going.` };
      }
      const held = heldBy(found);
      const why = held ? `: ${held}` : '';
      if (isOver) {
        return notGone(name, `${goneTimeoutMs / 60_000} minutes${why}`);
      }
      const message = `Namespace "${name}" is still being deleted${why}.`;
      return { kind: 'wait', afterMs: 5 * EFFECT_LIMITS.lookAgainMs, message };
    }
  }
  return { kind: 'done' };
}

/** The record stays, so that the purge can be tried again. */
function notGone(name: string, after: string): StepOutcome {
  const message = `Namespace "${name}" is still there after ${after}. Remove what holds it in the cluster, then try again.`;
  const error = failure('Terminating', message);
  return { kind: 'failed', partial: true, error };
}

/** Forgets the environment, when nothing of it is left. */
export async function forgetRecord(
  context: EffectContext,
): Promise<StepOutcome> {
  const { ports, record, step } = context;
  await fenced(context, () =>
    ports.records.remove(record, step.fence, step.signal),
  );
  return { kind: 'done' };
}

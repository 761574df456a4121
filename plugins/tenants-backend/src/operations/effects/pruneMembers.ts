// SPDX-License-Identifier: Apache-2.0
import type { ChangeSetEntry } from '@tenantry/backstage-plugin-tenants-common';
import {
  isConflict,
  isNotFound,
} from '@tenantry/backstage-plugin-tenants-node';
import { KEPT_KINDS, resourceTypeOf } from '../../modules/resourceTypes';
import { APPLY_SET_PART_OF } from '../../records/applySet';
import type { StepOutcome } from '../OperationExecutor';
import { checkFence, fenced, type EffectContext } from './EffectContext';
import { EFFECT_LIMITS } from './EffectPorts';
import { ownedFields } from './fieldTree';
import { inParallel } from './inParallel';
import {
  objectKey,
  parseLive,
  readMembers,
  type LiveObject,
  type Member,
} from './readMembers';
import type { InputOf } from './stepInputs';

/** What would grow back goes first; what fences in and limits the rest goes last. */
const order = [
  'HorizontalPodAutoscaler',
  'HelmRelease',
  'Application',
  'CronJob',
  'Job',
  'Deployment',
  'StatefulSet',
  'DaemonSet',
];
const last = ['RoleBinding', 'NetworkPolicy', 'LimitRange', 'ResourceQuota'];

function rank({ kind }: Member): number {
  if (order.includes(kind)) return order.indexOf(kind);
  return last.includes(kind) ? 1_000 + last.indexOf(kind) : 100;
}

/** A member is ours to remove when it carries both our ApplySet’s label and fields that we applied. */
function isRemovable({ kind, object }: Member): boolean {
  return (
    !KEPT_KINDS.has(kind) &&
    !(kind === 'ServiceAccount' && object.metadata.name === 'default') &&
    object.metadata.deletionTimestamp === undefined &&
    ownedFields(object, EFFECT_LIMITS.fieldManager) !== undefined
  );
}

function entryOf(
  action: ChangeSetEntry['action'],
  { apiVersion, kind, object }: Member,
): ChangeSetEntry {
  const { name, namespace } = object.metadata;
  return {
    action,
    apiVersion,
    kind,
    name,
    fields: [],
    ...(namespace && { namespace }),
  };
}

/** Removes the members of the ApplySet that nothing renders any more: also what an older worker made too late. */
export async function pruneMembers(
  context: EffectContext,
  { keep }: InputOf<'prune'>,
): Promise<StepOutcome> {
  const { api, step, record, ports } = context;
  const claimed = await fenced(context, () =>
    ports.records.claim(record, step.fence, step.signal),
  );
  const members = await readMembers(api, record.applySetId, {
    places: claimed.places ?? {},
    signal: step.signal,
  });
  const wanted = new Set(keep);
  const surplus = members
    .filter(each => !wanted.has(objectKey({ ...each, ...each.object })))
    .filter(isRemovable);
  const changes: ChangeSetEntry[] = [];
  const ranks = [...new Set(surplus.map(rank))].sort((a, b) => a - b);
  for (const number of ranks) {
    const together = surplus.filter(each => rank(each) === number);
    const removed = await inParallel(
      together,
      EFFECT_LIMITS.parallel,
      async each => (step.isCancelling() ? [] : [await remove(context, each)]),
    );
    changes.push(...removed.flat());
  }
  return { kind: 'done', changes };
}

async function remove(
  context: EffectContext,
  member: Member,
): Promise<ChangeSetEntry> {
  const { api, step, record } = context;
  const type = resourceTypeOf(member.apiVersion, member.kind);
  const { name, namespace } = member.object.metadata;
  const target = { name, namespace, signal: step.signal };
  let live: LiveObject = member.object;
  for (let tries = EFFECT_LIMITS.tries; ; tries -= 1) {
    await step.holdLease();
    try {
      live = await keepClaims(context, { ...member, object: live });
      const { uid, resourceVersion } = live.metadata;
      await api.delete(type, {
        ...target,
        preconditions: { uid, resourceVersion },
        propagation: 'Background',
      });
      return entryOf('deleted', member);
    } catch (error) {
      if (isNotFound(error)) return entryOf('deleted', member);
      if (!isConflict(error) || tries <= 1) throw error;
    }
    await checkFence(context);
    const found = await api
      .get(type, { ...target, project: parseLive })
      .catch(error => {
        if (isNotFound(error)) return undefined;
        throw error;
      });
    if (!found) return entryOf('deleted', member);
    const isStillOurs =
      found.metadata.labels[APPLY_SET_PART_OF] === record.applySetId &&
      found.metadata.uid === live.metadata.uid;
    if (!isStillOurs) return entryOf('skipped', member);
    live = found;
  }
}

/** A StatefulSet may say that its volume claims go with it. They do not go before a purge. */
async function keepClaims(
  { api, step }: EffectContext,
  { apiVersion, kind, object }: Member,
): Promise<LiveObject> {
  const { spec } = object;
  const deletes =
    kind === 'StatefulSet' &&
    JSON.stringify(spec ?? {}).includes('"whenDeleted":"Delete"');
  if (!deletes) return object;
  const { name, namespace, resourceVersion } = object.metadata;
  return await api.mergePatch(resourceTypeOf(apiVersion, kind), {
    name,
    namespace,
    patch: {
      metadata: { resourceVersion },
      spec: { persistentVolumeClaimRetentionPolicy: { whenDeleted: 'Retain' } },
    },
    fieldManager: EFFECT_LIMITS.fieldManager,
    project: parseLive,
    signal: step.signal,
  });
}

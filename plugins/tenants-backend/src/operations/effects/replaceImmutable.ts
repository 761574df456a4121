// SPDX-License-Identifier: Apache-2.0
import { isNotFound } from '@tenantry/backstage-plugin-tenants-node';
import { diffObjects } from '../../modules/plan';
import type { RenderedObject } from '../../modules/RenderedObject';
import { KEPT_KINDS, resourceTypeOf } from '../../modules/resourceTypes';
import { checkFence, type EffectContext } from './EffectContext';
import { liveJson, type LiveObject } from './readMembers';

/** Whether what the cluster does not take are fields that can never change, as the plan says it. */
function changesImmutable(
  { record, ports }: EffectContext,
  object: RenderedObject,
  live: LiveObject,
): boolean {
  const { notes } = diffObjects({
    environment: record.environment,
    rendered: [object],
    live: [liveJson(object.manifest, live)],
    applySetId: record.applySetId,
    moduleLabel: `${ports.settings.prefix}/module`,
  });
  return notes.some(({ kind }) => kind === 'immutable-field');
}

/**
 * Deletes an object of ours whose new form differs in fields that can never change, so that it can be made anew. What holds
 * data is never deleted. Answers whether it was deleted.
 */
export async function replaceImmutable(
  context: EffectContext,
  object: RenderedObject,
  live: LiveObject,
): Promise<boolean> {
  const { api, step } = context;
  const { apiVersion, kind } = object.manifest;
  const isReplaceable =
    !KEPT_KINDS.has(kind) && changesImmutable(context, object, live);
  if (!isReplaceable) return false;
  await checkFence(context);
  const { name, namespace, uid, resourceVersion } = live.metadata;
  step.log(
    'warning',
    `${kind} ${name} is replaced: fields of it can’t change.`,
  );
  try {
    await api.delete(resourceTypeOf(apiVersion, kind), {
      name,
      namespace,
      preconditions: { uid, resourceVersion },
      propagation: 'Background',
      signal: step.signal,
    });
  } catch (error) {
    if (!isNotFound(error)) throw error;
  }
  return true;
}

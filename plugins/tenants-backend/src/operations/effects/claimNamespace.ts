// SPDX-License-Identifier: Apache-2.0
import {
  isAlreadyExists,
  type KubeManifest,
} from '@tenantry/backstage-plugin-tenants-node';
import { resourceTypeOf } from '../../modules/resourceTypes';
import { APPLY_SET_PART_OF } from '../../records/applySet';
import type { EffectContext } from './EffectContext';
import { EFFECT_LIMITS } from './EffectPorts';

/**
 * Creates an environment’s namespace, empty but marked as its own. `false` when there is one of that name by now.
 *
 * Two tenants can lead to one name: `a` with `b-c`, and `a-b` with `c`. An apply would change what the quicker one made; only a
 * create tells the server that there must be none.
 */
export async function claimNamespace(
  { api, step, record }: EffectContext,
  { apiVersion, kind, metadata: { name } }: KubeManifest,
): Promise<boolean> {
  const labels = { [APPLY_SET_PART_OF]: record.applySetId };
  await step.holdLease();
  try {
    await api.create(resourceTypeOf(apiVersion, kind), {
      name,
      manifest: { apiVersion, kind, metadata: { name, labels } },
      fieldManager: EFFECT_LIMITS.fieldManager,
      project: () => undefined,
      signal: step.signal,
    });
    return true;
  } catch (error) {
    if (isAlreadyExists(error)) return false;
    throw error;
  }
}

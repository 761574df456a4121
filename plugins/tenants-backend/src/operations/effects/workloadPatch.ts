// SPDX-License-Identifier: Apache-2.0
import type { ChangeSetEntry } from '@tenantry/backstage-plugin-tenants-common';
import {
  isConflict,
  isNotFound,
} from '@tenantry/backstage-plugin-tenants-node';
import { resourceTypeOf } from '../../modules/resourceTypes';
import { checkFence, type EffectContext } from './EffectContext';
import { EFFECT_LIMITS } from './EffectPorts';
import { refuse } from './failures';
import { parseLive, type LiveObject } from './readMembers';

type Patch = Readonly<Record<string, unknown>>;

/** A workload in one of the environment’s namespaces. */
export type WorkloadTarget = {
  readonly kind: string;
  readonly name: string;
  readonly namespace: string;
};

/** Versions of the kinds that run something by themselves. */
const apiVersions: Readonly<Record<string, string>> = {
  Deployment: 'apps/v1',
  StatefulSet: 'apps/v1',
  DaemonSet: 'apps/v1',
  CronJob: 'batch/v1',
};

/** How the API server names a workload’s kind. @throws OperationRefusedError when it is none of ours to change */
export function workloadType(kind: string) {
  const apiVersion = Object.hasOwn(apiVersions, kind)
    ? apiVersions[kind]
    : undefined;
  if (!apiVersion) {
    return refuse('NotPossible', `A ${kind} can’t be changed this way.`);
  }
  return resourceTypeOf(apiVersion, kind);
}

/** Which workload of the environment is meant: in whichever of its namespaces it is. @throws OperationRefusedError when there is none */
export async function findWorkload(
  { api, record, step }: EffectContext,
  { kind, name }: Pick<WorkloadTarget, 'kind' | 'name'>,
): Promise<LiveObject> {
  const type = workloadType(kind);
  for (const namespace of record.namespaces) {
    const { signal } = step;
    const found = await api
      .get(type, { namespace, name, project: parseLive, signal })
      .catch(error => {
        if (isNotFound(error)) return undefined;
        throw error;
      });
    if (found) return found;
  }
  return refuse(
    'NotFound',
    `There is no ${kind} "${name}" in environment "${record.environment}".`,
  );
}

export function workloadEntry(
  action: ChangeSetEntry['action'],
  { kind, name, namespace }: WorkloadTarget,
  reason?: string,
): ChangeSetEntry {
  const { group, version } = workloadType(kind);
  const apiVersion = `${group}/${version}`;
  const said = reason === undefined ? {} : { reason };
  return { action, apiVersion, kind, name, namespace, fields: [], ...said };
}

/**
 * Patches a workload as it was read; when somebody else has changed it meanwhile, reads it anew and asks again what to patch.
 * `patchOf` answers `undefined` when nothing is to be done.
 */
export async function patchWorkload(
  context: EffectContext,
  found: { readonly kind: string; readonly object: LiveObject },
  patchOf: (object: LiveObject) => Patch | undefined,
): Promise<LiveObject> {
  const { api, step } = context;
  const type = workloadType(found.kind);
  let { object } = found;
  for (let tries = EFFECT_LIMITS.tries; ; tries -= 1) {
    const patch = patchOf(object);
    if (!patch) return object;
    const { name, namespace, resourceVersion } = object.metadata;
    const metadata = { ...Object(patch.metadata), resourceVersion };
    const target = { name, namespace, project: parseLive, signal: step.signal };
    await step.holdLease();
    try {
      return await api.mergePatch(type, {
        ...target,
        patch: { ...patch, metadata },
        fieldManager: EFFECT_LIMITS.fieldManager,
      });
    } catch (error) {
      if (!isConflict(error) || tries <= 1) throw error;
    }
    await checkFence(context);
    object = await api.get(type, target);
  }
}

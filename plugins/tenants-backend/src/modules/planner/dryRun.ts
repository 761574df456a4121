// SPDX-License-Identifier: Apache-2.0
import type {
  ChangeSetEntry,
  PlanNote,
  Refusal,
} from '@tenantry/backstage-plugin-tenants-common';
import {
  isForbidden,
  isNotFound,
  isUnreachable,
  KubeError,
  type KubeApi,
} from '@tenantry/backstage-plugin-tenants-node';
import { FIELD_MANAGER } from '../plan';
import type { RenderedObject } from '../RenderedObject';
import { resourceTypeOf } from '../resourceTypes';
import { mapConcurrently } from './mapConcurrently';
import { PLANNER_LIMITS } from './PlannerPorts';

/** Objects that would change. */
export type DryRunInput = {
  readonly api: KubeApi;
  readonly environment: string;
  /** Rendered objects with what becomes of them. */
  readonly changes: readonly {
    readonly object: RenderedObject;
    readonly entry: ChangeSetEntry;
  }[];
};

/** Lets the cluster check what would be applied, without storing anything. */
export async function dryRun(
  input: DryRunInput,
  signal: AbortSignal,
): Promise<{
  readonly refusals: readonly Refusal[];
  readonly notes: readonly PlanNote[];
}> {
  const { changes, environment } = input;
  const checked = changes
    .filter(change => !needsNewRole(change, changes))
    .slice(0, PLANNER_LIMITS.dryRuns);
  const refusals = await mapConcurrently(
    checked,
    PLANNER_LIMITS.callsAtOnce,
    change => tryOne(input, change, signal),
  );
  const left = changes.length - checked.length;
  return {
    refusals: refusals.flatMap(one => one ?? []),
    notes:
      left === 0
        ? []
        : [
            {
              environment,
              subject: environment,
              kind: 'offline-validation',
              message: `The cluster checked the first ${checked.length} objects; ${left} more were checked without it.`,
            },
          ],
  };
}

/** A server that is asked whether a binding may be made looks for its role, and a dry run has made none. */
function needsNewRole(
  { object }: DryRunInput['changes'][number],
  changes: DryRunInput['changes'],
): boolean {
  const { roleRef } = object.manifest;
  return changes.some(
    ({ entry }) =>
      entry.action === 'created' &&
      entry.kind === 'Role' &&
      typeof roleRef === 'object' &&
      roleRef !== null &&
      'name' in roleRef &&
      roleRef.name === entry.name,
  );
}

async function tryOne(
  { api, environment }: DryRunInput,
  { object, entry }: DryRunInput['changes'][number],
  signal: AbortSignal,
): Promise<Refusal | undefined> {
  const { manifest } = object;
  const { namespace, name } = manifest.metadata;
  try {
    await api.apply(resourceTypeOf(manifest.apiVersion, manifest.kind), {
      manifest,
      ...(namespace !== undefined && { namespace }),
      name,
      fieldManager: FIELD_MANAGER,
      force: true,
      dryRun: true,
      project: () => undefined,
      signal,
    });
    return undefined;
  } catch (error) {
    if (!(error instanceof KubeError) || isUnreachable(error)) throw error;
    const subject = `${entry.kind}/${entry.name}`;
    const chain = [
      ...(object.module === undefined ? [] : [object.module]),
      subject,
    ];
    return {
      rule: isNotFound(error) ? 'kind-not-served' : 'manifest',
      environment,
      subject,
      message: explain(error, entry),
      chain,
      fixes: [
        {
          label: `Ask who maintains ${
            object.module ?? 'the platform'
          } to correct the ${
            entry.kind
          }, or change the parameters it is made from.`,
        },
      ],
    };
  }
}

function explain(error: KubeError, { kind, name }: ChangeSetEntry): string {
  if (isNotFound(error)) {
    return `${error.cluster} does not know the kind ${kind}, or the namespace of ${name} is gone.`;
  }
  if (isForbidden(error)) {
    return `${error.cluster} does not allow ${kind} ${name}: a policy there refuses it, or the portal lacks the right to write it.`;
  }
  const fields = (error.causes ?? [])
    .flatMap(cause => cause.field ?? [])
    .slice(0, 5);
  const where = fields.length > 0 ? ` because of ${fields.join(', ')}` : '';
  return `${error.cluster} does not take ${kind} ${name}${where} (${error.reason}).`;
}

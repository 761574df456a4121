// SPDX-License-Identifier: Apache-2.0
import type { Refusal } from '@tenantry/backstage-plugin-tenants-common';
import { gitOpsOwner } from '../gitOpsOwner';
import type { LiveObject } from '../LiveObject';
import { objectKey, toJson } from '../plan/diff/objectKey';
import type { RenderedObject } from '../RenderedObject';
import { resourceTypeOf } from '../resourceTypes';
import type { LiveObjects } from './LiveObjects';
import { mapConcurrently } from './mapConcurrently';
import { PLANNER_LIMITS } from './PlannerPorts';

type ForeignInput = {
  readonly environment: string;
  readonly objects: readonly RenderedObject[];
  /** Members of the environment’s ApplySet. */
  readonly found: readonly LiveObject[];
  readonly reader: LiveObjects;
};

/** Kubernetes makes these in every namespace; they are shared, not somebody’s. */
const SHARED = ['Namespace', 'ServiceAccount/default'];

/** Objects that have the name of something rendered and are not ours: shared ones are taken along, the others refused. */
export async function findForeign(
  { environment, objects, found, reader }: ForeignInput,
  signal: AbortSignal,
): Promise<{
  readonly shared: readonly LiveObject[];
  readonly refusals: readonly Refusal[];
}> {
  const ours = new Set(found.map(objectKey));
  const unknown = objects.filter(
    ({ manifest }) => !ours.has(objectKey(toJson(manifest))),
  );
  const live = await mapConcurrently(
    unknown,
    PLANNER_LIMITS.callsAtOnce,
    ({ manifest: { apiVersion, kind, metadata } }) =>
      reader.get(
        resourceTypeOf(apiVersion, kind),
        {
          name: metadata.name,
          ...(metadata.namespace !== undefined && {
            namespace: metadata.namespace,
          }),
        },
        signal,
      ),
  );
  const there = unknown.flatMap((object, at) => {
    const one = live[at];
    return one ? [{ object, live: one }] : [];
  });
  return {
    shared: there.filter(({ object }) => isShared(object)).map(one => one.live),
    refusals: there
      .filter(({ object }) => !isShared(object))
      .map(one => notOurs(one, environment)),
  };
}

function isShared({ manifest: { kind, metadata } }: RenderedObject): boolean {
  return SHARED.includes(kind) || SHARED.includes(`${kind}/${metadata.name}`);
}

function notOurs(
  {
    object,
    live,
  }: { readonly object: RenderedObject; readonly live: LiveObject },
  environment: string,
): Refusal {
  const { manifest, module } = object;
  const { kind, metadata } = manifest;
  const subject = `${kind}/${metadata.name}`;
  const owner = gitOpsOwner(live);
  const maker = owner ? `${owner.tool} (${owner.by})` : 'something else';
  return {
    rule: 'not-ours',
    environment,
    subject,
    message: `There is a ${kind} ${metadata.name} in ${
      metadata.namespace ?? 'the cluster'
    } already that ${maker} made. It is left alone.`,
    chain: [...(module === undefined ? [] : [module]), subject],
    fixes: [
      { label: `Delete or rename the ${kind} ${metadata.name} that is there.` },
    ],
  };
}

// SPDX-License-Identifier: Apache-2.0
import {
  toChangeSet,
  type ChangeSetEntry,
  type PlanNote,
} from '@tenantry/backstage-plugin-tenants-common';
import {
  KubeError,
  type KubeApi,
} from '@tenantry/backstage-plugin-tenants-node';
import type { LiveObject } from '../LiveObject';
import { fieldAt, objectField, textField } from '../manifests/jsonValue';
import { resourceTypeOf } from '../resourceTypes';
import {
  refused,
  type EnvironmentOutcome,
  type EnvironmentRequest,
} from './EnvironmentRequest';
import { LiveObjects } from './LiveObjects';
import { mapConcurrently } from './mapConcurrently';
import { PLANNER_LIMITS, type PlannerPorts } from './PlannerPorts';
import { refuseFailure } from './refuseFailure';

const CLAIMS = resourceTypeOf('v1', 'PersistentVolumeClaim');
const VOLUMES = {
  ...resourceTypeOf('v1', 'PersistentVolume'),
  namespaced: false,
};

type Volume = { readonly claim: LiveObject; readonly policy?: string };

/** Says what a purge takes away for good: namespaces, and volumes with what becomes of their data. */
export class PurgePlanner {
  constructor(private readonly ports: Pick<PlannerPorts, 'kubeApi'>) {}

  async plan(
    request: EnvironmentRequest,
    signal: AbortSignal,
  ): Promise<EnvironmentOutcome> {
    const { spec, namespaces } = request.target;
    const api = this.ports.kubeApi(spec.cluster);
    if (!api) {
      return refused({
        rule: 'unknown-cluster',
        environment: spec.name,
        subject: spec.cluster,
        message: `There is no cluster ${spec.cluster} any more.`,
        chain: [spec.name, spec.cluster],
        fixes: [{ label: 'Bring the cluster back into the portal first.' }],
      });
    }
    try {
      const perNamespace = await mapConcurrently(
        namespaces,
        PLANNER_LIMITS.callsAtOnce,
        namespace => volumesIn(api, namespace, signal),
      );
      return toOutcome(request, perNamespace);
    } catch (error) {
      signal.throwIfAborted();
      return refused(refuseFailure(spec, error));
    }
  }
}

async function volumesIn(
  api: KubeApi,
  namespace: string,
  signal: AbortSignal,
): Promise<readonly Volume[]> {
  const reader = new LiveObjects(api);
  const claims = await reader.inNamespace(CLAIMS, namespace, signal);
  return mapConcurrently(claims, PLANNER_LIMITS.callsAtOnce, async claim => {
    const name = textField(objectField(claim, 'spec'), 'volumeName');
    const policy = name && (await policyOf(reader, name, signal));
    return { claim, ...(policy && { policy }) };
  });
}

/** `undefined` where the portal may not read volumes: they belong to the cluster. */
async function policyOf(
  reader: LiveObjects,
  name: string,
  signal: AbortSignal,
): Promise<string | undefined> {
  try {
    const volume = await reader.get(VOLUMES, { name }, signal);
    return textField(
      objectField(volume ?? {}, 'spec'),
      'persistentVolumeReclaimPolicy',
    );
  } catch (error) {
    if (error instanceof KubeError && error.status === 403) return undefined;
    throw error;
  }
}

function toOutcome(
  { target }: EnvironmentRequest,
  perNamespace: readonly (readonly Volume[])[],
): EnvironmentOutcome {
  const { spec, namespaces } = target;
  const entries: ChangeSetEntry[] = namespaces.flatMap((namespace, at) => [
    {
      action: 'deleted',
      apiVersion: 'v1',
      kind: 'Namespace',
      name: namespace,
      fields: [],
      reason: 'With everything in it.',
    },
    ...(perNamespace[at] ?? []).map(volume => toEntry(volume, namespace)),
  ]);
  return {
    refusals: [],
    notes: perNamespace.flat().map(volume => toNote(volume, spec.name)),
    plan: {
      name: spec.name,
      cluster: spec.cluster,
      namespace: namespaces[0],
      tier: spec.tier,
      exists: true,
      modules: [],
      changes: toChangeSet(entries),
      quota: [],
    },
  };
}

function toEntry({ claim, policy }: Volume, namespace: string): ChangeSetEntry {
  return {
    action: 'deleted',
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    namespace,
    name: nameOf(claim),
    fields: [],
    ...(policy && { reason: `Its volume has the reclaim policy ${policy}.` }),
  };
}

function toNote({ claim, policy }: Volume, environment: string): PlanNote {
  const name = nameOf(claim);
  const size = fieldAt(claim, ['spec', 'resources', 'requests', 'storage']);
  const what = `The volume claim ${name}${
    size === undefined ? '' : ` (${String(size)})`
  } is deleted.`;
  const subject = `PersistentVolumeClaim/${name}`;
  if (policy === 'Retain') {
    return {
      environment,
      subject,
      kind: 'data-kept',
      message: `${what} Its volume stays on the cluster with the data (reclaim policy Retain).`,
    };
  }
  return {
    environment,
    subject,
    kind: 'data-lost',
    message: `${what} Its data is lost (reclaim policy ${
      policy ?? 'not known'
    }).`,
  };
}

function nameOf(object: LiveObject): string {
  return textField(objectField(object, 'metadata'), 'name') ?? '';
}

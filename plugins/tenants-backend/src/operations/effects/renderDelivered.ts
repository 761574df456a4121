// SPDX-License-Identifier: Apache-2.0
import { isNotFound } from '@tenantry/backstage-plugin-tenants-node';
import { environmentFiles } from '../../modules/environmentFiles';
import {
  deliveredText,
  firstDelivered,
  type Delivered,
} from '../../modules/gitOpsOwner';
import { resourceTypeOf } from '../../modules/resourceTypes';
import { filesMessage } from '../filesMessage';
import type { StepOutcome } from '../OperationExecutor';
import type { EffectContext } from './EffectContext';
import { failure } from './failures';
import { parseLive, type LiveObject, type Member } from './readMembers';
import type { InputOf } from './stepInputs';

type Input = InputOf<'compare'>;

/**
 * Whether Flux or Argo CD delivers an environment, by the marks on what it has; `undefined` when neither does. Namespaces that are
 * to be adopted are no members yet: they are asked for.
 */
export async function findDelivered(
  context: EffectContext,
  { adopts }: Input,
  members: readonly Member[],
): Promise<Delivered | undefined> {
  const found = firstDelivered(
    members.map(({ apiVersion, kind, object: { metadata } }) => ({
      apiVersion,
      kind,
      metadata,
    })),
  );
  if (found) return found;
  const type = { apiVersion: 'v1', kind: 'Namespace' };
  for (const name of adopts) {
    const live = await readNamespace(context, name);
    const one = live && firstDelivered([{ ...type, metadata: live.metadata }]);
    if (one) return one;
  }
  return undefined;
}

async function readNamespace(
  { api, step }: EffectContext,
  name: string,
): Promise<LiveObject | undefined> {
  try {
    return await api.get(resourceTypeOf('v1', 'Namespace'), {
      name,
      project: parseLive,
      signal: step.signal,
    });
  } catch (error) {
    if (isNotFound(error)) return undefined;
    throw error;
  }
}

/** In place of writes to a cluster: the environment as files. What others deliver is only deleted by them. */
export function renderDelivered(
  { ports, step }: EffectContext,
  { record, objects, generatedSecrets }: Input,
  delivered: Delivered,
): StepOutcome {
  const name = record.environment;
  if (record.state === 'retained') {
    const { owner } = delivered;
    const message = `${owner.tool} (${owner.by}) delivers ${name}: use the template that decommissions by pull request, or remove its files in the repository, but those of its namespaces and volume claims.`;
    const error = failure('ManagedByFiles', message);
    return { kind: 'failed', partial: true, error };
  }
  step.log('info', deliveredText(name, delivered));
  const { cluster } = record;
  const files = environmentFiles(
    [{ name, cluster, record, objects }],
    ports.settings,
  );
  return {
    kind: 'done',
    message: filesMessage(files, [{ name, generatedSecrets }]),
    result: { files: [...files] },
  };
}

// SPDX-License-Identifier: Apache-2.0
import type { ChangeSetEntry } from '@tenantry/backstage-plugin-tenants-common';
import {
  isAlreadyExists,
  type KubeManifest,
} from '@tenantry/backstage-plugin-tenants-node';
import { resourceTypeOf } from '../../modules/resourceTypes';
import { APPLY_SET_PART_OF } from '../../records/applySet';
import type { StepOutcome } from '../OperationExecutor';
import { entryOf } from './compareEnvironment';
import { operationAnnotation, type EffectContext } from './EffectContext';
import { EFFECT_LIMITS } from './EffectPorts';
import type { InputOf } from './stepInputs';

type Secret = InputOf<'secrets'>['secrets'][number];

function manifestOf(
  context: EffectContext,
  { name, keys, module }: Secret,
  value: string,
): KubeManifest {
  const { ports, record, step } = context;
  const { prefix } = ports.settings;
  const encoded = Buffer.from(value).toString('base64');
  return {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: {
      name,
      namespace: record.namespaces[0],
      labels: {
        [APPLY_SET_PART_OF]: record.applySetId,
        [`${prefix}/tenant`]: record.tenant,
        [`${prefix}/environment`]: record.environment,
        [`${prefix}/module`]: module,
      },
      annotations: {
        [operationAnnotation(context)]: step.operation.id,
        [`${prefix}/generated`]: 'true',
      },
    },
    type: 'Opaque',
    data: Object.fromEntries(keys.map(key => [key, encoded])),
  };
}

/** Makes the secrets that are not there; one that is there keeps its value, whoever made it. */
export async function makeSecrets(
  context: EffectContext,
  { secrets }: InputOf<'secrets'>,
): Promise<StepOutcome> {
  const { api, step } = context;
  const changes: ChangeSetEntry[] = [];
  for (const secret of secrets) {
    if (step.isCancelling()) break;
    const value = context.ports.newSecret();
    const manifest = manifestOf(context, secret, value);
    await step.holdLease();
    const isMade = await api
      .create(resourceTypeOf('v1', 'Secret'), {
        namespace: manifest.metadata.namespace,
        name: secret.name,
        manifest,
        fieldManager: EFFECT_LIMITS.fieldManager,
        project: () => true,
        signal: step.signal,
      })
      .catch(error => {
        if (isAlreadyExists(error)) return false;
        throw error;
      });
    if (isMade) await remember(context, secret.name, value);
    const { module } = secret;
    changes.push(
      entryOf(isMade ? 'created' : 'unchanged', { manifest, module }),
    );
  }
  return { kind: 'done', changes };
}

async function remember(
  { ports, record }: EffectContext,
  name: string,
  value: string,
): Promise<void> {
  const { tenant, environment } = record;
  await ports.prints?.remember(tenant, `${environment}/${name}`, value);
}

// SPDX-License-Identifier: Apache-2.0
import type { OperationRequest } from '@tenantry/backstage-plugin-tenants-common';
import { KubeError } from '@tenantry/backstage-plugin-tenants-node';
import { toOperationError } from '../OperationErrors';
import type { StepContext, StepOutcome } from '../OperationExecutor';
import { applyObjects } from './applyObjects';
import { awaitHealth } from './awaitHealth';
import { compareEnvironment } from './compareEnvironment';
import { effectContext, type EffectContext } from './EffectContext';
import type { EffectPorts } from './EffectPorts';
import { makeSecrets } from './makeSecrets';
import { pruneMembers } from './pruneMembers';
import {
  awaitGone,
  deleteNamespaces,
  forgetRecord,
  listVolumes,
} from './purgeEnvironment';
import { quietWorkloads } from './quietWorkloads';
import { reachAgain } from './reachAgain';
import { restartWorkload, scaleWorkload } from './restartWorkload';
import { readStepInput, type StepInput } from './stepInputs';
import { claimRecord, writeRecord } from './writeRecord';

type OnCluster = Exclude<StepInput, { readonly do: 'unavailable' }>;
type Outcome = StepOutcome | Promise<StepOutcome>;

function onCluster(context: EffectContext, input: OnCluster): Outcome {
  switch (input.do) {
    case 'compare':
      return compareEnvironment(context, input);
    case 'claim':
      return claimRecord(context);
    case 'apply':
      return applyObjects(context, input);
    case 'secrets':
      return makeSecrets(context, input);
    case 'wait':
      return awaitHealth(context, input);
    case 'prune':
      return pruneMembers(context, input);
    case 'record':
      return writeRecord(context, input);
    case 'quiet':
      return quietWorkloads(context, input);
    default:
      return direct(context, input);
  }
}

type Direct = Extract<
  OnCluster,
  { do: 'restart' | 'scale' | 'volumes' | 'purge' | 'gone' | 'forget' }
>;

function direct(context: EffectContext, input: Direct): Outcome {
  switch (input.do) {
    case 'restart':
      return restartWorkload(context, input);
    case 'scale':
      return scaleWorkload(context, input);
    case 'volumes':
      return listVolumes(context);
    case 'purge':
      return deleteNamespaces(context, input);
    case 'gone':
      return awaitGone(context, input);
    default:
      return forgetRecord(context);
  }
}

/** Runs one step from its journal. */
export async function runStep(
  ports: EffectPorts,
  step: StepContext,
): Promise<StepOutcome> {
  const input = readStepInput(step.step);
  if (input.do === 'unavailable') return await reachAgain(ports, step, input);
  try {
    return await onCluster(effectContext(ports, step, input.record), input);
  } catch (thrown) {
    return partOf(step, thrown);
  }
}

/** Whether nothing else is to be done than this one environment. */
function isAlone(request: OperationRequest): boolean {
  switch (request.type) {
    case 'apply':
    case 'delete':
    case 'purge':
    case 'sleep':
    case 'wake':
    case 'members':
      return request.environments?.length === 1;
    default:
      return true;
  }
}

/** A cluster that can’t be reached fails its part of the operation in this try; when there is no other part, the whole. */
function partOf({ request }: StepContext, thrown: unknown): StepOutcome {
  const isOfCluster =
    thrown instanceof KubeError && toOperationError(thrown).retryable;
  if (!isOfCluster || isAlone(request)) throw thrown;
  return { kind: 'failed', partial: true, error: toOperationError(thrown) };
}

// SPDX-License-Identifier: Apache-2.0
import {
  OPERATION_TYPES,
  type OperationType,
} from '@tenantry/backstage-plugin-tenants-common';
import type { OperationExecutor } from '../OperationExecutor';
import type { EffectPorts } from './EffectPorts';
import { planPurge } from './planPurge';
import { planRestart } from './planRestart';
import { planSpecChange } from './planSpecChange';
import { runStep } from './runStep';

/** What comes first for a type of operation. */
function plannerOf(type: OperationType) {
  if (type === 'purge') return planPurge;
  return type === 'restart' ? planRestart : planSpecChange;
}

/** What each type of operation does to clusters. */
export function createExecutors(
  ports: EffectPorts,
): readonly OperationExecutor[] {
  return OPERATION_TYPES.map(type => {
    const plan = plannerOf(type);
    return {
      type,
      plan: (operation, request, signal) =>
        plan(ports, { operation, request, signal }),
      run: context => runStep(ports, context),
    };
  });
}

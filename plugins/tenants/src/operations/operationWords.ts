// SPDX-License-Identifier: Apache-2.0
import type {
  HealthCode,
  OperationState,
  OperationStep,
  OperationType,
} from '@tenantry/backstage-plugin-tenants-common';
import type { Translate } from '../useText';

/** The word of a state. */
export function stateWord(t: Translate, state: OperationState): string {
  const words: Record<OperationState, string> = {
    queued: t('operations.queued'),
    running: t('operations.running'),
    retrying: t('operations.retrying'),
    cancelling: t('operations.cancelling'),
    succeeded: t('operations.succeeded'),
    failed: t('operations.failed'),
    cancelled: t('operations.cancelled'),
  };
  return words[state];
}

/** The word of a type. */
export function typeWord(t: Translate, type: OperationType): string {
  const words: Record<OperationType, string> = {
    apply: t('operations.apply'),
    adopt: t('operations.adopt'),
    delete: t('operations.delete'),
    purge: t('operations.purge'),
    restart: t('operations.restart'),
    scale: t('operations.scale'),
    sleep: t('operations.sleep'),
    wake: t('operations.wake'),
    rollback: t('operations.rollback'),
    members: t('operations.members'),
  };
  return words[type];
}

/** The health mark whose shape a state borrows. */
export function stateShape(state: OperationState): HealthCode {
  switch (state) {
    case 'succeeded':
      return 'Healthy';
    case 'failed':
      return 'Degraded';
    case 'cancelled':
      return 'Suspended';
    case 'queued':
    case 'running':
    case 'retrying':
    case 'cancelling':
      return 'Progressing';
    default:
      return state satisfies never;
  }
}

/** The word of a step's state. */
export function stepWord(t: Translate, state: OperationStep['state']): string {
  const words: Record<OperationStep['state'], string> = {
    pending: t('operation.statePending'),
    running: t('operation.stateRunning'),
    succeeded: t('operation.stateSucceeded'),
    failed: t('operation.stateFailed'),
    skipped: t('operation.stateSkipped'),
  };
  return words[state];
}

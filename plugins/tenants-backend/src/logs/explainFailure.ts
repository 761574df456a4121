// SPDX-License-Identifier: Apache-2.0
import type { LogExit } from '@tenantry/backstage-plugin-tenants-common';
import {
  isForbidden,
  isNotFound,
  isUnreachable,
  KubeError,
} from '@tenantry/backstage-plugin-tenants-node';
import type { LogContainer } from './selectLogContainers';

/** How a log ended. */
export type LogOutcome = {
  readonly reason: string;
  readonly message: string;
  /** How its container ended, where that is known by then. */
  readonly exit?: LogExit;
};

/** The reason of a log that was read to its end. */
export const ENDED = 'Ended';

/** The cluster is not watched any more. */
export class ClusterGoneError extends Error {
  constructor(readonly cluster: string) {
    super(`The cluster ${cluster} is not connected.`);
  }
}

/** That a log was read to its end. */
export function explainEnd({ pod, container, exit }: LogContainer): LogOutcome {
  const what = `container ${container} in pod ${pod}`;
  if (!exit) return { reason: ENDED, message: `The log of ${what} has ended.` };
  const why = exit.reason ? `${exit.reason}, ` : '';
  return {
    reason: ENDED,
    message: `The log of ${what} has ended, as the container has: ${why}exit code ${exit.code}.`,
    exit,
  };
}

/** Why a log could not be read on, for who reads it. */
export function explainFailure(
  error: unknown,
  { pod, container, cluster }: LogContainer,
): LogOutcome {
  const what = `container ${container} in pod ${pod}`;
  if (isNotFound(error)) {
    return {
      reason: 'NotFound',
      message: `There is no log of ${what}: the pod, or the run asked for, is gone.`,
    };
  }
  if (isForbidden(error)) {
    return {
      reason: 'Forbidden',
      message: `The portal may not read pods/log on cluster ${cluster}, so the log of ${what} cannot be shown. Give its account that right.`,
    };
  }
  if (isUnreachable(error) || error instanceof ClusterGoneError) {
    return {
      reason: 'Unreachable',
      message: `The cluster ${cluster} cannot be reached, so the log of ${what} broke off.`,
    };
  }
  const reason = error instanceof KubeError ? error.reason : 'Failed';
  return { reason, message: `The log of ${what} cannot be read (${reason}).` };
}

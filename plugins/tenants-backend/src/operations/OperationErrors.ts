// SPDX-License-Identifier: Apache-2.0
import {
  isUnreachable,
  KubeError,
} from '@tenantry/backstage-plugin-tenants-node';
import type { OperationError } from '@tenantry/backstage-plugin-tenants-common';

/** Somebody else holds the lease of the operation, or nobody can say: whoever gets this must stop at once and write nothing. */
export class LeaseLostError extends Error {
  override readonly name = 'LeaseLostError';

  constructor(operation: string) {
    super(
      `The lease of the operation ${operation} is lost; another worker goes on with it.`,
    );
  }
}

/** Thrown by an executor for what cannot be done, or not now. */
export class OperationRefusedError extends Error {
  override readonly name = 'OperationRefusedError';

  constructor(readonly error: OperationError) {
    super(error.message);
  }
}

/** Too many requests, or a server that failed: another try may do. */
const TEMPORARY = new Set([408, 425, 429, 500, 502, 503, 504]);

/** What a thrown value says to the people who read the operation. Of errors that were not meant for them only the kind is told. */
export function toOperationError(thrown: unknown): OperationError {
  if (thrown instanceof OperationRefusedError) return thrown.error;
  if (thrown instanceof KubeError) {
    return {
      reason: /^[A-Z][A-Za-z]{0,62}$/.test(thrown.reason)
        ? thrown.reason
        : 'ClusterFailed',
      message: thrown.message,
      retryable:
        isUnreachable(thrown) ||
        (thrown.status !== undefined && TEMPORARY.has(thrown.status)),
    };
  }
  const name = thrown instanceof Error ? thrown.name : typeof thrown;
  return {
    reason: 'Failed',
    message: `The step failed in a way nobody expected (${name.slice(
      0,
      60,
    )}). The service’s log says more.`,
    retryable: false,
  };
}

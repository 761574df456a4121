// SPDX-License-Identifier: Apache-2.0
import type { Operation } from '@tenantry/backstage-plugin-tenants-common';
import { UNTRUSTED_NOTICE } from './ActionTools';

/** An operation for a model to read. What its steps and its error say may repeat what a container or an event said. */
export function describeOperation(operation: Operation) {
  const { changes, steps, error, result, ...facts } = operation;
  return {
    operation: {
      ...facts,
      changes: changes?.counts ?? {},
      ...(result?.revision !== undefined && { revision: result.revision }),
      ...(result?.files && { files: result.files.map(({ path }) => path) }),
      ...(error && {
        failed: { reason: error.reason, retryable: error.retryable },
      }),
    },
    notice: UNTRUSTED_NOTICE,
    untrusted: {
      error: error?.message ?? '',
      steps: steps.map(({ title, state, message }) => ({
        title,
        state,
        message: message ?? '',
      })),
    },
  };
}

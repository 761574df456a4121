// SPDX-License-Identifier: Apache-2.0
import type { Container } from '@tenantry/backstage-plugin-tenants-common';
import { endsOf } from './useEvidence';

/** How and when a container ended. */
export type LastEnd = {
  readonly reason: string;
  readonly code: number;
  /** ISO time. */
  readonly at: string | undefined;
};

/** The newest end of a container: the present one, while it has not been started again. `undefined` when it never ended. Pure. */
export function lastEndOf(container: Container): LastEnd | undefined {
  const { state, exitCode, reason, lastExit } = container;
  if (state === 'terminated' && exitCode !== undefined && exitCode !== 0) {
    return {
      reason: reason ?? '',
      code: exitCode,
      at: endsOf(container).at(-1),
    };
  }
  return lastExit && { ...lastExit, at: lastExit.at };
}

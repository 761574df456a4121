// SPDX-License-Identifier: Apache-2.0
import type {
  Cause,
  Operation,
} from '@tenantry/backstage-plugin-tenants-common';
import { countChanged } from '../../../operations/OperationSentence';

/** A change longer ago than this is not worth naming beside a failure. */
export const MAX_BEFORE_MS = 60 * 60_000;

/** Something done to the environment of a cause before it began. */
export type ChangeBefore = {
  readonly operation: Operation;
  /** From the change to the failure, in milliseconds. */
  readonly waitMs: number;
};

function isAbout(operation: Operation, environment: string): boolean {
  const { environments, changes } = operation;
  // Without environments it is of the whole tenant; without changes it did nothing.
  const isThere =
    environments.length === 0 || environments.includes(environment);
  return isThere && (changes === undefined || countChanged(operation) > 0);
}

/**
 * The last change of an environment in the hour before a cause began. That it came before is all that is known: it is evidence,
 * not the reason. Pure.
 */
export function findChangeBefore(
  operations: readonly Operation[],
  cause: Cause,
): ChangeBefore | undefined {
  if (cause.since === undefined) return undefined;
  const began = Date.parse(cause.since);
  const found = operations
    .filter(operation => isAbout(operation, cause.environment))
    .flatMap(operation => {
      const { startedAt } = operation;
      if (startedAt === undefined) return [];
      const waitMs = began - Date.parse(startedAt);
      return waitMs >= 0 && waitMs <= MAX_BEFORE_MS
        ? [{ operation, waitMs }]
        : [];
    });
  return found.sort((a, b) => a.waitMs - b.waitMs)[0];
}

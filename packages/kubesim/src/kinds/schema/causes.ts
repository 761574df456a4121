// SPDX-License-Identifier: Apache-2.0
import type { StatusCause } from '../../storage/ApiError';

/** How the real server names the value a message about a schema speaks of. */
export function nowhere(path: string): string {
  return path === '' ? '<nil>' : path;
}

/** A value that breaks a rule of its schema. */
export function invalidValue(
  path: string,
  value: unknown,
  rule: string,
): StatusCause {
  return {
    reason: 'FieldValueInvalid',
    message: `Invalid value: ${JSON.stringify(value)}: ${nowhere(
      path,
    )} in body ${rule}`,
    field: nowhere(path),
  };
}

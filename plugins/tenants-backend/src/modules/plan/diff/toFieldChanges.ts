// SPDX-License-Identifier: Apache-2.0
import type { FieldChange } from '@tenantry/backstage-plugin-tenants-common';
import type { JsonValue } from '@tenantry/backstage-plugin-tenants-node/definitions';
import { PLAN_LIMITS } from '../limits';
import type { RawChange } from './compareFields';
import { sayPath, type FieldPath } from './FieldPath';

/** Changes for people: as JSON, shortened; of a Secret only that there is something. */
export function toFieldChanges(
  kind: string,
  changes: readonly RawChange[],
): FieldChange[] {
  return changes
    .slice(0, PLAN_LIMITS.fieldsPerObject)
    .map(({ path, from, to }) => {
      const secret = kind === 'Secret' && isData(path);
      return {
        path: sayPath(path),
        ...(from !== undefined && { from: secret ? '<set>' : shorten(from) }),
        ...(to !== undefined && {
          to: secret ? newSecret(from) : shorten(to),
        }),
      };
    });
}

function isData([first]: FieldPath): boolean {
  return ['f:data', 'f:stringData'].includes(first);
}

function newSecret(from: JsonValue | undefined): string {
  return from === undefined ? '<set>' : '<changed>';
}

function shorten(value: JsonValue): string {
  const text = JSON.stringify(value);
  return text.length <= PLAN_LIMITS.fieldChars
    ? text
    : `${text.slice(0, PLAN_LIMITS.fieldChars - 1)}…`;
}

// SPDX-License-Identifier: Apache-2.0
import { ApiError, type StatusCause } from '../ApiError';
import { pathsOf, type FieldNode } from './fieldNodes';
import type { Entry } from './ManagedFields';

export type Conflict = { readonly entry: Entry; readonly fields: FieldNode };

/** The real answer to an apply that would change what others own. */
export function applyConflict(conflicts: readonly Conflict[]): ApiError {
  const found = conflicts
    .flatMap(({ entry, fields }) =>
      pathsOf(fields).map(field => ({ manager: managerText(entry), field })),
    )
    .sort((a, b) => byText(a.manager, b.manager));
  const causes = found.map(
    ({ manager, field }): StatusCause => ({
      reason: 'FieldManagerConflict',
      message: `conflict with ${manager}`,
      field,
    }),
  );
  return new ApiError({
    code: 409,
    reason: 'Conflict',
    message: conflictText(found),
    details: { causes },
  });
}

function conflictText(
  found: readonly { manager: string; field: string }[],
): string {
  if (found.length === 1)
    return `Apply failed with 1 conflict: conflict with ${found[0].manager}: ${found[0].field}`;
  const lines = [...new Set(found.map(item => item.manager))].flatMap(
    manager => [
      `conflicts with ${manager}:`,
      ...found
        .filter(item => item.manager === manager)
        .map(item => `- ${item.field}`),
    ],
  );
  return `Apply failed with ${found.length} conflicts: ${lines.join('\n')}`;
}

function managerText(entry: Entry): string {
  const name = JSON.stringify(entry.manager);
  const subject = entry.subresource
    ? `${name} with subresource ${JSON.stringify(entry.subresource)}`
    : name;
  return entry.operation === 'Update'
    ? `${subject} using ${entry.apiVersion}`
    : subject;
}

function byText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

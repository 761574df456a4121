// SPDX-License-Identifier: Apache-2.0
import type { StepContext } from '../OperationExecutor';
import type { Lease } from '../store/Lease';
import { ownershipOf } from '../store/OperationRow';

/** What a step may know of the operation it belongs to. */
export function describeLease({
  row,
  attempt,
}: Pick<Lease, 'row' | 'attempt'>): StepContext['operation'] {
  const { id, tenant, type, title } = row;
  const ownership = ownershipOf(row);
  return {
    id,
    tenant,
    type,
    title,
    requestedBy: row.requested_by,
    attempt,
    ...(ownership ? { ownership } : {}),
  };
}

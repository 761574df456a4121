// SPDX-License-Identifier: Apache-2.0
import { isAmong } from './explainNotAllowed';
import { refuseRequest } from './refuseRequest';
import type { TargetSpecs, TargetState } from './targetSpecs';

/** Who may create tenants may not change one that the watch has lost sight of, unless it is theirs. */
export function takenBySomebody(state: TargetState): TargetSpecs | undefined {
  const { records, tenant, caller, isSeen } = state;
  const own = [caller.entityRef, ...caller.ownership];
  if (isSeen || records.length === 0 || isAmong(records[0].owner, own)) {
    return undefined;
  }
  return refuseRequest({
    rule: 'name-taken',
    subject: tenant,
    message: `There is a tenant ${tenant} already. Choose another name.`,
  });
}

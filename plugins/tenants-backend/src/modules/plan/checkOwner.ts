// SPDX-License-Identifier: Apache-2.0
import type { Refusal } from '@tenantry/backstage-plugin-tenants-common';
import { isAmong } from './explainNotAllowed';
import type { TargetState } from './targetSpecs';

type Owner = {
  readonly owner?: string;
  readonly refusals: readonly Refusal[];
};

/** Who shall own a tenant: whom the request names, who owns it already, else who asks. Nobody gives a tenant to a group that is not theirs. */
export function checkOwner(
  asked: string | undefined,
  { records, seenOwner, caller, tenant }: TargetState,
): Owner {
  const before = records[0]?.owner ?? seenOwner;
  const fresh = records.length === 0 ? caller.entityRef : undefined;
  const owner = asked ?? before ?? fresh;
  if (owner === undefined) return { refusals: [] };
  const isSame = before !== undefined && isAmong(owner, [before]);
  if (isSame || isAmong(owner, [caller.entityRef, ...caller.ownership])) {
    return { owner, refusals: [] };
  }
  return {
    owner,
    refusals: [
      {
        rule: 'owner-not-allowed',
        subject: owner,
        message: `You are not among ${owner}, so you cannot make it the owner of ${tenant}.`,
        chain: [tenant, owner],
        fixes: [
          { label: 'Name a group you belong to as owner.' },
          { label: `Ask somebody of ${owner} to do it.` },
        ],
      },
    ],
  };
}

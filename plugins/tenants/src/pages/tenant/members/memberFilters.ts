// SPDX-License-Identifier: Apache-2.0
import type { Member } from '@tenantry/backstage-plugin-tenants-common';

/** Kinds of members, as Kubernetes calls them. */
export const MEMBER_KINDS = ['User', 'Group', 'ServiceAccount'] as const;

/** What the address says about the members. */
export type MemberFilters = {
  readonly kind: Member['kind'] | undefined;
  readonly environment: string | undefined;
};

/** Reads the filters of an address; what makes no sense is left out. */
export function parseMemberFilters(search: URLSearchParams): MemberFilters {
  const wanted = search.get('kind')?.toLowerCase();
  return {
    kind: MEMBER_KINDS.find(kind => kind.toLowerCase() === wanted),
    environment: search.get('env') || undefined,
  };
}

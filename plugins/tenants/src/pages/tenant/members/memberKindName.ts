// SPDX-License-Identifier: Apache-2.0
import type { Member } from '@tenantry/backstage-plugin-tenants-common';
import type { Translate } from '../../../useText';

/** What a kind of member is called. */
export function memberKindName(t: Translate, kind: Member['kind']): string {
  const names: Record<Member['kind'], string> = {
    User: t('members.user'),
    Group: t('members.group'),
    ServiceAccount: t('members.serviceAccount'),
  };
  return names[kind];
}

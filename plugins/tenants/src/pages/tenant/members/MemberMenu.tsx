// SPDX-License-Identifier: Apache-2.0
import {
  MEMBER_ROLES,
  memberChoiceSchema,
  type Member,
} from '@tenantry/backstage-plugin-tenants-common';
import { ActionMenu } from '../../../operations/ActionMenu';
import type { Action } from '../../../operations/Action';
import { useOperations } from '../../../operations/OperationsProvider';
import { classes } from '../../../styles';
import { useText } from '../../../useText';

/** What can be done with somebody's role. Roles of service accounts, and those by bindings of others, are not ours to change. */
export function MemberMenu(props: {
  readonly member: Member;
  readonly isLastAdmin: boolean;
}) {
  const { member, isLastAdmin } = props;
  const { environment, entityRef, role, name } = member;
  const t = useText();
  const operations = useOperations();
  const known = MEMBER_ROLES.find(r => r === role);
  const choice = memberChoiceSchema.safeParse({ subject: entityRef, role });
  if (!known || !choice.success) return null;
  const seat = { environment, subject: choice.data.subject, role: known };
  const remove: Action = { type: 'remove-member', ...seat };
  if (isLastAdmin && operations?.offers(remove)) {
    return (
      <span className={`${classes.small} ${classes.muted}`}>
        {t('actions.lastAdmin')}
      </span>
    );
  }
  return (
    <ActionMenu
      inRow
      name={name}
      groups={[
        {
          items: [
            {
              id: 'change',
              label: t('actions.changeMember'),
              action: { type: 'change-member', ...seat },
            },
            {
              id: 'remove',
              label: t('actions.removeMember'),
              action: remove,
              isDanger: true,
            },
          ],
        },
      ]}
    />
  );
}

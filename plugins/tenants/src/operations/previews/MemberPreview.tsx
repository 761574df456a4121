// SPDX-License-Identifier: Apache-2.0
import { Select, TextField } from '@backstage/ui';
import {
  MEMBER_ROLES,
  memberChoiceSchema,
  type MemberRole,
  type OperationRequestInput,
} from '@tenantry/backstage-plugin-tenants-common';
import { useMemo } from 'react';
import { useText, type Translate } from '../../useText';
import type { Action } from '../Action';
import type { PreviewProps } from '../OperationDialog';
import { OperationPreview } from '../OperationPreview';
import styles from '../operations.module.css';
import { useDraft } from '../useDraft';
import { whereText } from './whereText';

type MemberAction = Extract<Action, { type: 'add-member' | 'change-member' }>;

function roleWord(t: Translate, role: MemberRole): string {
  const words: Record<MemberRole, string> = {
    admin: t('actions.admin'),
    edit: t('actions.edit'),
    view: t('actions.view'),
  };
  return words[role];
}

/** The preview of a role for somebody. */
export function MemberPreview(props: PreviewProps<MemberAction>) {
  const { tenant, action, onStarted, onClose } = props;
  const t = useText();
  const isNew = action.type === 'add-member';
  const [subject, setSubject] = useDraft(
    'subject',
    isNew ? '' : action.subject,
  );
  const [role, setRole] = useDraft<MemberRole>(
    'role',
    isNew ? 'view' : action.role,
  );
  const environments = useMemo(
    () => (isNew ? [...action.environments] : [action.environment]),
    [isNew, action],
  );
  const request = useMemo<OperationRequestInput | undefined>(() => {
    const parsed = memberChoiceSchema.safeParse({
      subject: subject.trim(),
      role,
    });
    const isSame = !isNew && action.role === role;
    if (!parsed.success || isSame) return undefined;
    return { type: 'members', environments, set: [parsed.data] };
  }, [subject, role, environments, isNew, action]);
  const words = { name: subject, role: roleWord(t, role) };
  return (
    <OperationPreview
      tenant={tenant}
      title={
        isNew
          ? t('actions.addMemberTitle')
          : t('actions.changeMemberTitle', { name: subject })
      }
      where={whereText(t, tenant, environments.join(', '))}
      verb={
        isNew
          ? t('actions.addMemberVerb', words)
          : t('actions.changeMemberVerb', words)
      }
      request={request}
      fields={
        <div className={styles.fields}>
          <TextField
            label={t('actions.member')}
            placeholder={t('actions.memberPlaceholder')}
            value={subject}
            isReadOnly={!isNew}
            isRequired
            onChange={setSubject}
          />
          <Select
            label={t('actions.role')}
            options={MEMBER_ROLES.map(r => ({ id: r, label: roleWord(t, r) }))}
            value={role}
            onChange={key =>
              setRole(MEMBER_ROLES.find(r => r === key) ?? 'view')
            }
          />
        </div>
      }
      onStarted={onStarted}
      onClose={onClose}
    />
  );
}

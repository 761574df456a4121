// SPDX-License-Identifier: Apache-2.0
import type { Member } from '@tenantry/backstage-plugin-tenants-common';
import { EntityRefLink } from '../../../components/EntityRefLink';
import { classes } from '../../../styles';
import { useText } from '../../../useText';
import { MemberMenu } from './MemberMenu';
import { memberKindName } from './memberKindName';

function memberKey(member: Member): string {
  const { cluster, bindingNamespace, binding, kind, namespace, name } = member;
  return [cluster, bindingNamespace, binding, kind, namespace, name].join('/');
}

/** One row per subject and binding. */
export function MemberTable(props: {
  readonly members: readonly Member[];
  /** All members of the tenant are among them: then it is known who is the last admin. */
  readonly isWhole: boolean;
}) {
  const { members, isWhole } = props;
  const t = useText();
  const admins = new Map<string, number>();
  for (const { role, environment, entityRef } of members) {
    if (role !== 'admin' || entityRef === undefined) continue;
    admins.set(environment, (admins.get(environment) ?? 0) + 1);
  }
  const isLastAdmin = (member: Member) =>
    isWhole && member.role === 'admin' && admins.get(member.environment) === 1;
  return (
    <table className={classes.table} aria-label={t('members.table')}>
      <colgroup>
        <col style={{ width: '28%' }} />
        <col style={{ width: '15%' }} />
        <col style={{ width: '17%' }} />
        <col />
        <col style={{ width: '16%' }} />
        <col style={{ width: '9%' }} />
      </colgroup>
      <thead>
        <tr>
          <th scope="col">{t('members.who')}</th>
          <th scope="col">{t('members.kind')}</th>
          <th scope="col">{t('members.role')}</th>
          <th scope="col">{t('members.binding')}</th>
          <th scope="col">{t('members.environment')}</th>
          <th scope="col" aria-label={t('actions.menu')} />
        </tr>
      </thead>
      <tbody>
        {members.map(member => (
          <MemberRow
            key={memberKey(member)}
            member={member}
            isLastAdmin={isLastAdmin(member)}
          />
        ))}
      </tbody>
    </table>
  );
}

function Second({ children }: { readonly children: string }) {
  return (
    <div
      className={`${classes.small} ${classes.muted} ${classes.ellipsis}`}
      title={children}
    >
      {children}
    </div>
  );
}

function MemberRow(props: {
  readonly member: Member;
  readonly isLastAdmin: boolean;
}) {
  const { member, isLastAdmin } = props;
  const t = useText();
  const { entityRef, name, namespace } = member;
  return (
    <tr>
      <th scope="row">
        {entityRef === undefined ? (
          <div className={classes.ellipsis} title={name}>
            {name}
          </div>
        ) : (
          <>
            <EntityRefLink entityRef={entityRef} />
            {!entityRef.endsWith(`/${name}`) && <Second>{name}</Second>}
          </>
        )}
        {namespace !== undefined && (
          <Second>{t('members.inNamespace', { namespace })}</Second>
        )}
      </th>
      <td>{memberKindName(t, member.kind)}</td>
      <td>
        <div className={classes.ellipsis} title={member.role}>
          {member.role}
        </div>
        <Second>{member.roleKind}</Second>
      </td>
      <td>
        <div className={classes.ellipsis} title={member.binding}>
          {member.binding}
        </div>
        <Second>
          {t('members.inNamespace', { namespace: member.bindingNamespace })}
        </Second>
      </td>
      <td>
        {t('tenant.environmentOn', {
          environment: member.environment,
          cluster: member.cluster,
        })}
      </td>
      <td className={classes.right}>
        <MemberMenu member={member} isLastAdmin={isLastAdmin} />
      </td>
    </tr>
  );
}

// SPDX-License-Identifier: Apache-2.0
import type { AuditEvent } from '@tenantry/backstage-plugin-tenants-common';
import { Age } from '../../../components/Age';
import { ClampedText } from '../../../components/ClampedText';
import { classes } from '../../../styles';
import { useDateTime } from '../../../times/useDateTime';
import { useText, type Translate } from '../../../useText';
import { auditActionText } from './auditActions';
import { OutcomeMark } from './OutcomeMark';

/** Who did what, newest first. */
export function AuditTable(props: { readonly events: readonly AuditEvent[] }) {
  const t = useText();
  return (
    <table className={classes.table} aria-label={t('audit.table')}>
      <colgroup>
        <col style={{ width: '22%' }} />
        <col style={{ width: '18%' }} />
        <col style={{ width: '20%' }} />
        <col style={{ width: '12%' }} />
        <col />
      </colgroup>
      <thead>
        <tr>
          <th scope="col">{t('audit.when')}</th>
          <th scope="col">{t('audit.who')}</th>
          <th scope="col">{t('audit.action')}</th>
          <th scope="col">{t('audit.outcome')}</th>
          <th scope="col">{t('audit.detail')}</th>
        </tr>
      </thead>
      <tbody>
        {props.events.map(event => (
          <AuditRow key={event.seq} event={event} />
        ))}
      </tbody>
    </table>
  );
}

function detailText(t: Translate, detail: AuditEvent['detail']): string {
  return Object.entries(detail)
    .filter(([, value]) => value !== '')
    .map(([name, value]) => {
      if (value === true) return `${name}: ${t('audit.yes')}`;
      if (value === false) return `${name}: ${t('audit.no')}`;
      return `${name}: ${value}`;
    })
    .join(' · ');
}

function AuditRow({ event }: { readonly event: AuditEvent }) {
  const t = useText();
  const dateTime = useDateTime();
  const { seq, at, actor, action, outcome, detail } = event;
  const words = auditActionText(t, event);
  return (
    <tr>
      <td>
        {dateTime(Date.parse(at))}
        <div className={`${classes.small} ${classes.muted}`}>
          <Age since={at} alwaysRelative /> ·{' '}
          {t('audit.number', { n: String(seq) })}
        </div>
      </td>
      <td>
        <div className={classes.anywhere}>{actor}</div>
      </td>
      <td>
        {words !== undefined && <div>{words}</div>}
        <code className={`${classes.small} ${classes.muted}`}>{action}</code>
      </td>
      <td>
        <OutcomeMark outcome={outcome} />
      </td>
      <td className={classes.small}>
        <ClampedText>{detailText(t, detail)}</ClampedText>
      </td>
    </tr>
  );
}

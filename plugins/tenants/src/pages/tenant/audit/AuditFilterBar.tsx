// SPDX-License-Identifier: Apache-2.0
import { AUDIT_OUTCOMES } from '@tenantry/backstage-plugin-tenants-common';
import { ChoiceField } from '../../../components/ChoiceField';
import { TimeField } from '../../../components/TimeField';
import { TypedField } from '../../../components/TypedField';
import { useQuery } from '../../../navigation';
import { classes } from '../../../styles';
import { useText } from '../../../useText';
import { AUDIT_ACTIONS } from './auditActions';
import { parseAuditFilters } from './auditFilters';
import { outcomeName } from './OutcomeMark';

/** Everything that narrows the audit. All of it is in the address. */
export function AuditFilterBar(props: {
  /** Actions that are in what was read, beside those the page knows. */
  readonly seenActions: readonly string[];
}) {
  const t = useText();
  const [search, change] = useQuery();
  const { actor, action, outcome, from, to } = parseAuditFilters(search);
  return (
    <div className={classes.filters}>
      <TypedField
        label={t('audit.who')}
        placeholder={t('audit.actorPlaceholder')}
        value={actor ?? ''}
        onChange={value => change({ actor: value })}
      />
      <ChoiceField
        label={t('audit.action')}
        anyLabel={t('list.any')}
        value={action}
        options={[...new Set([...AUDIT_ACTIONS, ...props.seenActions])].sort()}
        onChange={value => change({ action: value })}
      />
      <ChoiceField
        label={t('audit.outcome')}
        anyLabel={t('list.any')}
        value={outcome}
        options={AUDIT_OUTCOMES}
        nameOf={option => {
          const known = AUDIT_OUTCOMES.find(name => name === option);
          return known ? outcomeName(t, known) : option;
        }}
        onChange={value => change({ outcome: value })}
      />
      <TimeField
        label={t('audit.from')}
        value={from}
        onChange={value => change({ from: value })}
      />
      <TimeField
        label={t('audit.to')}
        value={to}
        onChange={value => change({ to: value })}
      />
    </div>
  );
}

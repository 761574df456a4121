// SPDX-License-Identifier: Apache-2.0
import { ToggleButton, ToggleButtonGroup } from '@backstage/ui';
import type {
  Environment,
  QuotaLine,
  Tenant,
} from '@tenantry/backstage-plugin-tenants-common';
import { Meter } from '../../components/Meter';
import { quotaName } from '../../components/quotaName';
import { StateBlock } from '../../components/StateBlock';
import { formatAmount } from '../../formatting/quantity';
import { useQuery } from '../../navigation';
import { TableCard } from '../../components/TableCard';
import { classes } from '../../styles';
import { useText } from '../../useText';
import { WillItFit } from './quota/WillItFit';

const MAX_CONSUMERS = 10;

/** How much is used, how much is left, and who has it. */
export function QuotaTab({ tenant }: { readonly tenant: Tenant }) {
  const t = useText();
  const [search, change] = useQuery();
  const { environments } = tenant;
  const chosen =
    environments.find(e => e.name === search.get('env')) ?? environments[0];
  if (!chosen) return <StateBlock kind="empty" title={t('tree.empty')} />;
  return (
    <div className={classes.body}>
      <div className={classes.filters}>
        <ToggleButtonGroup
          className={classes.toggles}
          aria-label={t('quota.environment')}
          disallowEmptySelection
          selectedKeys={[chosen.name]}
          onSelectionChange={keys => change({ env: String([...keys][0]) })}
        >
          {environments.map(e => (
            <ToggleButton key={`${e.cluster}/${e.name}`} id={e.name}>
              {e.name}
            </ToggleButton>
          ))}
        </ToggleButtonGroup>
        <span className={`${classes.small} ${classes.muted}`}>
          {chosen.cluster} · {chosen.tier ?? t('list.notSet')}
        </span>
      </div>
      {chosen.quota.length === 0 ? (
        <StateBlock
          kind="empty"
          title={t('quota.none', { environment: chosen.name })}
        />
      ) : (
        <Quota environment={chosen} />
      )}
      <WillItFit
        key={`${chosen.cluster}/${chosen.name}`}
        tenant={tenant.name}
        environment={chosen}
      />
    </div>
  );
}

function Quota({ environment }: { readonly environment: Environment }) {
  const t = useText();
  const used = environment.quota.filter(line => line.consumers.length > 0);
  return (
    <>
      <TableCard label={t('quota.usedAndLeft')}>
        <div className={classes.cardHead}>
          <h3>{t('quota.usedAndLeft')}</h3>
        </div>
        <table className={classes.table} aria-label={t('quota.usedAndLeft')}>
          <colgroup>
            <col style={{ width: '22%' }} />
            <col style={{ width: '36%' }} />
          </colgroup>
          <thead>
            <tr>
              <th scope="col">{t('quota.resource')}</th>
              <th scope="col">{t('quota.bar')}</th>
              <th scope="col" className={classes.right}>
                {t('quota.used')}
              </th>
              <th scope="col" className={classes.right}>
                {t('quota.hard')}
              </th>
              <th scope="col" className={classes.right}>
                {t('quota.left')}
              </th>
            </tr>
          </thead>
          <tbody>
            {environment.quota.map(line => (
              <QuotaRow key={line.resource} line={line} />
            ))}
          </tbody>
        </table>
      </TableCard>
      {used.length > 0 && (
        <section className={classes.card} aria-label={t('quota.who')}>
          <div className={classes.cardHead}>
            <h3>{t('quota.who')}</h3>
          </div>
          <div className={`${classes.cardBody} ${classes.choices}`}>
            {used.map(line => (
              <Consumers key={line.resource} line={line} />
            ))}
          </div>
        </section>
      )}
    </>
  );
}

function QuotaRow({ line }: { readonly line: QuotaLine }) {
  const t = useText();
  const { used, hard, unit } = line;
  const left = hard - used;
  return (
    <tr>
      <th scope="row" title={line.resource}>
        {quotaName(t, line.resource)}
      </th>
      <td className={classes.wide}>
        <Meter label={quotaName(t, line.resource)} usage={line} unit={unit} />
      </td>
      <td className={`${classes.right} ${classes.bold}`}>
        {formatAmount(used, unit)}
      </td>
      <td className={classes.right}>{formatAmount(hard, unit)}</td>
      <td className={classes.right}>
        {left >= 0
          ? formatAmount(left, unit)
          : t('quota.over', { amount: formatAmount(-left, unit) })}
      </td>
    </tr>
  );
}

function Consumers({ line }: { readonly line: QuotaLine }) {
  const t = useText();
  return (
    <div>
      <h4 className={`${classes.small} ${classes.bold}`}>
        {quotaName(t, line.resource)}
      </h4>
      <ul className={classes.list} style={{ padding: 0 }}>
        {line.consumers.slice(0, MAX_CONSUMERS).map(consumer => (
          <li
            key={consumer.workload}
            style={{ gridTemplateColumns: 'minmax(0, 1fr) auto' }}
          >
            <span className={classes.ellipsis} title={consumer.workload}>
              {consumer.workload}
            </span>
            <span>{formatAmount(consumer.used, line.unit)}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}

// SPDX-License-Identifier: Apache-2.0
import { useApi } from '@backstage/frontend-plugin-api';
import type { TenantRow } from '@tenantry/backstage-plugin-tenants-common';
import { tenantsApiRef } from '../../api';
import { Meter } from '../../components/Meter';
import { TextLink } from '../../components/TextLink';
import { useAnswer } from '../../live/useAnswer';
import { useLinks } from '../../navigation';
import { TableCard } from '../../components/TableCard';
import { classes } from '../../styles';
import { useText } from '../../useText';
import { capacityByTier, type TierCapacity } from './capacity';

/** How much each tier gives, to how many, and how much of it is asked for. */
export function CapacityCard(props: { readonly rows: readonly TenantRow[] }) {
  const { rows } = props;
  const t = useText();
  const { modules } = useApi(tenantsApiRef);
  // Without the definitions the tiers of the tenants are still known.
  const tiers = useAnswer(signal => modules.listTiers({ signal }), 'tiers');
  const capacity = capacityByTier(rows, tiers.value?.items ?? []);
  return (
    <TableCard label={t('room.title')}>
      <div className={classes.cardHead}>
        <h3>{t('room.title')}</h3>
      </div>
      {capacity.length === 0 ? (
        <p className={`${classes.cardBody} ${classes.muted}`}>
          {t('room.empty')}
        </p>
      ) : (
        <table className={classes.table} aria-label={t('room.title')}>
          <colgroup>
            <col style={{ width: '29%' }} />
            <col style={{ width: '17%' }} />
            <col />
            <col />
          </colgroup>
          <thead>
            <tr>
              <th scope="col">{t('room.tier')}</th>
              <th scope="col" className={classes.right}>
                {t('room.tenants')}
              </th>
              <th scope="col">{t('room.cpuUnit')}</th>
              <th scope="col">{t('room.memoryUnit')}</th>
            </tr>
          </thead>
          <tbody>
            {capacity.map(entry => (
              <TierRow key={entry.name ?? ''} entry={entry} />
            ))}
          </tbody>
        </table>
      )}
    </TableCard>
  );
}

function TierRow({ entry }: { readonly entry: TierCapacity }) {
  const { name, tier, tenants, known, cpu, memory } = entry;
  const t = useText();
  const links = useLinks();
  const words = { known: String(known), all: String(tenants) };
  return (
    <tr>
      <th scope="row">
        {name === undefined ? (
          t('room.noTier')
        ) : (
          <TextLink
            href={`${links.list}?${new URLSearchParams({ tier: name })}`}
          >
            {tier?.displayName ?? name}
          </TextLink>
        )}
        {tier && (
          <div
            className={`${classes.small} ${classes.muted}`}
            title={t('room.each')}
          >
            {t('room.amounts', {
              cpu: tier.quota['requests.cpu'] ?? t('time.notKnown'),
              memory: tier.quota['requests.memory'] ?? t('time.notKnown'),
            })}
          </div>
        )}
      </th>
      <td className={classes.right} title={t('room.known', words)}>
        {tenants}
      </td>
      <td>
        {tenants > 0 && (
          <Meter label={t('room.cpu')} usage={cpu} unit="cores" short />
        )}
      </td>
      <td>
        {tenants > 0 && (
          <Meter label={t('room.memory')} usage={memory} unit="bytes" short />
        )}
      </td>
    </tr>
  );
}

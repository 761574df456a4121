// SPDX-License-Identifier: Apache-2.0
import { Skeleton } from '@backstage/ui';
import { memo } from 'react';
import { ClusterFreshness } from '../../components/Freshness';
import { HealthSince } from '../../components/HealthSince';
import { TextLink } from '../../components/TextLink';
import { useLinks } from '../../navigation';
import { classes } from '../../styles';
import { useText } from '../../useText';
import { environmentsText, rowHealthText } from './rowHealthText';
import styles from './tenants.module.css';
import type { TenantItem } from './tenantItems';

const SKELETONS = 6;
const CARD_HEIGHT = 84;
// There may be a thousand: one that did not change is not drawn again.
const SteadyCard = memo(TenantCard);

/** The tenants where a table has no room: name, state, reason and age. Absent items are being loaded. */
export function TenantCards(props: {
  readonly items: readonly TenantItem[] | undefined;
}) {
  const t = useText();
  if (!props.items) {
    return (
      <div
        className={styles.cards}
        role="status"
        aria-label={t('problem.loading')}
      >
        {Array.from({ length: SKELETONS }, (_, at) => (
          <Skeleton key={at} height={CARD_HEIGHT} />
        ))}
      </div>
    );
  }
  return (
    <ul className={styles.cards} aria-label={t('list.title')}>
      {props.items.map(item => (
        <SteadyCard key={item.id} item={item} />
      ))}
    </ul>
  );
}

function TenantCard({ item }: { readonly item: TenantItem }) {
  const { name, health, old } = item;
  const t = useText();
  const links = useLinks();
  const reason = rowHealthText(t, item);
  return (
    <li className={styles.tenantCard}>
      <span className={`${classes.bold} ${classes.anywhere}`}>
        <TextLink href={links.tenant(name)}>{name}</TextLink>
      </span>
      <span className={styles.cardState}>
        <HealthSince health={health} />
      </span>
      {reason && (
        <span className={`${classes.small} ${styles.cardReason}`}>
          {reason}
        </span>
      )}
      <span className={`${classes.small} ${classes.muted} ${styles.cardPlace}`}>
        {old && (
          <>
            <ClusterFreshness {...old} />{' '}
          </>
        )}
        {environmentsText(item)}
      </span>
    </li>
  );
}

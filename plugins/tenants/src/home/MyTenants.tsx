// SPDX-License-Identifier: Apache-2.0
import { Skeleton } from '@backstage/ui';
import type { TenantRow } from '@tenantry/backstage-plugin-tenants-common';
import { ViewAsBanner } from '../access/ViewAsBanner';
import { Age } from '../components/Age';
import { HealthMark } from '../components/HealthMark';
import { LiveGate } from '../components/LiveGate';
import { TextLink } from '../components/TextLink';
import { useLiveTenants } from '../live/useLive';
import { useLinks } from '../navigation';
import { selectRows } from '../pages/tenants/selectRows';
import { useMine } from '../pages/tenants/useMine';
import { classes } from '../styles';
import { useClock } from '../times/useClock';
import { useText } from '../useText';
import styles from './home.module.css';

/** Tenants on the card. */
export const MAX_TENANTS = 6;

const MINE = {
  health: [],
  mine: true,
  tier: undefined,
  cluster: undefined,
  module: undefined,
  q: '',
  sort: { column: 'health', descending: false },
} as const;

/** The tenants that are the user's, the worst first, each leading to its page. The card around it has the title. */
export function MyTenants() {
  const t = useText();
  const live = useLiveTenants();
  const isMine = useMine();
  return (
    <div className={classes.body}>
      <ViewAsBanner />
      <LiveGate
        live={live}
        errorTitle={t('home.errorTitle')}
        skeleton={<Skeleton height={120} />}
        renderEnd={() => <p>{t('home.forbidden')}</p>}
      >
        {({ tenants }) => (
          <Rows
            rows={selectRows(Object.values(tenants), MINE, isMine).rows}
            at={live.at}
          />
        )}
      </LiveGate>
    </div>
  );
}

function Rows(props: {
  readonly rows: readonly TenantRow[];
  readonly at: string | undefined;
}) {
  const { rows, at } = props;
  const t = useText();
  const clock = useClock();
  const links = useLinks();
  const count = rows.length;
  if (count === 0) {
    return (
      <p className={classes.muted}>
        {t('home.none')} {t('home.noneText')}{' '}
        <TextLink href={links.list}>{t('home.all')}</TextLink>
      </p>
    );
  }
  const time = at ? clock(Date.parse(at)) : t('time.notKnown');
  const isAllHealthy = rows.every(({ health }) => health.code === 'Healthy');
  const more = count - MAX_TENANTS;
  return (
    <>
      {isAllHealthy && (
        <p className={styles.summary}>{t('home.healthy', { count, time })}</p>
      )}
      <ul className={styles.rows}>
        {rows.slice(0, MAX_TENANTS).map(row => (
          <TenantLine key={row.name} row={row} />
        ))}
      </ul>
      {more > 0 && (
        <TextLink href={`${links.list}?mine=1`}>
          {t('home.more', { count: more })}
        </TextLink>
      )}
    </>
  );
}

function TenantLine({ row }: { readonly row: TenantRow }) {
  const { name, health } = row;
  const links = useLinks();
  const isQuiet = health.code === 'Healthy';
  const reason = isQuiet ? '' : health.message || health.reason;
  return (
    <li>
      <HealthMark code={health.code} />
      <span className={classes.ellipsis} title={reason}>
        <TextLink href={links.tenant(name)}>{name}</TextLink>{' '}
        <span className={`${classes.small} ${classes.muted}`}>{reason}</span>
      </span>
      <span className={`${classes.small} ${classes.muted} ${classes.noWrap}`}>
        {health.since && !isQuiet && (
          <Age since={health.since} format="duration" />
        )}
      </span>
    </li>
  );
}

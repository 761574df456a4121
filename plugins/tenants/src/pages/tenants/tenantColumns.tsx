// SPDX-License-Identifier: Apache-2.0
import type { ColumnConfig } from '@backstage/ui';
import { Age } from '../../components/Age';
import { HealthMark } from '../../components/HealthMark';
import { HealthSince } from '../../components/HealthSince';
import { Meter } from '../../components/Meter';
import { OwnerLink } from '../../components/OwnerLink';
import { TextLink } from '../../components/TextLink';
import { useLinks } from '../../navigation';
import { classes } from '../../styles';
import { useTimeFormat } from '../../times/useTimeFormat';
import { useText, type Translate } from '../../useText';
import { EnvironmentsLine } from './EnvironmentsLine';
import { LastOperation } from './LastOperation';
import { liveColumn, type RowKey } from './liveRows';
import { rowHealthText } from './rowHealthText';
import type { TenantItem } from './tenantItems';
import styles from './tenants.module.css';

/** How much room there is: columns go by rank, and where there is least stand cards. */
export type Room = 'wide' | 'medium' | 'narrow' | 'phone';

const secondLine = `${classes.small} ${classes.muted} ${classes.ellipsis} ${classes.cell}`;

function Name({ row }: { readonly row: TenantItem }) {
  const links = useLinks();
  return (
    <>
      <span className={`${classes.bold} ${styles.cellLink}`} title={row.name}>
        <TextLink href={links.tenant(row.name)}>{row.name}</TextLink>
      </span>
      <EnvironmentsLine row={row} />
    </>
  );
}

function HealthState({ row }: { readonly row: TenantItem }) {
  const t = useText();
  const [times] = useTimeFormat();
  const detail = rowHealthText(t, row);
  const { code, since } = row.health;
  // A moment has no room beside the state.
  const moment = times !== 'relative' && code !== 'Healthy' && since;
  return (
    <>
      <span className={classes.row}>
        {moment ? (
          <HealthMark code={code} />
        ) : (
          <HealthSince health={row.health} />
        )}
      </span>
      {(detail || moment) && (
        <span className={secondLine} title={detail}>
          {moment && <Age since={moment} format="duration" />}
          {moment && detail && ' · '}
          {detail}
        </span>
      )}
    </>
  );
}

function Owner({ row }: { readonly row: TenantItem }) {
  return (
    <span
      className={`${classes.ellipsis} ${styles.cellLink}`}
      title={row.owner}
    >
      <OwnerLink owner={row.owner} />
    </span>
  );
}

function Tier({ row }: { readonly row: TenantItem }) {
  const t = useText();
  return <>{row.tier ?? t('list.notSet')}</>;
}

function Modules({ row }: { readonly row: TenantItem }) {
  return <span title={row.modules.join(', ')}>{row.modules.length}</span>;
}

function Cpu({ row }: { readonly row: TenantItem }) {
  const t = useText();
  const label = t('list.columnCpu');
  return <Meter label={label} usage={row.cpu} unit="cores" short />;
}

function Memory({ row }: { readonly row: TenantItem }) {
  const t = useText();
  const label = t('list.columnMemory');
  return <Meter label={label} usage={row.memory} unit="bytes" short />;
}

function Pods({ row }: { readonly row: TenantItem }) {
  return (
    <>
      {row.pods.ready} / {row.pods.total}
    </>
  );
}

/** The columns of the tenants list. */
export function tenantColumns(
  t: Translate,
  room: Room,
  withLast: boolean,
): ColumnConfig<RowKey>[] {
  return [
    liveColumn(
      {
        id: 'name',
        label: t('list.columnTenant'),
        isRowHeader: true,
        isSortable: true,
        width: '17.5fr',
      },
      Name,
    ),
    liveColumn(
      {
        id: 'health',
        label: t('list.columnHealth'),
        isSortable: true,
        width: '18.5fr',
      },
      HealthState,
    ),
    liveColumn(
      {
        id: 'owner',
        label: t('list.columnOwner'),
        isSortable: true,
        isHidden: room === 'narrow',
        width: '14.5fr',
      },
      Owner,
    ),
    liveColumn(
      {
        id: 'tier',
        label: t('list.columnTier'),
        isSortable: true,
        isHidden: room !== 'wide',
        width: '8.8fr',
      },
      Tier,
    ),
    liveColumn(
      {
        id: 'modules',
        label: t('list.columnModules'),
        isHidden: room !== 'wide',
        width: '8.2fr',
      },
      Modules,
    ),
    ...usageColumns(t, room, withLast),
  ];
}

/** What a tenant uses, and what was done to it last. */
function usageColumns(
  t: Translate,
  room: Room,
  withLast: boolean,
): ColumnConfig<RowKey>[] {
  const isHidden = room === 'narrow';
  return [
    liveColumn(
      {
        id: 'cpu',
        label: t('list.columnCpu'),
        isSortable: true,
        isHidden,
        width: '12fr',
      },
      Cpu,
    ),
    liveColumn(
      {
        id: 'memory',
        label: t('list.columnMemory'),
        isSortable: true,
        isHidden: room !== 'wide',
        width: '13.5fr',
      },
      Memory,
    ),
    liveColumn(
      {
        id: 'pods',
        label: t('list.columnPods'),
        // What was done last says more, where the user may know it.
        isHidden: isHidden || withLast,
        width: '10fr',
      },
      Pods,
    ),
    liveColumn(
      {
        id: 'last',
        label: t('last.column'),
        isHidden: isHidden || !withLast,
        width: '13fr',
      },
      LastOperation,
    ),
  ];
}

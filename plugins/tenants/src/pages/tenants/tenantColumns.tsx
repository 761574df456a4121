// SPDX-License-Identifier: Apache-2.0
import { Cell, type ColumnConfig } from '@backstage/ui';
import type { TenantRow } from '@tenantry/backstage-plugin-tenants-common';
import { HealthSince } from '../../components/HealthSince';
import { Meter } from '../../components/Meter';
import { OwnerLink } from '../../components/OwnerLink';
import { classes } from '../../styles';
import type { Translate } from '../../useText';
import { EnvironmentsLine } from './EnvironmentsLine';
import { LastOperationCell } from './LastOperationCell';
import { rowHealthText } from './rowHealthText';
import type { TenantItem } from './tenantItems';

/** How much room there is: columns go by rank, and where there is least stand cards. */
export type Room = 'wide' | 'medium' | 'narrow' | 'phone';

const secondLine = `${classes.small} ${classes.muted} ${classes.ellipsis} ${classes.cell}`;

function NameCell({ row }: { readonly row: TenantItem }) {
  return (
    <Cell>
      <span
        className={`${classes.link} ${classes.bold} ${classes.ellipsis} ${classes.cell}`}
        title={row.name}
      >
        {row.name}
      </span>
      <EnvironmentsLine row={row} />
    </Cell>
  );
}

function HealthCell(props: { readonly row: TenantRow; readonly t: Translate }) {
  const { health } = props.row;
  const detail = rowHealthText(props.t, props.row);
  return (
    <Cell>
      <span className={classes.row}>
        <HealthSince health={health} />
      </span>
      {detail && (
        <span className={secondLine} title={detail}>
          {detail}
        </span>
      )}
    </Cell>
  );
}

/** The columns of the tenants list. */
export function tenantColumns(
  t: Translate,
  room: Room,
  withLast: boolean,
): ColumnConfig<TenantItem>[] {
  return [
    {
      id: 'name',
      label: t('list.columnTenant'),
      isRowHeader: true,
      isSortable: true,
      width: '18fr',
      cell: row => <NameCell row={row} />,
    },
    {
      id: 'health',
      label: t('list.columnHealth'),
      isSortable: true,
      width: '21fr',
      cell: row => <HealthCell row={row} t={t} />,
    },
    {
      id: 'owner',
      label: t('list.columnOwner'),
      isSortable: true,
      isHidden: room === 'narrow',
      width: '13.6fr',
      cell: row => (
        <Cell>
          <OwnerLink owner={row.owner} />
        </Cell>
      ),
    },
    {
      id: 'tier',
      label: t('list.columnTier'),
      isSortable: true,
      isHidden: room !== 'wide',
      width: '9fr',
      cell: row => <Cell>{row.tier ?? t('list.notSet')}</Cell>,
    },
    {
      id: 'modules',
      label: t('list.columnModules'),
      isHidden: room !== 'wide',
      width: '8.5fr',
      cell: row => (
        <Cell>
          <span title={row.modules.join(', ')}>{row.modules.length}</span>
        </Cell>
      ),
    },
    ...usageColumns(t, room, withLast),
  ];
}

/** What a tenant uses, and what was done to it last. */
function usageColumns(
  t: Translate,
  room: Room,
  withLast: boolean,
): ColumnConfig<TenantItem>[] {
  return [
    {
      id: 'cpu',
      label: t('list.columnCpu'),
      isSortable: true,
      isHidden: room === 'narrow',
      width: '12fr',
      cell: row => (
        <Cell>
          <Meter
            label={t('list.columnCpu')}
            usage={row.cpu}
            unit="cores"
            short
          />
        </Cell>
      ),
    },
    {
      id: 'memory',
      label: t('list.columnMemory'),
      isSortable: true,
      isHidden: room === 'narrow',
      width: '12fr',
      cell: row => (
        <Cell>
          <Meter
            label={t('list.columnMemory')}
            usage={row.memory}
            unit="bytes"
            short
          />
        </Cell>
      ),
    },
    {
      id: 'pods',
      label: t('list.columnPods'),
      // What was done last says more, where the user may know it.
      isHidden: room === 'narrow' || withLast,
      width: '10fr',
      cell: row => (
        <Cell>
          {row.pods.ready} / {row.pods.total}
        </Cell>
      ),
    },
    {
      id: 'last',
      label: t('last.column'),
      isHidden: room === 'narrow' || !withLast,
      width: '13fr',
      cell: row => <LastOperationCell row={row} />,
    },
  ];
}

// SPDX-License-Identifier: Apache-2.0
import {
  platformReadPermission,
  tenantReadPermission,
  type PartialData,
  type TenantRow,
  type TenantsValue,
} from '@tenantry/backstage-plugin-tenants-common';
import { usePermission } from '@backstage/plugin-permission-react';
import { useCallback, useMemo } from 'react';
import { Freshness } from '../../components/Freshness';
import { ForbiddenBlock, LiveGate } from '../../components/LiveGate';
import { PartialNotice } from '../../components/PartialNotice';
import { StaleNotice } from '../../components/StaleNotice';
import { useLiveTenants } from '../../live/useLive';
import { useNewestOperations } from '../../operations/useNewestOperations';
import { classes } from '../../styles';
import { useText } from '../../useText';
import { TopPage } from '../PageFrame';
import { CreateTenant } from './CreateTenant';
import { NoTenants } from './NoTenants';
import { NothingFound } from './NothingFound';
import { filterOptions, selectRows } from './selectRows';
import { TenantFilterBar } from './TenantFilterBar';
import { formatSort, parseFilters, type TenantFilters } from './tenantFilters';
import { TenantTable } from './TenantTable';
import { useMine } from './useMine';
import { useSavedMine } from './useSavedMine';

/** Which of my tenants need me, and why. */
export function TenantsPage() {
  return (
    // What follows the tenants stands inside: the frame around it is not drawn again with each change.
    <TopPage fill>
      <LiveTenants />
    </TopPage>
  );
}

function LiveTenants() {
  const t = useText();
  const live = useLiveTenants();
  return (
    <>
      <div className={classes.titleRow}>
        <h2 className={`${classes.title} ${classes.grow}`}>
          {t('list.title')}
        </h2>
        <Freshness connection={live.connection} at={live.at} />
        <CreateTenant />
      </div>
      <StaleNotice connection={live.connection} />
      <LiveGate
        live={live}
        errorTitle={t('list.errorTitle')}
        skeleton={<TenantsBody value={undefined} />}
        renderEnd={end => (
          <ForbiddenBlock
            title={t('list.forbiddenTitle')}
            permission={tenantReadPermission.name}
            message={end.message}
          />
        )}
      >
        {value => <TenantsBody value={value} />}
      </LiveGate>
    </>
  );
}

/** The value as it was while it says the same: lists to choose from are built anew when they are another object. */
function useSame<T>(value: T): T {
  const text = JSON.stringify(value);
  // eslint-disable-next-line react-hooks/exhaustive-deps -- the text is all there is in it
  return useMemo(() => value, [text]);
}

const NO_ROWS: readonly TenantRow[] = [];
const NOTHING_PARTIAL: readonly PartialData[] = [];

function TenantsBody({ value }: { readonly value: TenantsValue | undefined }) {
  const [search, change] = useSavedMine();
  const { allowed } = usePermission({ permission: platformReadPermission });
  const operations = useNewestOperations({ isAllowed: allowed });
  const filters = useMemo(() => parseFilters(search), [search]);
  const isMine = useMine();
  const all = useMemo(
    () => (value ? Object.values(value.tenants) : NO_ROWS),
    [value],
  );
  const selected = useMemo(
    () => selectRows(all, filters, isMine),
    [all, filters, isMine],
  );
  const options = useSame(filterOptions(all));
  const onSort = useCallback(
    (sort: TenantFilters['sort']) => change({ sort: formatSort(sort) }),
    [change],
  );
  const mine = useMemo(() => all.filter(isMine).length, [all, isMine]);
  const affected = (part: PartialData) =>
    all.filter(row => row.environments.some(e => e.cluster === part.cluster))
      .length;
  if (value && all.length === 0) {
    return (
      <>
        <PartialNotice partial={value.partial} />
        <NoTenants />
      </>
    );
  }
  return (
    <>
      <PartialNotice partial={value?.partial ?? []} affected={affected} />
      <TenantFilterBar
        filters={filters}
        options={options}
        counts={value && selected.counts}
        total={selected.total}
        mine={mine}
        shown={selected.rows}
        onChange={change}
      />
      {value && selected.rows.length === 0 ? (
        <NothingFound filters={filters} all={all.length} onChange={change} />
      ) : (
        <TenantTable
          rows={value && selected.rows}
          filters={filters}
          onSort={onSort}
          operations={operations}
          partial={value?.partial ?? NOTHING_PARTIAL}
        />
      )}
    </>
  );
}

// SPDX-License-Identifier: Apache-2.0
import { SearchField } from '@backstage/ui';
import {
  compareHealthByUrgency,
  type Environment,
  type Tenant,
  type TenantModule,
  type Workload,
} from '@tenantry/backstage-plugin-tenants-common';
import { useMemo, useState } from 'react';
import { ChoiceField } from '../../components/ChoiceField';
import { StateBlock } from '../../components/StateBlock';
import { useQuery } from '../../navigation';
import { TableCard } from '../../components/TableCard';
import { classes } from '../../styles';
import { useText } from '../../useText';
import { UsageNotice } from './usage/UsageNotice';
import { useUsage, type Usage } from './usage/useUsage';
import { WorkloadRows } from './WorkloadRows';

/** A workload with where it belongs. */
export type PlacedWorkload = {
  readonly key: string;
  readonly environment: Environment;
  readonly module: TenantModule;
  readonly workload: Workload;
};

function placeAll(tenant: Tenant): PlacedWorkload[] {
  const placed = tenant.environments.flatMap(environment =>
    environment.modules.flatMap(module =>
      module.workloads.map(workload => ({
        key: `${environment.cluster}/${workload.uid}`,
        environment,
        module,
        workload,
      })),
    ),
  );
  return placed.sort((a, b) =>
    compareHealthByUrgency(a.workload.health.code, b.workload.health.code),
  );
}

function matches(placed: PlacedWorkload, q: string): boolean {
  const { workload, module } = placed;
  const text = `${workload.name} ${workload.kind} ${module.name} ${workload.health.reason}`;
  return text.toLowerCase().includes(q.toLowerCase());
}

/** Everything that runs, with replicas, images and restarts; pods and containers on demand. */
export function WorkloadsTab({ tenant }: { readonly tenant: Tenant }) {
  const t = useText();
  const [search, change] = useQuery();
  const env = search.get('env') ?? undefined;
  const q = search.get('q') ?? '';
  const all = useMemo(() => placeAll(tenant), [tenant]);
  const usage = useUsage(tenant.name);
  const shown = all.filter(
    placed =>
      (env === undefined || placed.environment.name === env) &&
      matches(placed, q),
  );
  if (all.length === 0) {
    return <StateBlock kind="empty" title={t('workloads.empty')} />;
  }
  return (
    <div className={classes.body}>
      <div className={classes.filters}>
        <div className={classes.searchBox}>
          <SearchField
            size="small"
            aria-label={t('workloads.search')}
            placeholder={t('workloads.search')}
            value={q}
            onChange={value => change({ q: value }, { replace: true })}
          />
        </div>
        <ChoiceField
          label={t('workloads.environment')}
          anyLabel={t('list.any')}
          value={env}
          options={[...new Set(tenant.environments.map(e => e.name))]}
          onChange={value => change({ env: value })}
        />
      </div>
      {shown.length === 0 ? (
        <StateBlock kind="empty" title={t('workloads.noMatch')} />
      ) : (
        <WorkloadTable tenant={tenant.name} workloads={shown} usage={usage} />
      )}
      <UsageNotice usage={usage} />
    </div>
  );
}

function WorkloadTable(props: {
  readonly tenant: string;
  readonly usage: Usage;
  readonly workloads: readonly PlacedWorkload[];
}) {
  const { tenant, workloads, usage } = props;
  const t = useText();
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set());
  const toggle = (key: string) =>
    setOpen(previous => {
      const next = new Set(previous);
      if (!next.delete(key)) next.add(key);
      return next;
    });
  return (
    <TableCard label={t('workloads.table')}>
      <table
        className={classes.table}
        aria-label={t('workloads.table')}
        style={{ minWidth: 1080 }}
      >
        <colgroup>
          <col style={{ width: '20%' }} />
          <col style={{ width: '13%' }} />
          <col style={{ width: '9%' }} />
          <col style={{ width: '10%' }} />
          <col style={{ width: '6%' }} />
          <col style={{ width: '10%' }} />
          <col style={{ width: '10%' }} />
          <col />
          <col style={{ width: '6.5%' }} />
          <col style={{ width: 56 }} />
        </colgroup>
        <thead>
          <tr>
            <th scope="col">{t('workloads.workload')}</th>
            <th scope="col">{t('workloads.health')}</th>
            <th scope="col">{t('workloads.module')}</th>
            <th scope="col">{t('workloads.environment')}</th>
            <th scope="col" className={classes.right}>
              {t('workloads.ready')}
            </th>
            <th scope="col">{t('usage.cpu')}</th>
            <th scope="col">{t('usage.memory')}</th>
            <th scope="col">{t('workloads.images')}</th>
            <th scope="col" className={classes.right}>
              {t('workloads.restarts')}
            </th>
            <th scope="col" aria-label={t('actions.menu')} />
          </tr>
        </thead>
        {workloads.map(placed => (
          <WorkloadRows
            key={placed.key}
            tenant={tenant}
            placed={placed}
            usage={usage}
            open={open.has(placed.key)}
            onToggle={() => toggle(placed.key)}
          />
        ))}
      </table>
    </TableCard>
  );
}

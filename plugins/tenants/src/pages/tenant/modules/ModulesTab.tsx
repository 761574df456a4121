// SPDX-License-Identifier: Apache-2.0
import { useApi } from '@backstage/frontend-plugin-api';
import {
  compareHealthByUrgency,
  type Environment,
  type Tenant,
  type TenantModule,
} from '@tenantry/backstage-plugin-tenants-common';
import { useMemo } from 'react';
import { tenantsApiRef } from '../../../api';
import { ChoiceField } from '../../../components/ChoiceField';
import { HealthMark } from '../../../components/HealthMark';
import { StateBlock } from '../../../components/StateBlock';
import { TextLink } from '../../../components/TextLink';
import { useAnswer } from '../../../live/useAnswer';
import { useLinks, useQuery } from '../../../navigation';
import { ActionMenu } from '../../../operations/ActionMenu';
import { TableCard } from '../../../components/TableCard';
import { classes } from '../../../styles';
import { useText } from '../../../useText';

type Placed = {
  readonly environment: Environment;
  readonly module: TenantModule;
};

/** Workloads that name no module are gathered under this name. */
const NO_MODULE = 'other';

/** One row per module and environment: release, whether a newer one is there, health, and what can be done. */
export function ModulesTab({ tenant }: { readonly tenant: Tenant }) {
  const t = useText();
  const api = useApi(tenantsApiRef);
  const [search, change] = useQuery();
  const env = search.get('env') ?? undefined;
  // Without the catalogue only the hint at a newer release is missing.
  const catalogue = useAnswer(
    signal => api.modules.list({ signal }),
    tenant.name,
  );
  const newest = useMemo(
    () =>
      new Map(
        catalogue.value?.items.map(m => [m.name, m.defaultRelease] as const),
      ),
    [catalogue.value],
  );
  const rows = tenant.environments
    .filter(environment => env === undefined || environment.name === env)
    .flatMap(environment =>
      environment.modules.map(module => ({ environment, module })),
    )
    .sort((a, b) =>
      compareHealthByUrgency(a.module.health.code, b.module.health.code),
    );
  return (
    <div className={classes.body}>
      <div className={classes.filters}>
        <ChoiceField
          label={t('workloads.environment')}
          anyLabel={t('list.any')}
          value={env}
          options={[...new Set(tenant.environments.map(e => e.name))]}
          onChange={value => change({ env: value })}
        />
      </div>
      {rows.length === 0 ? (
        <StateBlock kind="empty" title={t('tree.empty')} />
      ) : (
        <TableCard label={t('modules.title')}>
          <table className={classes.table} aria-label={t('modules.title')}>
            <thead>
              <tr>
                <th scope="col">{t('module.module')}</th>
                <th scope="col">{t('tree.health')}</th>
                <th scope="col">{t('workloads.environment')}</th>
                <th scope="col">{t('module.release')}</th>
                <th scope="col" aria-label={t('actions.menu')} />
              </tr>
            </thead>
            <tbody>
              {rows.map(row => (
                <ModuleRow
                  key={`${row.environment.cluster}/${row.environment.name}/${row.module.name}`}
                  row={row}
                  newest={newest.get(row.module.name)}
                />
              ))}
            </tbody>
          </table>
        </TableCard>
      )}
    </div>
  );
}

function ModuleRow(props: {
  readonly row: Placed;
  readonly newest: string | undefined;
}) {
  const { row, newest } = props;
  const { environment, module } = row;
  const t = useText();
  const links = useLinks();
  const { name, release, health } = module;
  const isBehind =
    newest !== undefined && release !== undefined && newest !== release;
  return (
    <tr>
      <th scope="row" className={classes.ellipsis}>
        {newest === undefined ? (
          name
        ) : (
          <TextLink href={links.module(name)}>{name}</TextLink>
        )}
      </th>
      <td title={health.message}>
        <HealthMark code={health.code} />{' '}
        <span className={`${classes.small} ${classes.muted}`}>
          {health.code === 'Healthy' ? '' : health.reason}
        </span>
      </td>
      <td className={classes.ellipsis}>
        {environment.name}{' '}
        <span className={`${classes.small} ${classes.muted}`}>
          {environment.cluster}
        </span>
      </td>
      <td>
        {release ?? t('time.notKnown')}{' '}
        {isBehind && (
          <span className={`${classes.small} ${classes.muted}`}>
            {t('modules.newer', { version: newest })}
          </span>
        )}
      </td>
      <td className={classes.right}>
        {name !== NO_MODULE && <ModuleMenu row={row} />}
      </td>
    </tr>
  );
}

function ModuleMenu({ row }: { readonly row: Placed }) {
  const t = useText();
  const { name: module } = row.module;
  const { name: environment } = row.environment;
  return (
    <ActionMenu
      inRow
      name={module}
      groups={[
        {
          items: [
            {
              id: 'change',
              label: t('actions.upgrade'),
              action: { type: 'change-module', environment, module },
            },
            {
              id: 'remove',
              label: t('actions.removeModule'),
              action: { type: 'remove-module', environment, module },
              isDanger: true,
            },
          ],
        },
      ]}
    />
  );
}

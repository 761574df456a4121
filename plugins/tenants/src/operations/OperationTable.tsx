// SPDX-License-Identifier: Apache-2.0
import type { Operation } from '@tenantry/backstage-plugin-tenants-common';
import { Age } from '../components/Age';
import { EntityRefLink } from '../components/EntityRefLink';
import { TextLink } from '../components/TextLink';
import { formatDuration } from '../formatting/duration';
import { useLinks, useQuery } from '../navigation';
import { classes } from '../styles';
import { useText } from '../useText';
import { OperationMark } from './OperationMark';

/** Props of {@link OperationTable}. */
export type OperationTableProps = {
  readonly operations: readonly Operation[];
  /** Address of the page the rows stand on. */
  readonly path: string;
  readonly withTenant: boolean;
};

/** One row per operation; its title opens the drawer. */
export function OperationTable(props: OperationTableProps) {
  const { operations, path, withTenant } = props;
  const t = useText();
  return (
    <table className={classes.table} aria-label={t('operations.table')}>
      <colgroup>
        <col style={{ width: '32%' }} />
        <col style={{ width: '15%' }} />
      </colgroup>
      <thead>
        <tr>
          <th scope="col">{t('operations.operation')}</th>
          <th scope="col">{t('operations.state')}</th>
          {withTenant && <th scope="col">{t('operations.tenant')}</th>}
          <th scope="col">{t('operations.environment')}</th>
          <th scope="col">{t('operations.by')}</th>
          <th scope="col">{t('operations.started')}</th>
          <th scope="col" className={classes.right}>
            {t('operations.took')}
          </th>
        </tr>
      </thead>
      <tbody>
        {operations.map(operation => (
          <OperationRow
            key={operation.id}
            operation={operation}
            path={path}
            withTenant={withTenant}
          />
        ))}
      </tbody>
    </table>
  );
}

function OperationRow(
  props: Omit<OperationTableProps, 'operations'> & {
    readonly operation: Operation;
  },
) {
  const { operation, path, withTenant } = props;
  const { id, title, state, tenant, startedAt, endedAt } = operation;
  const t = useText();
  const links = useLinks();
  const [search] = useQuery();
  const query = new URLSearchParams(search);
  query.set('op', id);
  const took =
    startedAt !== undefined && endedAt !== undefined
      ? Date.parse(endedAt) - Date.parse(startedAt)
      : undefined;
  return (
    <tr>
      <th scope="row">
        <TextLink href={`${path}?${query}`}>{title}</TextLink>
        {operation.error && state !== 'succeeded' && (
          <div
            className={`${classes.small} ${classes.muted} ${classes.ellipsis}`}
            title={operation.error.message}
          >
            {operation.error.reason}
          </div>
        )}
      </th>
      <td>
        <OperationMark state={state} />
      </td>
      {withTenant && (
        <td className={classes.ellipsis}>
          <TextLink href={links.tenant(tenant, 'operations')}>
            {tenant}
          </TextLink>
        </td>
      )}
      <td className={classes.ellipsis}>{operation.environments.join(', ')}</td>
      <td className={classes.ellipsis}>
        <EntityRefLink entityRef={operation.requestedBy} />
      </td>
      <td>
        <Age since={operation.createdAt} />
      </td>
      <td className={classes.right}>
        {took === undefined ? '' : formatDuration(t, took)}
      </td>
    </tr>
  );
}

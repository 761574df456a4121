// SPDX-License-Identifier: Apache-2.0
import { useApi } from '@backstage/frontend-plugin-api';
import { Button } from '@backstage/ui';
import {
  tenantReadPermission,
  type Member,
  type MemberPage,
  type Tenant,
} from '@tenantry/backstage-plugin-tenants-common';
import { tenantsApiRef } from '../../../api';
import { ChoiceField } from '../../../components/ChoiceField';
import { RowsFooter } from '../../../components/RowsFooter';
import { RowsGate } from '../../../components/RowsGate';
import { StateBlock } from '../../../components/StateBlock';
import { formatNumber } from '../../../formatting/quantity';
import { usePages } from '../../../live/usePages';
import { useQuery } from '../../../navigation';
import { TableCard } from '../../../components/TableCard';
import { classes } from '../../../styles';
import { useText } from '../../../useText';
import { MEMBER_KINDS, parseMemberFilters } from './memberFilters';
import { memberKindName } from './memberKindName';
import { MemberTable } from './MemberTable';

/** Who holds which role in a tenant, and by which binding. */
export function MembersTab({ tenant }: { readonly tenant: Tenant }) {
  const t = useText();
  const api = useApi(tenantsApiRef);
  const [search] = useQuery();
  const filters = parseMemberFilters(search);
  const pages = usePages<Member, MemberPage>(
    (cursor, signal) =>
      api.listMembers(tenant.name, { ...filters, cursor }, { signal }),
    JSON.stringify([tenant.name, filters]),
  );
  return (
    <div className={classes.body}>
      <MemberFilterBar
        tenant={tenant}
        shown={pages.items.length}
        total={pages.last?.totalItems}
      />
      <RowsGate
        pages={pages}
        name={t('problem.loading')}
        errorTitle={t('members.errorTitle')}
        permission={tenantReadPermission.name}
        empty={<NoMembers />}
      >
        <TableCard label={t('members.table')}>
          <MemberTable
            members={pages.items}
            isWhole={
              pages.last !== undefined &&
              !pages.hasMore &&
              !pages.isFull &&
              Object.values(filters).every(value => value === undefined)
            }
          />
          <RowsFooter pages={pages} />
        </TableCard>
      </RowsGate>
    </div>
  );
}

function MemberFilterBar(props: {
  readonly tenant: Tenant;
  readonly shown: number;
  readonly total: number | undefined;
}) {
  const { tenant, shown, total } = props;
  const t = useText();
  const [search, change] = useQuery();
  const { kind, environment } = parseMemberFilters(search);
  return (
    <div className={classes.filters}>
      <ChoiceField
        label={t('members.kind')}
        anyLabel={t('list.any')}
        value={kind}
        options={MEMBER_KINDS}
        nameOf={option =>
          memberKindName(t, MEMBER_KINDS.find(k => k === option) ?? 'User')
        }
        onChange={value => change({ kind: value?.toLowerCase() })}
      />
      <ChoiceField
        label={t('members.environment')}
        anyLabel={t('list.any')}
        value={environment}
        options={[...new Set(tenant.environments.map(e => e.name))]}
        onChange={env => change({ env })}
      />
      <span className={classes.grow} />
      {total !== undefined && total > 0 && (
        <span className={`${classes.small} ${classes.muted}`} role="status">
          {t('members.shown', {
            shown: formatNumber(shown),
            total: formatNumber(total),
          })}
        </span>
      )}
    </div>
  );
}

function NoMembers() {
  const t = useText();
  const [search, change] = useQuery();
  const { kind, environment } = parseMemberFilters(search);
  if (kind === undefined && environment === undefined) {
    return (
      <StateBlock
        kind="empty"
        title={t('members.empty')}
        text={t('members.emptyText')}
      />
    );
  }
  return (
    <StateBlock
      kind="empty"
      title={t('members.noMatch')}
      actions={
        <Button
          variant="secondary"
          onPress={() => change({ kind: undefined, env: undefined })}
        >
          {t('pages.clear')}
        </Button>
      }
    />
  );
}

// SPDX-License-Identifier: Apache-2.0
import { useApi } from '@backstage/frontend-plugin-api';
import { Button } from '@backstage/ui';
import {
  auditReadPermission,
  type AuditEvent,
  type AuditPage,
  type Tenant,
} from '@tenantry/backstage-plugin-tenants-common';
import { tenantsApiRef } from '../../../api';
import { RowsFooter } from '../../../components/RowsFooter';
import { RowsGate } from '../../../components/RowsGate';
import { StateBlock } from '../../../components/StateBlock';
import { usePages } from '../../../live/usePages';
import { useQuery } from '../../../navigation';
import { TableCard } from '../../../components/TableCard';
import { classes } from '../../../styles';
import { useText } from '../../../useText';
import { AuditFilterBar } from './AuditFilterBar';
import { hasAuditFilters, parseAuditFilters } from './auditFilters';
import { AuditTable } from './AuditTable';
import { ChainLine } from './ChainLine';

/** Who did and saw what in a tenant, and whether the record can be trusted. */
export function AuditTab({ tenant }: { readonly tenant: Tenant }) {
  const t = useText();
  const api = useApi(tenantsApiRef);
  const [search] = useQuery();
  const filters = parseAuditFilters(search);
  const pages = usePages<AuditEvent, AuditPage>(
    (cursor, signal) =>
      api.listAuditEvents(tenant.name, { ...filters, cursor }, { signal }),
    JSON.stringify([tenant.name, filters]),
  );
  const seen = [...new Set(pages.items.map(({ action }) => action))];
  return (
    <div className={classes.body}>
      <AuditFilterBar seenActions={seen} />
      {pages.last && <ChainLine chain={pages.last.chain} />}
      <RowsGate
        pages={pages}
        name={t('problem.loading')}
        errorTitle={t('audit.errorTitle')}
        permission={auditReadPermission.name}
        empty={<NoEvents isFiltered={hasAuditFilters(filters)} />}
      >
        <TableCard label={t('audit.table')}>
          <AuditTable events={pages.items} />
          <RowsFooter pages={pages} />
        </TableCard>
      </RowsGate>
    </div>
  );
}

function NoEvents({ isFiltered }: { readonly isFiltered: boolean }) {
  const t = useText();
  const [, change] = useQuery();
  if (!isFiltered) return <StateBlock kind="empty" title={t('audit.empty')} />;
  const none = {
    actor: undefined,
    action: undefined,
    outcome: undefined,
    from: undefined,
    to: undefined,
  };
  return (
    <StateBlock
      kind="empty"
      title={t('audit.noMatch')}
      actions={
        <Button variant="secondary" onPress={() => change(none)}>
          {t('pages.clear')}
        </Button>
      }
    />
  );
}

// SPDX-License-Identifier: Apache-2.0
import { useApi } from '@backstage/frontend-plugin-api';
import { platformReadPermission } from '@tenantry/backstage-plugin-tenants-common';
import { tenantsApiRef } from '../../api';
import { useLinks } from '../../navigation';
import { OperationRows } from '../../operations/OperationRows';
import { classes } from '../../styles';
import { useText } from '../../useText';
import { TopPage } from '../PageFrame';

/** What was and is done to all tenants, for the platform team. */
export function OperationsPage() {
  const t = useText();
  const api = useApi(tenantsApiRef);
  const links = useLinks();
  return (
    <TopPage fill>
      <div className={classes.titleRow}>
        <h2 className={classes.title}>{t('operations.title')}</h2>
      </div>
      <OperationRows
        tenant={undefined}
        path={links.operations}
        permission={platformReadPermission.name}
        ask={(query, signal) => api.operations.list(query, { signal })}
      />
    </TopPage>
  );
}

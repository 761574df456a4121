// SPDX-License-Identifier: Apache-2.0
import { useApi } from '@backstage/frontend-plugin-api';
import { tenantReadPermission } from '@tenantry/backstage-plugin-tenants-common';
import { tenantsApiRef } from '../../../api';
import { useLinks } from '../../../navigation';
import { OperationRows } from '../../../operations/OperationRows';

/** What was and is done to one tenant. */
export function OperationsTab({ tenant }: { readonly tenant: string }) {
  const api = useApi(tenantsApiRef);
  const links = useLinks();
  return (
    <OperationRows
      tenant={tenant}
      path={links.tenant(tenant, 'operations')}
      permission={tenantReadPermission.name}
      ask={(query, signal) =>
        api.operations.listOfTenant(tenant, query, { signal })
      }
    />
  );
}

// SPDX-License-Identifier: Apache-2.0
import type { Backend } from '@backstage/backend-app-api';

/** Adds every plugin of the portal that does not depend on how people sign in. */
export function addPortalFeatures(backend: Backend): void {
  backend.add(import('@backstage/plugin-app-backend'));
  backend.add(import('@backstage/plugin-auth-backend'));
  backend.add(import('@backstage/plugin-permission-backend'));
  backend.add(import('@backstage/plugin-user-settings-backend'));
  backend.add(import('@backstage/plugin-signals-backend'));
  backend.add(import('@backstage/plugin-notifications-backend'));
  backend.add(import('@backstage/plugin-mcp-actions-backend'));

  backend.add(import('@backstage/plugin-catalog-backend'));
  backend.add(import('@backstage/plugin-catalog-backend-module-logs'));
  backend.add(
    import('@backstage/plugin-catalog-backend-module-scaffolder-entity-model'),
  );

  backend.add(import('@backstage/plugin-scaffolder-backend'));
  backend.add(
    import('@backstage/plugin-scaffolder-backend-module-notifications'),
  );
  backend.add(
    import('@tenantry/backstage-plugin-scaffolder-backend-module-tenants'),
  );

  backend.add(import('@backstage/plugin-search-backend'));
  backend.add(import('@backstage/plugin-search-backend-module-catalog'));
  backend.add(
    import('@tenantry/backstage-plugin-search-backend-module-tenants'),
  );

  backend.add(import('@backstage/plugin-kubernetes-backend'));

  backend.add(import('@tenantry/backstage-plugin-tenants-backend'));
  backend.add(
    import('@tenantry/backstage-plugin-kubernetes-backend-module-tenants'),
  );
  backend.add(
    import('@tenantry/backstage-plugin-catalog-backend-module-tenants'),
  );
}

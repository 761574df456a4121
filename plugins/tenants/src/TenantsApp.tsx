// SPDX-License-Identifier: Apache-2.0
import { NotFoundErrorPage } from '@backstage/frontend-plugin-api';
import { useViewAs } from './access/useViewAs';
import { TenantsRoutes } from './navigation';
import { ModulePage } from './pages/module/ModulePage';
import { ModulesPage } from './pages/modules/ModulesPage';
import { OperationsPage } from './pages/operations/OperationsPage';
import { PlatformPage } from './pages/platform/PlatformPage';
import { TenantPage } from './pages/tenant/TenantPage';
import { PaletteProvider } from './palette/PaletteProvider';
import { TenantsPage } from './pages/tenants/TenantsPage';

/** All pages of the plugin, by address. */
export function TenantsApp() {
  const [viewAs] = useViewAs();
  return (
    // What one person was shown must not stay when another looks.
    <PaletteProvider key={viewAs ?? ''}>
      <TenantsRoutes
        list={<TenantsPage />}
        platform={<PlatformPage />}
        modules={<ModulesPage />}
        module={(name, tab) => <ModulePage key={name} name={name} tab={tab} />}
        operations={<OperationsPage />}
        tenant={(name, tab) => <TenantPage key={name} name={name} tab={tab} />}
        notFound={<NotFoundErrorPage />}
      />
    </PaletteProvider>
  );
}

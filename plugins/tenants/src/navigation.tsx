// SPDX-License-Identifier: Apache-2.0
// The only file that knows the router: Backstage is about to make navigation independent of it.
import { useRouteRef } from '@backstage/frontend-plugin-api';
import { useCallback, useMemo, type ReactElement } from 'react';
import {
  Navigate,
  Route,
  Routes,
  useLocation,
  useMatch,
  useNavigate,
  useParams,
  useSearchParams,
} from 'react-router-dom';
import {
  MODULE_TABS,
  modulesRouteRef,
  moduleTabRouteRef,
  operationsRouteRef,
  platformRouteRef,
  rootRouteRef,
  TENANT_TABS,
  tenantTabRouteRef,
  type ModuleTab,
  type TenantTab,
} from './routes';

/** Values of the query; `undefined` takes one out. */
export type QueryChange = { readonly [name: string]: string | undefined };

/** Addresses of our pages, wherever the adopter mounted them. */
export type TenantsLinks = {
  readonly list: string;
  readonly platform: string;
  readonly modules: string;
  readonly operations: string;
  tenant(tenant: string, tab?: TenantTab, query?: QueryChange): string;
  module(module: string, tab?: ModuleTab, query?: QueryChange): string;
};

function withQuery(path: string, query: QueryChange = {}): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value) search.set(name, value);
  }
  return search.size > 0 ? `${path}?${search}` : path;
}

/** The addresses of our pages. They are `#` where the page is not mounted. */
export function useLinks(): TenantsLinks {
  const root = useRouteRef(rootRouteRef);
  const platform = useRouteRef(platformRouteRef);
  const modules = useRouteRef(modulesRouteRef);
  const operations = useRouteRef(operationsRouteRef);
  const tab = useRouteRef(tenantTabRouteRef);
  const moduleTab = useRouteRef(moduleTabRouteRef);
  return useMemo(
    () => ({
      list: root?.() ?? '#',
      platform: platform?.() ?? '#',
      modules: modules?.() ?? '#',
      operations: operations?.() ?? '#',
      tenant: (tenant, name = 'overview', query) =>
        withQuery(tab?.({ tenant, tab: name }) ?? '#', query),
      module: (module, name = 'overview', query) =>
        withQuery(moduleTab?.({ module, tab: name }) ?? '#', query),
    }),
    [root, platform, modules, operations, tab, moduleTab],
  );
}

/** The query of the address, and how to change it. Each change can be undone by going back, unless it replaces. */
export function useQuery(): [
  URLSearchParams,
  (change: QueryChange, options?: { replace: boolean }) => void,
] {
  const [search, setSearch] = useSearchParams();
  const change = useCallback(
    (values: QueryChange, options?: { replace: boolean }) => {
      setSearch(previous => {
        const next = new URLSearchParams(previous);
        for (const [name, value] of Object.entries(values)) {
          if (value) next.set(name, value);
          else next.delete(name);
        }
        return next;
      }, options);
    },
    [setSearch],
  );
  return [search, change];
}

/** Another one with each address that is gone to; the same one when the portal only draws the page anew. */
export function usePlace(): string {
  return useLocation().key;
}

/** Goes to another page of ours. */
export function useGo(): (href: string) => void {
  const navigate = useNavigate();
  return useCallback((href: string) => navigate(href), [navigate]);
}

/** The tenant whose page is open. */
export function useOpenTenant(): string | undefined {
  const root = useRouteRef(rootRouteRef)?.() ?? '#';
  return useMatch(`${root}/t/:tenant/*`)?.params.tenant;
}

/** One of the tabs there are, or `undefined`. */
function tabOf<T extends string>(
  tabs: readonly T[],
  name: string | undefined,
): T | undefined {
  return tabs.find(tab => tab === name);
}

function TenantRoute(props: {
  readonly page: (tenant: string, tab: TenantTab) => ReactElement;
  readonly notFound: ReactElement;
}) {
  const { tenant = '', tab } = useParams();
  const known = tabOf(TENANT_TABS, tab);
  return known ? props.page(tenant, known) : props.notFound;
}

function ModuleRoute(props: {
  readonly page: (module: string, tab: ModuleTab) => ReactElement;
  readonly notFound: ReactElement;
}) {
  const { module = '', tab } = useParams();
  const known = tabOf(MODULE_TABS, tab);
  return known ? props.page(module, known) : props.notFound;
}

function RedirectToOverview() {
  const { search } = useLocation();
  return <Navigate to={`overview${search}`} replace />;
}

/** Pages by address. */
export function TenantsRoutes(props: {
  readonly list: ReactElement;
  readonly platform: ReactElement;
  readonly modules: ReactElement;
  readonly operations: ReactElement;
  readonly tenant: (tenant: string, tab: TenantTab) => ReactElement;
  readonly module: (module: string, tab: ModuleTab) => ReactElement;
  readonly notFound: ReactElement;
}) {
  return (
    <Routes>
      <Route index element={props.list} />
      <Route path="platform" element={props.platform} />
      <Route path="modules" element={props.modules} />
      <Route path="modules/m/:module" element={<RedirectToOverview />} />
      <Route
        path="modules/m/:module/:tab"
        element={<ModuleRoute page={props.module} notFound={props.notFound} />}
      />
      <Route path="operations" element={props.operations} />
      <Route path="t/:tenant" element={<RedirectToOverview />} />
      <Route
        path="t/:tenant/:tab"
        element={<TenantRoute page={props.tenant} notFound={props.notFound} />}
      />
      <Route path="*" element={props.notFound} />
    </Routes>
  );
}

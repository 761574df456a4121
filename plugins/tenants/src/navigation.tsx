// SPDX-License-Identifier: Apache-2.0
// The only file that knows the router: Backstage is about to make navigation independent of it.
import { useRouteRef } from '@backstage/frontend-plugin-api';
import { useCallback, useMemo, type ReactElement } from 'react';
import {
  Navigate,
  Route,
  Routes,
  useLocation,
  useNavigate,
  useParams,
  useSearchParams,
} from 'react-router-dom';
import {
  platformRouteRef,
  rootRouteRef,
  TENANT_TABS,
  tenantTabRouteRef,
  type TenantTab,
} from './routes';

/** Values of the query; `undefined` takes one out. */
export type QueryChange = { readonly [name: string]: string | undefined };

/** Addresses of our pages, wherever the adopter mounted them. */
export type TenantsLinks = {
  readonly list: string;
  readonly platform: string;
  tenant(tenant: string, tab?: TenantTab, query?: QueryChange): string;
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
  const tab = useRouteRef(tenantTabRouteRef);
  return useMemo(
    () => ({
      list: root?.() ?? '#',
      platform: platform?.() ?? '#',
      tenant: (tenant, name = 'overview', query) =>
        withQuery(tab?.({ tenant, tab: name }) ?? '#', query),
    }),
    [root, platform, tab],
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

/** Goes to another page of ours. */
export function useGo(): (href: string) => void {
  const navigate = useNavigate();
  return useCallback((href: string) => navigate(href), [navigate]);
}

function isTab(name: string | undefined): name is TenantTab {
  return TENANT_TABS.some(tab => tab === name);
}

function TenantRoute(props: {
  readonly page: (tenant: string, tab: TenantTab) => ReactElement;
  readonly notFound: ReactElement;
}) {
  const { tenant = '', tab } = useParams();
  return isTab(tab) ? props.page(tenant, tab) : props.notFound;
}

function RedirectToOverview() {
  const { search } = useLocation();
  return <Navigate to={`overview${search}`} replace />;
}

/** Pages by address. */
export function TenantsRoutes(props: {
  readonly list: ReactElement;
  readonly platform: ReactElement;
  readonly tenant: (tenant: string, tab: TenantTab) => ReactElement;
  readonly notFound: ReactElement;
}) {
  return (
    <Routes>
      <Route index element={props.list} />
      <Route path="platform" element={props.platform} />
      <Route path="t/:tenant" element={<RedirectToOverview />} />
      <Route
        path="t/:tenant/:tab"
        element={<TenantRoute page={props.tenant} notFound={props.notFound} />}
      />
      <Route path="*" element={props.notFound} />
    </Routes>
  );
}

// SPDX-License-Identifier: Apache-2.0
import type {
  ModuleEndpoint,
  TenantModule,
} from '@tenantry/backstage-plugin-tenants-common';
import { compareText, conditionOf } from '../health';
import type { Listers } from '../informers/Lister';
import type {
  HttpRouteObject,
  IngressObject,
  IngressRoute,
  ObjectMeta,
  ServiceObject,
} from '../informers/objects';
import { endpointUrl } from './endpointUrl';
import { moduleOf } from './moduleOf';
import type { TenancyLabels } from './TenancyLabels';

/** Endpoints told of one module in one environment. */
export const MAX_ENDPOINTS = 10;

type Scope = {
  readonly listers: Pick<Listers, 'ingresses' | 'httproutes' | 'services'>;
  readonly namespaces: readonly string[];
  readonly labels: TenancyLabels;
};
type Found = { readonly module: string; readonly endpoint: ModuleEndpoint };

/**
 * Adds to the modules of an environment where they can be reached from outside: hosts of Ingresses and HTTPRoutes, and
 * load balancers of Services with a port that speaks HTTP. In order of their URLs, so that equal objects give equal answers.
 */
export function withEndpoints(
  modules: readonly TenantModule[],
  scope: Scope,
): TenantModule[] {
  const found = scope.namespaces.flatMap(namespace => [
    ...endpointsOfIngresses(namespace, scope),
    ...endpointsOfHttpRoutes(namespace, scope),
    ...endpointsOfServices(namespace, scope),
  ]);
  return modules.map(module => {
    const own = found.filter(entry => entry.module === module.name);
    const endpoints = distinctByUrl(own.map(({ endpoint }) => endpoint));
    return endpoints.length > 0 ? { ...module, endpoints } : module;
  });
}

function distinctByUrl(endpoints: readonly ModuleEndpoint[]) {
  const sorted = [...endpoints].sort(
    (a, b) =>
      compareText(a.url, b.url) ||
      compareText(a.source.kind, b.source.kind) ||
      compareText(a.source.namespace, b.source.namespace) ||
      compareText(a.source.name, b.source.name),
  );
  return sorted
    .filter(({ url }, at) => url !== sorted[at - 1]?.url)
    .slice(0, MAX_ENDPOINTS);
}

function endpointsOfIngresses(namespace: string, scope: Scope): Found[] {
  return scope.listers.ingresses
    .byNamespace(namespace)
    .flatMap(ingress => endpointsOfRoutes('Ingress', ingress, scope));
}

/** A route that no gateway accepts leads nowhere; one that none has judged yet may. */
function endpointsOfHttpRoutes(namespace: string, scope: Scope): Found[] {
  return scope.listers.httproutes
    .byNamespace(namespace)
    .filter(route => conditionOf(route, 'Accepted')?.status !== 'False')
    .flatMap(route => endpointsOfRoutes('HTTPRoute', route, scope));
}

function endpointsOfRoutes(
  kind: 'Ingress' | 'HTTPRoute',
  object: HttpRouteObject | IngressObject,
  { listers, labels }: Scope,
): Found[] {
  if (!isStaying(object)) return [];
  const labelSets = [
    object.labels,
    ...object.routes.flatMap(({ service = '' }) =>
      labelsOf(listers.services.get(object.namespace, service)),
    ),
  ];
  const module = moduleOf(labelSets, labels);
  const source = sourceOf(kind, object);
  return waysInto(object).map(url => ({ module, endpoint: { url, source } }));
}

/** One per host: the shortest path, for the others lead to parts of the same. */
function waysInto({
  routes,
  address,
}: Pick<IngressObject, 'routes' | 'address'>): string[] {
  const byHost = new Map<string, IngressRoute>();
  for (const route of routes) {
    const host = route.host ?? address;
    const best = host === undefined ? undefined : byHost.get(host);
    const isBetter = !best || comparePaths(route.path, best.path) < 0;
    if (host !== undefined && isBetter) byHost.set(host, route);
  }
  return [...byHost].flatMap(([host, { path, tls }]) => {
    const scheme = tls ? 'https' : 'http';
    return endpointUrl({ scheme, host, path }) ?? [];
  });
}

function comparePaths(a: string, b: string): number {
  return a.length - b.length || compareText(a, b);
}

function endpointsOfServices(namespace: string, scope: Scope): Found[] {
  return scope.listers.services
    .byNamespace(namespace)
    .filter(({ type }) => type === 'LoadBalancer')
    .filter(isStaying)
    .flatMap(service => {
      const module = moduleOf(labelsOf(service), scope.labels);
      const source = sourceOf('Service', service);
      return portsOf(service).map(url => ({
        module,
        endpoint: { url, source },
      }));
    });
}

function portsOf({ address, ports }: ServiceObject): string[] {
  if (address === undefined) return [];
  return ports.flatMap(port => {
    const scheme = schemeOf(port);
    if (!scheme) return [];
    return endpointUrl({ scheme, host: address, port: port.port }) ?? [];
  });
}

/** What a port says of itself comes before what its number usually means; a port that says another protocol is no web page. */
function schemeOf({
  name,
  port,
  appProtocol,
}: ServiceObject['ports'][number]): 'http' | 'https' | undefined {
  const said = appProtocol ?? /^https?(?=-|$)/.exec(name ?? '')?.[0];
  if (said === 'http' || said === 'https') return said;
  if (appProtocol !== undefined) return undefined;
  if (port === 443 || port === 8443) return 'https';
  return port === 80 || port === 8080 ? 'http' : undefined;
}

/** What a Service selects has its module’s label where the Service itself does not. */
function labelsOf(service: ServiceObject | undefined) {
  return service ? [service.labels, service.selector] : [];
}

function sourceOf(
  kind: ModuleEndpoint['source']['kind'],
  { namespace, name }: ObjectMeta,
): ModuleEndpoint['source'] {
  return { kind, namespace, name };
}

function isStaying({ deletedAt }: ObjectMeta): boolean {
  return deletedAt === undefined;
}

// SPDX-License-Identifier: Apache-2.0
import {
  tenantRowSchema,
  tenantSchema,
} from '@tenantry/backstage-plugin-tenants-common';
import {
  createFakeClusterView,
  deploymentObject,
  httpRouteObject,
  ingressObject,
  namespaceObject,
  serviceObject,
  type FakeObjects,
} from '../informers/testing';
import { MAX_ENDPOINTS } from './deriveEndpoints';
import { deriveTenant } from './deriveTenant';
import { tenancyPreset } from './presets';
import { toTenantRow } from './toTenantRow';

const now = new Date('2026-01-01T12:00:00Z');
const ofWeb = { 'tenantry.dev/module': 'web' };
const web = deploymentObject({ name: 'web', labels: ofWeb });
const route = (host: string | undefined, path = '/', more = {}) => ({
  host,
  path,
  tls: true,
  service: 'web',
  ...more,
});
const loadBalancer = (more: Parameters<typeof serviceObject>[0] = {}) =>
  serviceObject({
    name: 'web',
    type: 'LoadBalancer',
    loadBalancerReady: true,
    address: '203.0.113.10',
    labels: ofWeb,
    ...more,
  });

/** The tenant `shop` with one environment, on a cluster with these objects beside its Deployment `web`. */
function derive(objects: FakeObjects) {
  const namespace = namespaceObject({
    name: 'shop',
    labels: { 'tenantry.dev/tenant': 'shop' },
  });
  const view = createFakeClusterView({
    name: 'east',
    objects: { namespaces: [namespace], deployments: [web], ...objects },
  });
  const cluster = {
    view,
    trust: 'authoritative' as const,
    namespaces: [namespace],
  };
  const labels = tenancyPreset('tenantry');
  return tenantSchema.parse({
    ...deriveTenant({ name: 'shop', clusters: [cluster], labels }, now),
    version: 'v1',
  });
}

function endpointsOf(objects: FakeObjects, name = 'web') {
  const { environments } = derive(objects);
  const found = environments[0]?.modules.find(each => each.name === name);
  return found?.endpoints;
}
const urlsOf = (objects: FakeObjects) =>
  endpointsOf(objects)?.map(({ url }) => url);

describe('of an Ingress', () => {
  it('are its hosts, with the object that says so', () => {
    const ingress = ingressObject({ name: 'front', labels: ofWeb });
    expect(endpointsOf({ ingresses: [ingress] })).toEqual([
      {
        url: 'https://shop.example/',
        source: { kind: 'Ingress', namespace: 'shop', name: 'front' },
      },
    ]);
  });

  it('are one per host, by the shortest path', () => {
    const routes = [
      route('b.example', '/static/css'),
      route('b.example', '/app'),
      route('a.example', '/', { tls: false }),
    ];
    const ingress = ingressObject({ labels: ofWeb, routes });
    expect(urlsOf({ ingresses: [ingress] })).toEqual([
      'http://a.example/',
      'https://b.example/app',
    ]);
  });

  it('are at its address where it names no host, and nowhere while it has none', () => {
    const routes = [route(undefined)];
    const ingress = ingressObject({ labels: ofWeb, routes });
    expect(urlsOf({ ingresses: [ingress] })).toBeUndefined();
    const address = '203.0.113.7';
    expect(urlsOf({ ingresses: [{ ...ingress, address }] })).toEqual([
      'https://203.0.113.7/',
    ]);
  });

  it('belong to the module of the Service it leads to when it names none', () => {
    const ingresses = [ingressObject()];
    const labelled = serviceObject({ name: 'web', labels: ofWeb });
    const selecting = serviceObject({ name: 'web', selector: ofWeb });
    expect(urlsOf({ ingresses, services: [labelled] })).toHaveLength(1);
    expect(urlsOf({ ingresses, services: [selecting] })).toHaveLength(1);
    expect(urlsOf({ ingresses })).toBeUndefined();
  });

  it('are none of a host that browsers cannot be sent to', () => {
    const routes = ['*.shop.example', 'x@evil.example'].map(h => route(h));
    const ingress = ingressObject({ labels: ofWeb, routes });
    expect(urlsOf({ ingresses: [ingress] })).toBeUndefined();
  });

  it('are none once it is being deleted', () => {
    const deletedAt = '2026-01-01T11:59:00Z';
    const ingress = ingressObject({ labels: ofWeb, deletedAt });
    expect(urlsOf({ ingresses: [ingress] })).toBeUndefined();
  });

  it('stay with the tenant in whose namespace it is', () => {
    const foreign = ingressObject({ namespace: 'other', labels: ofWeb });
    expect(urlsOf({ ingresses: [foreign] })).toBeUndefined();
  });
});

describe('of a load balancer', () => {
  it.each([
    [{ name: 'http', port: 80 }, 'http://203.0.113.10/'],
    [{ name: 'https-web', port: 9000 }, 'https://203.0.113.10:9000/'],
    [{ port: 8443 }, 'https://203.0.113.10:8443/'],
    [
      { name: 'x', port: 7000, appProtocol: 'http' },
      'http://203.0.113.10:7000/',
    ],
  ])('are the ports that speak HTTP: %o', (port, url) => {
    const services = [loadBalancer({ ports: [port] })];
    expect(urlsOf({ services })).toEqual([url]);
  });

  it.each([
    { name: 'sql', port: 5432 },
    { name: 'httpd-admin', port: 9999 },
    { name: 'http', port: 80, appProtocol: 'kubernetes.io/h2c' },
  ])('are not the others: %o', port => {
    expect(urlsOf({ services: [loadBalancer({ ports: [port] })] })).toBe(
      undefined,
    );
  });

  it('are none of a Service inside the cluster, or that has no address yet', () => {
    const inside = loadBalancer({ type: 'ClusterIP' });
    const waiting = loadBalancer({ address: undefined });
    expect(urlsOf({ services: [inside] })).toBeUndefined();
    expect(urlsOf({ services: [waiting] })).toBeUndefined();
  });
});

describe('of an HTTPRoute', () => {
  const refused = [
    { type: 'Accepted', status: 'False', reason: 'No', message: '' },
  ];

  it('are its hosts, with the object that says so', () => {
    const httproutes = [httpRouteObject({ name: 'front', labels: ofWeb })];
    expect(endpointsOf({ httproutes })).toEqual([
      {
        url: 'https://shop.example/',
        source: { kind: 'HTTPRoute', namespace: 'shop', name: 'front' },
      },
    ]);
  });

  it('belong to the module of the Service that it leads to', () => {
    const httproutes = [httpRouteObject()];
    const services = [serviceObject({ name: 'web', labels: ofWeb })];
    expect(urlsOf({ httproutes })).toBeUndefined();
    expect(urlsOf({ httproutes, services })).toEqual(['https://shop.example/']);
  });

  it('are none while every gateway refuses it', () => {
    const waiting = httpRouteObject({ labels: ofWeb, conditions: [] });
    const closed = httpRouteObject({ labels: ofWeb, conditions: refused });
    expect(urlsOf({ httproutes: [waiting] })).toHaveLength(1);
    expect(urlsOf({ httproutes: [closed] })).toBeUndefined();
  });
});

describe('of a module', () => {
  const many = (count: number, name = 'many', labels = ofWeb) =>
    ingressObject({
      name,
      labels,
      routes: Array.from({ length: count }, (_, at) =>
        route(`${name}-${at}.example`),
      ),
    });

  it('are the same in the same order, however the cache hands its objects out', () => {
    const ingresses = [
      many(3, 'a'),
      many(3, 'b'),
      ingressObject({ labels: ofWeb }),
    ];
    const forwards = derive({ ingresses });
    const backwards = derive({ ingresses: [...ingresses].reverse() });
    expect(backwards).toEqual(forwards);
    expect(urlsOf({ ingresses })).toHaveLength(7);
  });

  it('are told once when two objects lead to the same', () => {
    const ingresses = ['b', 'a'].map(name =>
      ingressObject({ name, labels: ofWeb }),
    );
    const found = endpointsOf({ ingresses });
    expect(found?.map(({ source }) => source.name)).toEqual(['a']);
  });

  it('are so many at most, and so many of a tenant in a list', () => {
    const other = { 'tenantry.dev/module': 'zoo' };
    const tenant = derive({
      ingresses: [many(30, 'w'), many(30, 'z', other)],
      deployments: [web, deploymentObject({ name: 'zoo', labels: other })],
    });
    const [environment] = tenant.environments;
    expect(environment?.modules.map(m => m.endpoints?.length)).toEqual([
      MAX_ENDPOINTS,
      MAX_ENDPOINTS,
    ]);
    const { endpoints = [] } = tenantRowSchema.parse(toTenantRow(tenant));
    expect(endpoints).toHaveLength(10);
    expect(endpoints[1]).toEqual({
      url: 'https://z-0.example/',
      module: 'zoo',
      environment: 'default',
      cluster: 'east',
    });
  });

  it('are left out of a list where there are none', () => {
    expect(toTenantRow(derive({}))).not.toHaveProperty('endpoints');
  });
});

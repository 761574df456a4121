// SPDX-License-Identifier: Apache-2.0
import { Interner } from '../Interner';
import type { ObjectsByKind } from '../objects';
import { projectionOf } from './projectionOf';

function read<K extends 'ingresses' | 'services'>(
  kind: K,
  parts: { readonly spec?: unknown; readonly status?: unknown },
): ObjectsByKind[K] {
  const metadata = { name: 'a', namespace: 'shop', uid: 'u' };
  const object = { metadata: { ...metadata, resourceVersion: '1' }, ...parts };
  const project = projectionOf(kind, new Interner());
  return project(Buffer.from(JSON.stringify(object)));
}

const path = (text: string | undefined, service = 'web') => ({
  path: text,
  backend: { service: { name: service, port: { number: 80 } } },
});
const rule = (host: string | undefined, ...paths: object[]) => ({
  host,
  http: { paths },
});

it('keeps the host, path and Service of every route', () => {
  const rules = [
    rule('a.example', path('/'), path('/api', 'api')),
    rule(undefined, path(undefined)),
  ];
  expect(read('ingresses', { spec: { rules } }).routes).toEqual([
    { host: 'a.example', path: '/', tls: false, service: 'web' },
    { host: 'a.example', path: '/api', tls: false, service: 'api' },
    { host: undefined, path: '/', tls: false, service: 'web' },
  ]);
});

it('keeps the default backend as a route of every host', () => {
  const defaultBackend = { service: { name: 'web' } };
  const spec = { defaultBackend, tls: [{ secretName: 'x' }] };
  expect(read('ingresses', { spec }).routes).toEqual([
    { host: undefined, path: '/', tls: true, service: 'web' },
  ]);
});

it.each([
  [[{ hosts: ['a.shop.example'] }], true],
  [[{ hosts: ['*.shop.example'] }], true],
  [[{}], true],
  [[{ hosts: ['*.example'] }], false],
  [[{ hosts: ['b.shop.example'] }], false],
  [undefined, false],
])('knows what a certificate covers: %o', (tls, expected) => {
  const spec = { tls, rules: [rule('a.shop.example', path('/'))] };
  expect(read('ingresses', { spec }).routes[0]?.tls).toBe(expected);
});

it('keeps so many routes, and no path that is longer than any way in', () => {
  const long = `/${'x'.repeat(300)}`;
  const rules = Array.from({ length: 200 }, (_, at) =>
    rule(`h${at}.example`, path(long), path('/')),
  );
  const { routes } = read('ingresses', { spec: { rules } });
  expect(routes).toHaveLength(50);
  expect(new Set(routes.map(route => route.path))).toEqual(new Set(['/']));
});

it('takes anything for a spec', () => {
  for (const spec of [null, 7, { rules: 'x', tls: 7 }, { rules: [null, 1] }]) {
    expect(read('ingresses', { spec }).routes).toEqual([]);
  }
});

describe('the address of a load balancer', () => {
  const addressOf = (...ingress: object[]) => {
    const status = { loadBalancer: { ingress } };
    const { address } = read('ingresses', { status });
    expect(read('services', { status }).address).toBe(address);
    return address;
  };

  it('is the same in whatever order its controller writes', () => {
    const [a, b] = [{ ip: '10.0.0.1' }, { ip: '10.0.0.2' }];
    expect(addressOf(a, b)).toBe('10.0.0.1');
    expect(addressOf(b, a)).toBe('10.0.0.1');
  });

  it('is a name where there is one', () => {
    expect(addressOf({ ip: '10.0.0.1' }, { hostname: 'lb.example' })).toBe(
      'lb.example',
    );
  });

  it('is unknown until it is written', () => {
    expect(addressOf()).toBeUndefined();
  });
});

// SPDX-License-Identifier: Apache-2.0
import { Interner } from '../Interner';
import { projectionOf } from './projectionOf';

function read(parts: { readonly spec?: unknown; readonly status?: unknown }) {
  const metadata = { name: 'a', namespace: 'shop', uid: 'u' };
  const object = { metadata: { ...metadata, resourceVersion: '1' }, ...parts };
  const project = projectionOf('httproutes', new Interner());
  return project(Buffer.from(JSON.stringify(object)));
}

const rule = (service: string, ...paths: object[]) => ({
  matches: paths.map(path => ({ path })),
  backendRefs: [{ name: service, port: 80 }],
});
const condition = (type: string, status: string, reason: string) => ({
  type,
  status,
  reason,
  message: '',
  lastTransitionTime: '2026-11-21T11:00:00Z',
});

it('keeps every path of every host, with the Service it leads to', () => {
  const hostnames = ['a.example', 'b.example'];
  const rules = [
    rule('web'),
    rule('api', { type: 'PathPrefix', value: '/api' }),
    rule('odd', { type: 'RegularExpression', value: '/o+d' }),
  ];
  const { routes } = read({ spec: { hostnames, rules } });
  expect(routes).toEqual(
    hostnames.flatMap(host => [
      { host, path: '/', tls: true, service: 'web' },
      { host, path: '/api', tls: true, service: 'api' },
      { host, path: '/', tls: true, service: 'odd' },
    ]),
  );
});

it.each([
  [[{ name: 'g' }], true],
  [[{ name: 'g', sectionName: 'https' }], true],
  [[{ name: 'g', sectionName: 'http' }], false],
  [[{ name: 'g', sectionName: 'web-public' }], false],
  [[{ name: 'g', port: 80 }], false],
  [[{ name: 'g', port: 443, sectionName: 'http' }], true],
  [[{ name: 'g' }, { name: 'h', port: 80 }], false],
])('tells by the listener whether it is reached over TLS: %o', (refs, tls) => {
  const spec = {
    parentRefs: refs,
    hostnames: ['a.example'],
    rules: [rule('web')],
  };
  expect(read({ spec }).routes.map(route => route.tls)).toEqual([tls]);
});

it('is accepted when one gateway accepts it, and resolved when all do', () => {
  const { conditions } = read({
    status: {
      parents: [
        {
          conditions: [
            condition('Accepted', 'False', 'NotAllowed'),
            condition('ResolvedRefs', 'True', 'ResolvedRefs'),
          ],
        },
        {
          conditions: [
            condition('Accepted', 'True', 'Accepted'),
            condition('ResolvedRefs', 'False', 'BackendNotFound'),
          ],
        },
      ],
    },
  });
  expect(conditions).toMatchObject([
    { type: 'Accepted', status: 'True' },
    { type: 'ResolvedRefs', status: 'False', reason: 'BackendNotFound' },
  ]);
});

it('takes anything for a spec and a status', () => {
  for (const odd of [
    null,
    7,
    { rules: 'x', hostnames: 7 },
    { rules: [null] },
  ]) {
    expect(read({ spec: odd, status: { parents: odd } }).routes).toEqual([]);
  }
});

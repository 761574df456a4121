// SPDX-License-Identifier: Apache-2.0
import fc from 'fast-check';
import { endpointUrl } from './endpointUrl';

const of = (host: string, more: object = {}) =>
  endpointUrl({ scheme: 'https', host, ...more });

it.each([
  [{ host: 'shop.example' }, 'https://shop.example/'],
  [{ host: 'shop.example', path: '/grafana' }, 'https://shop.example/grafana'],
  [{ host: '203.0.113.10', scheme: 'http' }, 'http://203.0.113.10/'],
  [{ host: '203.0.113.10', port: 8443 }, 'https://203.0.113.10:8443/'],
  [{ host: '2001:DB8::10' }, 'https://[2001:db8::10]/'],
  [{ host: 'a.example', port: 443 }, 'https://a.example/'],
  [{ host: 'a.example', port: 80, scheme: 'http' }, 'http://a.example/'],
] as const)('is made of %o', (parts, url) => {
  expect(endpointUrl({ scheme: 'https', ...parts })).toBe(url);
});

it.each([
  '*.shop.example',
  'shop.example:81',
  'good.example@evil.example',
  'good.example/evil',
  'good.example?x',
  'good.example#x',
  'good.example\\evil',
  ['javascript', 'alert(1)'].join(':'),
  'SHOP.example',
  '-a.example',
  'a..example',
  '',
  ' ',
  '0x7f.1',
  '2130706433',
  'a\u0000b',
  'pаypal.example',
  `${'a'.repeat(64)}.example`,
  `${'a.'.repeat(130)}example`,
])('is none for the host %j', host => {
  expect(of(host)).toBeUndefined();
});

it.each([
  ['/api(/|$)(.*)', 'https://a.example/api'],
  ['/"onmouseover=', 'https://a.example/'],
  ['//evil.example/', 'https://a.example//evil.example/'],
  ['no-slash', 'https://a.example/'],
  ['/a?b=c#d', 'https://a.example/a'],
])('keeps the plain beginning of the path %j', (path, url) => {
  expect(of('a.example', { path })).toBe(url);
});

it('leads to the host that is shown, over http or https, whatever the object says', () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), (host, path) => {
      const url = endpointUrl({ scheme: 'http', host, path });
      if (url === undefined) return;
      const parsed = new URL(url);
      expect(parsed.protocol).toBe('http:');
      expect(parsed.hostname.replace(/[[\]]/g, '')).toBe(host.toLowerCase());
      expect([parsed.username, parsed.search, parsed.hash]).toEqual([
        '',
        '',
        '',
      ]);
    }),
    { numRuns: 500 },
  );
});

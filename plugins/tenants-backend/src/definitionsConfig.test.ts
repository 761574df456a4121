// SPDX-License-Identifier: Apache-2.0
import { ConfigReader } from '@backstage/config';
import { readDefinitionsConfig } from './definitionsConfig';

const read = (modules: unknown) =>
  readDefinitionsConfig(
    new ConfigReader({ tenants: JSON.parse(JSON.stringify({ modules })) }),
  );

it('reads nothing when nothing is configured', () => {
  expect(readDefinitionsConfig(new ConfigReader({}))).toEqual([]);
});

it('tells files, folders and addresses apart', () => {
  expect(read('./platform.yaml')).toMatchObject([{ type: 'file' }]);
  expect(read('/etc/definitions')).toMatchObject([{ type: 'folder' }]);
  expect(read(['https://example.com/x', 'a.yml'])).toMatchObject([
    { type: 'url', everyMs: 300_000 },
    { type: 'file', everyMs: 30_000 },
  ]);
});

it('reads a schedule', () => {
  const target = {
    type: 'url',
    target: 'https://example.com/x.yaml',
    schedule: { minutes: 1 },
  };
  expect(read([target])).toEqual([
    { type: 'url', target: 'https://example.com/x.yaml', everyMs: 60_000 },
  ]);
});

it.each([
  [{ a: 1 }, 'tenants.modules must be a path'],
  [['a.yaml', 'a.yaml'], 'tenants.modules names "a.yaml" twice'],
  [[{ type: 'git', target: 'x' }], 'tenants.modules[0].type must be one of'],
  [
    [{ type: 'url', target: 'x.yaml' }],
    'tenants.modules[0].target must be an address',
  ],
  [
    [{ type: 'file', target: 'https://x/y.yaml' }],
    'tenants.modules[0].target must be a path',
  ],
  [
    [{ type: 'file', target: 'x.yaml', schedule: { seconds: 1 } }],
    'tenants.modules[0].schedule must be at least',
  ],
])('quotes the key of what is wrong: %j', (modules, message) => {
  expect(() => read(modules)).toThrow(message);
});

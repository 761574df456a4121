// SPDX-License-Identifier: Apache-2.0
import type { ContractArea } from '../ContractCase';
import { at, type Json } from '../Json';
import type { Session } from '../Session';
import { configMap, service, workload } from './objects';

const STRATEGIC = 'strategic-merge-patch+json';

function templateSpec(body: Json): Json | undefined {
  return at(body, 'spec', 'template', 'spec');
}

async function deployment(api: Session, spec: object): Promise<string> {
  const template = { metadata: { labels: { app: 'd' } }, spec };
  await api.post(
    api.in('apps/v1/deployments'),
    workload('Deployment', 'd', { replicas: 0, template }),
    { quiet: true },
  );
  return api.in('apps/v1/deployments', 'd');
}

const TWO = [
  { name: 'a', image: 'a:1', env: [{ name: 'X', value: '1' }] },
  { name: 'b', image: 'b:1' },
];

export const patches: ContractArea = {
  area: 'patches',
  cases: [
    {
      name: 'a merge patch replaces lists and removes by null',
      since: '1.18',
      async run(api) {
        const path = api.in('configmaps', 'one');
        await api.post(
          api.in('configmaps'),
          configMap('one', { a: '1', b: '2' }, { labels: { x: 'y' } }),
          { quiet: true },
        );
        await api.patch(path, { data: { a: null, c: '3' } });
        await api.patch(path, { metadata: { labels: null } });
        await api.patch(path, { data: null });
        await api.patch(path, { data: { a: 1 } }, { view: () => 'any' });
        await api.patch(path, '[1]', { view: () => 'any' });
        await api.patch(path, { metadata: { name: 'two' } });
      },
      meant: [
        {
          at: 'message',
          because: 'a decoder tells in its own words what it cannot read',
        },
      ],
    },
    {
      name: 'a strategic patch merges lists by their keys',
      since: '1.18',
      async run(api) {
        const path = await deployment(api, { containers: TWO });
        const patch = (spec: object) =>
          api.patch(
            path,
            { spec: { template: { spec } } },
            { type: STRATEGIC, view: templateSpec },
          );
        await patch({ containers: [{ name: 'b', image: 'b:2' }] });
        await patch({
          containers: [{ name: 'a', env: [{ name: 'Y', value: '2' }] }],
        });
        await patch({ containers: [{ name: 'b', $patch: 'delete' }] });
        await patch({
          containers: [{ $patch: 'replace' }, { name: 'c', image: 'c:1' }],
        });
      },
    },
    {
      name: 'a strategic patch orders, deletes primitives and keeps keys as told',
      since: '1.18',
      async run(api) {
        const path = await deployment(api, { containers: TWO });
        const patch = (body: object) =>
          api.patch(path, body, { type: STRATEGIC, view: templateSpec });
        await patch({
          spec: {
            template: {
              spec: {
                '$setElementOrder/containers': [{ name: 'b' }, { name: 'a' }],
                containers: [{ name: 'a', image: 'a:2' }, { name: 'b' }],
              },
            },
          },
        });
        await patch({
          spec: {
            template: {
              spec: { containers: [{ name: 'a', env: null }] },
            },
          },
        });
        await api.patch(
          path,
          { spec: { strategy: { $retainKeys: ['type'], type: 'Recreate' } } },
          { type: STRATEGIC, view: body => at(body, 'spec', 'strategy') },
        );
        await api.patch(
          path,
          { metadata: { finalizers: ['example.com/a', 'example.com/b'] } },
          { type: STRATEGIC, view: body => at(body, 'metadata', 'finalizers') },
        );
        await api.patch(
          path,
          {
            metadata: {
              '$deleteFromPrimitiveList/finalizers': ['example.com/a'],
            },
          },
          { type: STRATEGIC, view: body => at(body, 'metadata', 'finalizers') },
        );
        await api.patch(
          path,
          {
            metadata: {
              '$deleteFromPrimitiveList/finalizers': ['example.com/b'],
            },
          },
          { type: STRATEGIC, view: body => at(body, 'metadata', 'finalizers') },
        );
      },
    },
    {
      name: 'volumes, mounts, tolerations and ports merge by key or are replaced',
      since: '1.18',
      async run(api) {
        const path = await deployment(api, {
          containers: [
            {
              ...TWO[0],
              ports: [{ containerPort: 80 }],
              volumeMounts: [{ name: 'v', mountPath: '/v' }],
              args: ['1', '2'],
            },
          ],
          volumes: [{ name: 'v', emptyDir: {} }],
          tolerations: [{ key: 'a', operator: 'Exists' }],
        });
        await api.patch(
          path,
          {
            spec: {
              template: {
                spec: {
                  containers: [
                    {
                      name: 'a',
                      ports: [{ containerPort: 81 }],
                      volumeMounts: [{ name: 'w', mountPath: '/w' }],
                      args: ['3'],
                    },
                  ],
                  volumes: [{ name: 'w', emptyDir: {} }],
                  tolerations: [{ key: 'b', operator: 'Exists' }],
                },
              },
            },
          },
          { type: STRATEGIC, view: templateSpec },
        );
      },
    },
    {
      name: 'service ports merge by port in a strategic patch',
      since: '1.18',
      async run(api) {
        await api.post(api.in('services'), service('s'), { quiet: true });
        await api.patch(
          api.in('services', 's'),
          { spec: { ports: [{ name: 'more', port: 81 }] } },
          { type: STRATEGIC },
        );
        await api.patch(
          api.in('services', 's'),
          {
            spec: {
              ports: [
                { name: 'web', port: 80 },
                { name: 'more', port: 81 },
              ],
            },
          },
          { type: STRATEGIC, view: body => at(body, 'spec', 'ports') },
        );
      },
    },
    {
      name: 'a JSON patch does its operations in order or none',
      since: '1.18',
      async run(api) {
        const path = api.in('configmaps', 'one');
        const type = 'json-patch+json';
        await api.post(
          api.in('configmaps'),
          configMap('one', { a: '1' }, { labels: { 'x/y': 'z' } }),
          { quiet: true },
        );
        await api.patch(
          path,
          [
            { op: 'test', path: '/data/a', value: '1' },
            { op: 'replace', path: '/data/a', value: '2' },
            { op: 'add', path: '/data/b', value: '3' },
            { op: 'copy', from: '/data/b', path: '/data/c' },
            { op: 'move', from: '/data/c', path: '/data/d' },
            { op: 'remove', path: '/metadata/labels/x~1y' },
          ],
          { type },
        );
        await api.patch(
          path,
          [
            { op: 'replace', path: '/data/a', value: '9' },
            { op: 'test', path: '/data/a', value: '1' },
          ],
          { type },
        );
        await api.patch(path, [{ op: 'remove', path: '/data/none' }], { type });
        await api.patch(path, [{ op: 'odd', path: '/data/a' }], { type });
        await api.patch(path, { data: {} }, { type });
        await api.get(path, { view: body => at(body, 'data') });
      },
      meant: [
        {
          at: '5 PATCH * body.message',
          because: 'a decoder tells in its own words what it cannot read',
        },
      ],
    },
    {
      name: 'a patch of no known type is not taken',
      since: '1.18',
      async run(api) {
        const path = api.in('configmaps', 'one');
        await api.post(api.in('configmaps'), configMap('one'), { quiet: true });
        await api.patch(path, { data: {} }, { type: 'json' });
        await api.patch(path, { data: {} }, { type: 'x-patch+json' });
      },
      meant: [
        {
          at: 'body.message',
          because: 'newer servers take one more type (CBOR) and say so',
        },
      ],
    },
    {
      name: 'a patch that names an old version is a conflict',
      since: '1.18',
      async run(api) {
        const path = api.in('configmaps', 'one');
        const { body } = await api.post(
          api.in('configmaps'),
          configMap('one', { a: '1' }),
          { quiet: true },
        );
        const resourceVersion = at(body, 'metadata', 'resourceVersion');
        await api.patch(path, {
          metadata: { resourceVersion },
          data: { a: '2' },
        });
        await api.patch(path, {
          metadata: { resourceVersion },
          data: { a: '3' },
        });
        await api.patch(path, { metadata: { uid: 'another' } });
      },
    },
    {
      name: 'a patch cannot change what the server owns',
      since: '1.18',
      async run(api) {
        const path = api.in('configmaps', 'one');
        await api.post(api.in('configmaps'), configMap('one'), { quiet: true });
        await api.patch(path, {
          metadata: { creationTimestamp: '2001-01-01T00:00:00Z' },
        });
        await api.patch(path, {
          metadata: { deletionTimestamp: '2001-01-01T00:00:00Z' },
        });
        await api.patch(path, { metadata: { namespace: 'default' } });
        await api.patch(path, { kind: 'Secret' });
        await api.patch(path, { apiVersion: 'v2' });
      },
      meant: [
        {
          at: '5 PATCH *causes[0].message',
          because: 'names a Go file of the server',
        },
        {
          at: 'body.message',
          because: 'a decoder tells in its own words what it cannot read',
        },
      ],
    },
  ],
};

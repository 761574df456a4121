// SPDX-License-Identifier: Apache-2.0
import type { ContractArea } from '../ContractCase';
import { at } from '../Json';
import { configMap, pod, service, workload } from './objects';

export const serverSideApply: ContractArea = {
  area: 'serverSideApply',
  cases: [
    {
      name: 'apply makes an object, and again changes nothing',
      since: '1.18',
      async run(api) {
        const path = api.in('configmaps', 'one');
        const body = configMap('one', { a: '1' }, { labels: { x: 'y' } });
        await api.apply(path, body);
        await api.apply(path, body);
        await api.get(path);
      },
    },
    {
      name: 'a field of another manager is a conflict, unless forced or equal',
      since: '1.18',
      async run(api) {
        const path = api.in('configmaps', 'one');
        await api.apply(path, configMap('one', { a: '1', b: '1' }));
        await api.apply(path, configMap('one', { a: '2' }), { manager: 'bob' });
        await api.apply(path, configMap('one', { a: '2', b: '2' }), {
          manager: 'bob',
        });
        await api.apply(path, configMap('one', { a: '1' }), { manager: 'bob' });
        await api.apply(path, configMap('one', { a: '2' }), {
          manager: 'bob',
          force: true,
        });
        await api.get(path);
      },
    },
    {
      name: 'a field its last manager no longer applies goes',
      since: '1.18',
      async run(api) {
        const path = api.in('configmaps', 'one');
        await api.apply(
          path,
          configMap('one', { a: '1', b: '1' }, { labels: { l: '1' } }),
        );
        await api.apply(path, configMap('one', { b: '1' }), { manager: 'bob' });
        await api.apply(path, configMap('one', { c: '1' }));
        await api.get(path);
      },
    },
    {
      name: 'a field that another writer changed is theirs afterwards',
      since: '1.18',
      async run(api) {
        const path = api.in('configmaps', 'one');
        await api.apply(path, configMap('one', { a: '1', b: '1' }));
        await api.patch(`${path}?fieldManager=carol`, { data: { a: '2' } });
        await api.apply(path, configMap('one', { a: '1', b: '1' }));
        await api.patch(`${path}?fieldManager=carol`, { data: { c: '2' } });
        await api.get(path);
      },
    },
    {
      name: 'lists of a deployment are applied by their keys',
      since: '1.18',
      async run(api) {
        const path = api.in('apps/v1/deployments', 'd');
        const containers = (...list: readonly object[]) =>
          workload('Deployment', 'd', {
            replicas: 0,
            template: {
              metadata: { labels: { app: 'd' } },
              spec: { containers: list },
            },
          });
        await api.apply(
          path,
          containers(
            { name: 'a', image: 'a:1', env: [{ name: 'X', value: '1' }] },
            { name: 'b', image: 'b:1' },
          ),
          { view: body => at(body, 'spec', 'template', 'spec') },
        );
        await api.apply(
          path,
          containers({ name: 'a', env: [{ name: 'Y', value: '2' }] }),
          {
            manager: 'bob',
            view: body => at(body, 'spec', 'template', 'spec', 'containers'),
          },
        );
        await api.apply(path, containers({ name: 'a', image: 'a:2' }), {
          manager: 'bob',
        });
        await api.apply(path, containers({ name: 'b', image: 'b:2' }), {
          view: body => at(body, 'spec', 'template', 'spec', 'containers'),
        });
      },
    },
    {
      name: 'the fields of a deployment belong to who applied it',
      since: '1.18',
      async run(api) {
        const path = api.in('apps/v1/deployments', 'd');
        await api.apply(path, workload('Deployment', 'd', { replicas: 0 }), {
          view: body => at(body, 'metadata', 'managedFields', 0, 'fieldsV1'),
        });
      },
    },
    {
      name: 'the fields a create sets include its defaults',
      since: '1.18',
      async run(api) {
        const view = (body: Parameters<typeof at>[0]) =>
          at(body, 'metadata', 'managedFields', 0, 'fieldsV1');
        await api.post(
          api.in('services'),
          service('s', { selector: undefined }),
          { view },
        );
        await api.post(api.in('pods'), pod('p'), { view });
        await api.post(
          api.in('apps/v1/statefulsets'),
          workload('StatefulSet', 's', { replicas: 0 }),
          { view },
        );
      },
    },
    {
      name: 'ports of a service are told apart by port and protocol',
      since: '1.18',
      async run(api) {
        const path = api.in('services', 's');
        const ports = (...list: readonly object[]) => ({
          apiVersion: 'v1',
          kind: 'Service',
          metadata: { name: 's' },
          spec: { ports: list },
        });
        const view = (body: Parameters<typeof at>[0]) =>
          at(body, 'spec', 'ports');
        await api.apply(
          path,
          ports({ name: 'web', port: 80, protocol: 'TCP' }),
          { view },
        );
        await api.apply(
          path,
          ports({ name: 'dns', port: 53, protocol: 'UDP' }),
          { manager: 'bob', view },
        );
        await api.apply(
          path,
          ports({ name: 'other', port: 80, protocol: 'TCP' }),
          { manager: 'bob', view },
        );
        await api.get(path);
      },
    },
    {
      name: 'apply wants a manager, a kind and a name that fit',
      since: '1.18',
      meant: [
        {
          at: '4 PATCH *message',
          because: 'the message prints pointers of the server',
        },
        {
          at: '6 PATCH *message',
          because: 'reworded since: "may not be more than 128 bytes"',
        },
      ],
      async run(api) {
        const path = api.in('configmaps', 'one');
        const type = 'apply-patch+yaml';
        await api.patch(path, configMap('one'), { type });
        await api.apply(path, configMap('two'));
        await api.apply(path, { metadata: { name: 'one' } });
        await api.apply(path, pod('one'));
        await api.apply(
          path,
          configMap('one', {}, { managedFields: [{ manager: 'x' }] }),
        );
        await api.apply(path, configMap('one'), { manager: 'm'.repeat(200) });
        await api.patch(`${path}?force=true`, { data: {} });
      },
    },
    {
      name: 'fields that a kind does not have are refused by apply',
      since: '1.18',
      meant: [
        {
          at: 'message',
          because: 'the typed schema tells its own path and position',
        },
      ],
      async run(api) {
        await api.apply(api.in('configmaps', 'one'), {
          ...configMap('one'),
          colours: ['red'],
        });
        await api.apply(
          api.in('apps/v1/deployments', 'd'),
          workload('Deployment', 'd', { replicaCount: 1 }),
        );
      },
    },
    {
      name: 'what was created without apply is taken over field by field',
      since: '1.18',
      async run(api) {
        const path = api.in('configmaps', 'one');
        await api.post(api.in('configmaps'), configMap('one', { a: '1' }));
        await api.apply(path, configMap('one', { a: '1' }));
        await api.apply(path, configMap('one', { a: '2' }));
        await api.apply(path, configMap('one', { a: '2' }), { force: true });
        await api.get(path);
      },
    },
    {
      name: 'the list of managers can be emptied, and a writer then owns what was there',
      since: '1.18',
      async run(api) {
        const path = api.in('configmaps', 'one');
        await api.apply(path, configMap('one', { a: '1' }));
        await api.patch(path, { metadata: { managedFields: [{}] } });
        await api.apply(path, configMap('one', { a: '2' }), { manager: 'bob' });
      },
    },
    {
      name: 'finalizers and owners are sets for apply',
      since: '1.18',
      async run(api) {
        const path = api.in('configmaps', 'one');
        await api.apply(
          path,
          configMap('one', {}, { finalizers: ['example.com/a'] }),
        );
        await api.apply(
          path,
          configMap('one', {}, { finalizers: ['example.com/b'] }),
          { manager: 'bob' },
        );
        await api.apply(path, configMap('one'), {
          view: body => at(body, 'metadata', 'finalizers') ?? 'none',
        });
        await api.apply(path, configMap('one'), {
          manager: 'bob',
          view: body => at(body, 'metadata', 'finalizers') ?? 'none',
        });
      },
    },
    {
      name: 'YAML is applied as well',
      since: '1.18',
      async run(api) {
        await api.patch(
          `${api.in('configmaps', 'one')}?fieldManager=alice`,
          'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: one\ndata:\n  a: "1"\n',
          { type: 'apply-patch+yaml' },
        );
      },
    },
    {
      name: 'replicas scaled by another stay theirs until they are given up',
      since: '1.18',
      async run(api) {
        const path = api.in('apps/v1/deployments', 'd');
        const view = (body: Parameters<typeof at>[0]) =>
          at(body, 'spec', 'replicas');
        const owned = workload('Deployment', 'd', { replicas: 0 });
        await api.apply(path, owned, { view });
        await api.patch(
          `${path}?fieldManager=scaler`,
          { spec: { replicas: 2 } },
          { view },
        );
        await api.apply(path, owned);
        await api.apply(path, workload('Deployment', 'd'), { view });
      },
    },
  ],
};

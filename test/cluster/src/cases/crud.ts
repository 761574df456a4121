// SPDX-License-Identifier: Apache-2.0
import type { ContractArea } from '../ContractCase';
import { at, isJsonObject, namesOf, type Json } from '../Json';
import { configMap, pod, service } from './objects';

function versionOf(object: Json): Json {
  return at(object, 'metadata', 'resourceVersion') ?? '';
}

function withData(object: Json, data: Json): Json {
  return isJsonObject(object) ? { ...object, data } : object;
}

export const crud: ContractArea = {
  area: 'crud',
  cases: [
    {
      name: 'an object is created, read, replaced and deleted',
      since: '1.18',
      async run(api) {
        const path = api.in('configmaps', 'one');
        const made = await api.post(
          api.in('configmaps'),
          configMap('one', { a: '1' }, { labels: { x: 'y' } }),
        );
        await api.get(path);
        await api.put(path, withData(made.body, { a: '2' }));
        await api.delete(path);
        await api.get(path);
      },
    },
    {
      name: 'a name that is taken is refused',
      since: '1.18',
      async run(api) {
        await api.post(api.in('configmaps'), configMap('one'));
        await api.post(api.in('configmaps'), configMap('one'));
        await api.post(api.path('namespaces'), {
          apiVersion: 'v1',
          kind: 'Namespace',
          metadata: { name: 'default' },
        });
      },
    },
    {
      name: 'what is missing is not found, in words of its kind',
      since: '1.18',
      async run(api) {
        await api.get(api.in('pods', 'none'));
        await api.get(api.in('apps/v1/deployments', 'none'));
        await api.delete(api.in('batch/v1/jobs', 'none'));
        await api.patch(api.in('configmaps', 'none'), { data: {} });
        await api.put(api.in('configmaps', 'none'), configMap('none'));
        await api.get(api.path('nodes', 'none'));
        await api.get(`${api.in('configmaps')}/none/status`);
        await api.get('/api/v1/nothings');
        await api.get('/apis/nothing.example/v1/nothings');
        const unknown = await api.get('/nothing', { quiet: true });
        api.note(
          'unknown path',
          isJsonObject(unknown.body) ? Object.keys(unknown.body) : 'text',
        );
      },
    },
    {
      name: 'a replacement of an old version is a conflict, one without a version is not',
      since: '1.18',
      async run(api) {
        const path = api.in('configmaps', 'one');
        const { body } = await api.post(
          api.in('configmaps'),
          configMap('one', { a: '1' }),
        );
        await api.put(path, withData(body, { a: '2' }));
        await api.put(path, withData(body, { a: '3' }));
        await api.put(path, configMap('one', { a: '4' }));
        await api.put(path, configMap('one', { a: '4' }));
        await api.put(path, configMap('one', {}, { uid: 'another' }));
      },
    },
    {
      name: 'a body that does not belong to its path is refused',
      since: '1.18',
      async run(api) {
        const maps = api.in('configmaps');
        await api.post(maps, pod('one'));
        await api.post(maps, {
          ...configMap('one'),
          apiVersion: 'apps/v1',
        });
        await api.post(maps, configMap('one', {}, { namespace: 'elsewhere' }));
        await api.post(maps, configMap('one'));
        await api.put(api.in('configmaps', 'two'), configMap('one'));
        await api.post(maps, { metadata: { name: 'bare' } });
        await api.post(maps, { kind: 'ConfigMap', metadata: { name: 'b' } });
      },
    },
    {
      name: 'a body that is no object is a bad request',
      since: '1.18',
      meant: [
        {
          at: ': body.message',
          because: 'a parser tells in its own words where JSON is broken',
        },
      ],
      async run(api) {
        const maps = api.in('configmaps');
        await api.post(maps, '{"kind": ');
        await api.post(maps, '');
        await api.post(maps, '[]');
        await api.post(maps, configMap('one'), { type: 'text/html' });
      },
    },
    {
      name: 'YAML is read as JSON is',
      since: '1.18',
      async run(api) {
        await api.post(
          api.in('configmaps'),
          'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: yaml\ndata:\n  a: "1"\n',
          { type: 'application/yaml' },
        );
      },
    },
    {
      name: 'a generated name begins as asked and is new each time',
      since: '1.18',
      async run(api) {
        const body = configMap('', {}, { name: undefined, generateName: 'g-' });
        const first = await api.post(api.in('configmaps'), body);
        const second = await api.post(api.in('configmaps'), body);
        const names = [first, second].map(({ body: made }) =>
          at(made, 'metadata', 'name'),
        );
        api.note('names differ', names[0] !== names[1]);
        await api.post(api.in('configmaps'), {
          ...body,
          metadata: {},
        });
      },
    },
    {
      name: 'fields the server owns are not taken from the caller',
      since: '1.18',
      async run(api) {
        await api.post(
          api.in('configmaps'),
          configMap(
            'one',
            {},
            {
              uid: 'mine',
              creationTimestamp: '2001-01-01T00:00:00Z',
              generation: 7,
              selfLink: '/mine',
              deletionTimestamp: '2001-01-01T00:00:00Z',
            },
          ),
        );
        await api.post(
          api.in('configmaps'),
          configMap('two', {}, { resourceVersion: '5' }),
        );
      },
    },
    {
      name: 'a generation counts changes of the spec only',
      since: '1.18',
      async run(api) {
        const generation = (body: Json) =>
          at(body, 'metadata', 'generation') ?? 'none';
        const view = generation;
        const path = api.in('networking.k8s.io/v1/networkpolicies', 'one');
        await api.post(
          api.in('networking.k8s.io/v1/networkpolicies'),
          {
            apiVersion: 'networking.k8s.io/v1',
            kind: 'NetworkPolicy',
            metadata: { name: 'one' },
            spec: { podSelector: {} },
          },
          { view },
        );
        await api.patch(path, { metadata: { labels: { a: 'b' } } }, { view });
        await api.patch(path, { spec: { policyTypes: ['Egress'] } }, { view });
        await api.patch(path, { spec: { policyTypes: ['Egress'] } }, { view });
        await api.post(api.in('services'), service('s'), { view });
      },
    },
    {
      name: 'a write that changes nothing keeps the version',
      since: '1.18',
      async run(api) {
        const path = api.in('configmaps', 'one');
        const made = await api.post(
          api.in('configmaps'),
          configMap('one', { a: '1' }),
        );
        const patched = await api.patch(path, { data: { a: '1' } });
        const put = await api.put(path, made.body);
        api.note('versions', [
          versionOf(made.body) === versionOf(patched.body),
          versionOf(made.body) === versionOf(put.body),
        ]);
      },
    },
    {
      name: 'a delete with preconditions wants them to hold',
      since: '1.18',
      async run(api) {
        const path = api.in('configmaps', 'one');
        const { body } = await api.post(api.in('configmaps'), configMap('one'));
        const uid = '00000000-0000-0000-0000-000000000000';
        await api.delete(path, { preconditions: { uid } });
        await api.delete(path, { preconditions: { resourceVersion: '1' } });
        await api.delete(path, {
          preconditions: { uid: at(body, 'metadata', 'uid') },
        });
      },
    },
    {
      name: 'a dry run answers as the write would and changes nothing',
      since: '1.18',
      async run(api) {
        const maps = api.in('configmaps');
        const path = api.in('configmaps', 'one');
        await api.post(`${maps}?dryRun=All`, configMap('one', { a: '1' }));
        await api.get(path);
        await api.post(maps, configMap('one', { a: '1' }));
        await api.patch(`${path}?dryRun=All`, { data: { a: '2' } });
        await api.put(`${path}?dryRun=All`, configMap('one', { a: '3' }));
        await api.delete(`${path}?dryRun=All`);
        await api.get(path);
        await api.post(`${maps}?dryRun=Some`, configMap('two'));
        await api.post(`${maps}?dryRun=All`, configMap('one'));
        await api.apply(path, configMap('one', { a: '4' }), {
          query: '&dryRun=All',
          force: true,
        });
      },
    },
    {
      name: 'a collection is deleted by selector, and all of it',
      since: '1.18',
      async run(api) {
        const maps = api.in('configmaps');
        const view = namesOf;
        for (const name of ['a', 'b', 'c', 'd']) {
          const labels = { half: name < 'c' ? 'first' : 'second' };
          await api.post(maps, configMap(name, {}, { labels }), {
            quiet: true,
          });
        }
        await api.delete(`${maps}?labelSelector=half%3Dfirst&dryRun=All`);
        await api.delete(`${maps}?labelSelector=half%3Dfirst`);
        await api.get(`${maps}?labelSelector=half`, { view });
        await api.delete(`${maps}?fieldSelector=metadata.name%3Dc`);
        await api.get(`${maps}?labelSelector=half`, { view });
        await api.delete(`${maps}?labelSelector=half`);
        await api.get(`${maps}?labelSelector=half`, { view });
      },
    },
    {
      name: 'a method that a path does not have is refused',
      since: '1.18',
      async run(api) {
        await api.call({ method: 'PUT', path: api.in('configmaps') });
        await api.call({
          method: 'POST',
          path: api.in('configmaps', 'one'),
          body: configMap('one'),
        });
        await api.post('/api/v1/pods', pod('one'));
      },
    },
    {
      name: 'a write into a namespace that does not exist is not found',
      since: '1.18',
      async run(api) {
        const nowhere = `${api.ns}-nowhere`;
        const path = api.path('configmaps', undefined, nowhere);
        await api.post(path, configMap('one'));
        await api.get(path, { view: namesOf });
        await api.get(api.path('configmaps', 'one', nowhere));
      },
    },
  ],
};

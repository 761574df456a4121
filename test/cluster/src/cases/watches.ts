// SPDX-License-Identifier: Apache-2.0
import type { ContractArea } from '../ContractCase';
import { at, type Json } from '../Json';
import type { Session } from '../Session';
import { configMap, pod } from './objects';

function brief(object: Json): Json {
  return {
    kind: at(object, 'kind'),
    name: at(object, 'metadata', 'name'),
    data: at(object, 'data'),
    code: at(object, 'code'),
    reason: at(object, 'reason'),
    message: at(object, 'message'),
  };
}

async function versionNow(api: Session): Promise<string> {
  const { body } = await api.get(api.in('configmaps'), { quiet: true });
  return String(at(body, 'metadata', 'resourceVersion'));
}

export const watches: ContractArea = {
  area: 'watches',
  cases: [
    {
      name: 'a watch tells of what is added, modified and deleted since its version',
      since: '1.18',
      async run(api) {
        const maps = api.in('configmaps');
        const since = await versionNow(api);
        await api.post(maps, configMap('one', { a: '1' }));
        const watch = await api.watch(
          `${maps}?watch=1&resourceVersion=${since}`,
        );
        await watch.take(1);
        await api.patch(`${maps}/one`, { data: { a: '2' } });
        await api.delete(`${maps}/one`);
        await watch.take(2);
      },
    },
    {
      name: 'a watch without a version begins with what there is',
      since: '1.18',
      async run(api) {
        const maps = api.in('configmaps');
        await api.post(maps, configMap('one', {}, { labels: { w: 'x' } }), {
          quiet: true,
        });
        const selector = 'labelSelector=w';
        const watch = await api.watch(`${maps}?watch=true&${selector}`, {
          view: brief,
        });
        await watch.take(1);
        const zero = await api.watch(
          `${maps}?watch=true&resourceVersion=0&${selector}`,
          { view: brief },
        );
        await zero.take(1);
      },
    },
    {
      name: 'an object that comes to fit a selector is added, one that no longer does is deleted',
      since: '1.18',
      async run(api) {
        const maps = api.in('configmaps');
        const since = await versionNow(api);
        const watch = await api.watch(
          `${maps}?watch=1&resourceVersion=${since}&labelSelector=w%3Dx`,
          {
            view: object => ({
              name: at(object, 'metadata', 'name'),
              labels: at(object, 'metadata', 'labels'),
              version: at(object, 'metadata', 'resourceVersion') !== undefined,
            }),
          },
        );
        await api.post(maps, configMap('one'), { quiet: true });
        const label = (w: string | null) =>
          api.patch(
            `${maps}/one`,
            { metadata: { labels: { w } } },
            { quiet: true },
          );
        await label('x');
        await api.patch(`${maps}/one`, { data: { a: 'b' } }, { quiet: true });
        await label('y');
        await label('x');
        await api.delete(`${maps}/one`, undefined, { quiet: true });
        await watch.take(5);
      },
    },
    {
      name: 'one object is watched by name, in the list or by its old path',
      since: '1.18',
      async run(api) {
        const maps = api.in('configmaps');
        const since = await versionNow(api);
        const watch = await api.watch(
          `${maps}?watch=1&resourceVersion=${since}&fieldSelector=metadata.name%3Dtwo`,
          { view: brief },
        );
        const old = await api.watch(
          `/api/v1/watch/namespaces/${api.ns}/configmaps/two?resourceVersion=${since}`,
          { view: brief },
        );
        await api.post(maps, configMap('one'), { quiet: true });
        await api.post(maps, configMap('two'), { quiet: true });
        await watch.take(1);
        await old.take(1);
      },
    },
    {
      name: 'a field selector on what changes adds and deletes in a watch',
      since: '1.18',
      async run(api) {
        const since = await versionNow(api);
        const watch = await api.watch(
          `${api.in(
            'pods',
          )}?watch=1&resourceVersion=${since}&fieldSelector=status.phase%3DPending`,
          {
            view: object => ({
              name: at(object, 'metadata', 'name'),
              phase: at(object, 'status', 'phase'),
            }),
          },
        );
        await api.post(api.in('pods'), pod('p'), { quiet: true });
        await api.patch(
          `${api.in('pods', 'p')}/status`,
          { status: { phase: 'Succeeded' } },
          { quiet: true },
        );
        await watch.take(2);
      },
    },
    {
      name: 'a watch ends when its time is over',
      since: '1.18',
      async run(api) {
        const since = await versionNow(api);
        const watch = await api.watch(
          `${api.in(
            'configmaps',
          )}?watch=1&resourceVersion=${since}&timeoutSeconds=1`,
        );
        await watch.take(1);
      },
    },
    {
      name: 'a watch from a version that is no number is refused',
      since: '1.18',
      async run(api) {
        const maps = api.in('configmaps');
        await api.watch(`${maps}?watch=1&resourceVersion=x`);
        await api.watch(`${maps}?watch=1&labelSelector=a%20b`);
        await api.watch(`${maps}?watch=1&fieldSelector=data.a%3Db`);
      },
      meant: [
        { at: 'message', because: 'the parser’s words changed over time' },
      ],
    },
    {
      name: 'a watch of metadata sends metadata',
      since: '1.18',
      async run(api) {
        const since = await versionNow(api);
        const watch = await api.watch(
          `${api.in('configmaps')}?watch=1&resourceVersion=${since}`,
          {
            accept:
              'application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1',
          },
        );
        await api.post(
          api.in('configmaps'),
          configMap('one', { a: '1' }, { labels: { a: 'b' } }),
          { quiet: true },
        );
        await watch.take(1);
      },
    },
    {
      name: 'a watch as tables sends rows, with columns once',
      since: '1.18',
      async run(api) {
        const since = await versionNow(api);
        const watch = await api.watch(
          `${api.in('configmaps')}?watch=1&resourceVersion=${since}`,
          {
            accept: 'application/json;as=Table;g=meta.k8s.io;v=v1',
            view: table => ({
              kind: at(table, 'kind'),
              columns: at(table, 'columnDefinitions', 0) !== undefined,
              cells: at(table, 'rows', 0, 'cells', 0),
            }),
          },
        );
        await api.post(api.in('configmaps'), configMap('one'), { quiet: true });
        await api.post(api.in('configmaps'), configMap('two'), { quiet: true });
        await watch.take(2);
      },
    },
    {
      name: 'deleting a collection sends an event for each',
      since: '1.18',
      async run(api) {
        const maps = api.in('configmaps');
        for (const name of ['a', 'b'])
          await api.post(maps, configMap(name, {}, { labels: { w: 'x' } }), {
            quiet: true,
          });
        const since = await versionNow(api);
        const watch = await api.watch(
          `${maps}?watch=1&resourceVersion=${since}&labelSelector=w`,
          { view: brief },
        );
        await api.delete(`${maps}?labelSelector=w`, undefined, { quiet: true });
        const events = await watch.take(2);
        api.note(
          'names',
          events
            .map(({ object }) => String(at(object, 'metadata', 'name')))
            .sort(),
        );
      },
      meant: [
        { at: 'body[*].object.name', because: 'they are deleted in parallel' },
      ],
    },
    {
      name: 'a dry run sends no event',
      since: '1.18',
      async run(api) {
        const maps = api.in('configmaps');
        const since = await versionNow(api);
        const watch = await api.watch(
          `${maps}?watch=1&resourceVersion=${since}`,
          { view: brief },
        );
        await api.post(`${maps}?dryRun=All`, configMap('dry'), { quiet: true });
        await api.post(maps, configMap('wet'), { quiet: true });
        await watch.take(1);
      },
    },
    {
      name: 'a write that changes nothing sends no event',
      since: '1.18',
      async run(api) {
        const maps = api.in('configmaps');
        await api.post(maps, configMap('one', { a: '1' }), { quiet: true });
        const since = await versionNow(api);
        const watch = await api.watch(
          `${maps}?watch=1&resourceVersion=${since}`,
          { view: brief },
        );
        await api.patch(`${maps}/one`, { data: { a: '1' } }, { quiet: true });
        await api.patch(`${maps}/one`, { data: { a: '2' } }, { quiet: true });
        await watch.take(1);
      },
    },
  ],
};

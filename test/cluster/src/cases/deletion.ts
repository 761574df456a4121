// SPDX-License-Identifier: Apache-2.0
import type { ContractArea } from '../ContractCase';
import { at, type Json } from '../Json';
import type { Session } from '../Session';
import { configMap, pod, workload } from './objects';

const HOLD = { finalizers: ['example.com/hold'] };

async function owned(
  api: Session,
  blockOwnerDeletion = false,
): Promise<{ owner: string; child: string }> {
  const maps = api.in('configmaps');
  const { body } = await api.post(maps, configMap('owner'), { quiet: true });
  const reference = {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    name: 'owner',
    uid: at(body, 'metadata', 'uid'),
    blockOwnerDeletion,
  };
  await api.post(
    maps,
    configMap('child', {}, { ownerReferences: [reference] }),
    { quiet: true },
  );
  return { owner: `${maps}/owner`, child: `${maps}/child` };
}

function gone(object: Json | undefined): boolean {
  return object === undefined;
}

function metadataOf(body: Json): Json {
  const names = [
    'name',
    'deletionTimestamp',
    'deletionGracePeriodSeconds',
    'finalizers',
    'ownerReferences',
    'generation',
  ];
  return Object.fromEntries(
    names.map(name => [name, at(body, 'metadata', name) ?? 'none']),
  );
}

const view = metadataOf;

export const deletion: ContractArea = {
  area: 'deletion',
  cases: [
    {
      name: 'a finalizer holds a deleted object until it is removed',
      since: '1.18',
      async run(api) {
        const path = api.in('configmaps', 'one');
        await api.post(api.in('configmaps'), configMap('one', {}, HOLD), {
          quiet: true,
        });
        await api.delete(path, undefined, { view });
        await api.get(path, { view });
        await api.delete(path, undefined, { view });
        await api.patch(path, { data: { still: 'writable' } }, { view });
        await api.patch(path, {
          metadata: { finalizers: ['example.com/hold', 'example.com/late'] },
        });
        await api.post(api.in('configmaps'), configMap('one'));
        await api.patch(path, { metadata: { finalizers: null } }, { view });
        await api.get(path);
      },
      meant: [
        {
          at: '5 PATCH * body.message',
          because: 'the message prints a Go set',
        },
      ],
    },
    {
      name: 'a watch sees a held object modified, then deleted',
      since: '1.18',
      async run(api) {
        const maps = api.in('configmaps');
        const { body } = await api.post(maps, configMap('one', {}, HOLD), {
          quiet: true,
        });
        const version = at(body, 'metadata', 'resourceVersion');
        const watch = await api.watch(
          `${maps}?watch=1&resourceVersion=${version}`,
          { view },
        );
        await api.delete(`${maps}/one`, undefined, { view });
        await api.patch(
          `${maps}/one`,
          { metadata: { finalizers: [] } },
          { view },
        );
        await watch.take(2);
      },
    },
    {
      name: 'objects go in the background after their owner',
      since: '1.18',
      async run(api) {
        const { owner, child } = await owned(api);
        await api.delete(`${owner}?propagationPolicy=Background`);
        await api.settle(child, gone);
        await api.get(owner);
      },
    },
    {
      name: 'in the foreground the owner goes last',
      since: '1.18',
      async run(api) {
        const { owner, child } = await owned(api, true);
        await api.patch(child, { metadata: HOLD }, { quiet: true });
        await api.delete(owner, { propagationPolicy: 'Foreground' }, { view });
        await api.settle(
          child,
          object => at(object, 'metadata', 'deletionTimestamp') !== undefined,
          { view },
        );
        await api.get(owner, { view });
        await api.patch(child, { metadata: { finalizers: null } }, { view });
        await api.settle(owner, gone);
        await api.get(child);
      },
    },
    {
      name: 'orphans stay and lose their owner',
      since: '1.18',
      async run(api) {
        const { owner, child } = await owned(api);
        await api.delete(owner, { propagationPolicy: 'Orphan' }, { view });
        await api.settle(owner, gone);
        await api.settle(
          child,
          object => at(object, 'metadata', 'ownerReferences') === undefined,
          { view },
        );
      },
    },
    {
      name: 'an object whose owner never was goes',
      since: '1.18',
      meant: [
        { at: 'f:ownerReferences.*', because: 'owners are atomic since 1.21' },
      ],
      async run(api) {
        const reference = {
          apiVersion: 'v1',
          kind: 'ConfigMap',
          name: 'never',
          uid: '11111111-1111-1111-1111-111111111111',
        };
        await api.post(
          api.in('configmaps'),
          configMap('child', {}, { ownerReferences: [reference] }),
        );
        await api.settle(api.in('configmaps', 'child'), gone);
      },
    },
    {
      name: 'an object with two owners stays while one of them does',
      since: '1.18',
      async run(api) {
        const maps = api.in('configmaps');
        const references = [];
        for (const name of ['first', 'second']) {
          const { body } = await api.post(maps, configMap(name), {
            quiet: true,
          });
          const uid = at(body, 'metadata', 'uid');
          references.push({ apiVersion: 'v1', kind: 'ConfigMap', name, uid });
        }
        await api.post(
          maps,
          configMap('child', {}, { ownerReferences: references }),
          { quiet: true },
        );
        await api.delete(`${maps}/first`);
        await api.settle(
          `${maps}/child`,
          object => at(object, 'metadata', 'ownerReferences', 1) === undefined,
          { view },
        );
        await api.delete(`${maps}/second`);
        await api.settle(`${maps}/child`, gone);
      },
    },
    {
      name: 'a policy that is none is refused',
      since: '1.18',
      async run(api) {
        const { owner } = await owned(api);
        await api.delete(owner, { propagationPolicy: 'Sideways' });
        await api.delete(owner, {
          propagationPolicy: 'Orphan',
          orphanDependents: true,
        });
        await api.delete(
          owner,
          { gracePeriodSeconds: 5 },
          { view: () => 'ok' },
        );
      },
    },
    {
      name: 'a pod that runs nowhere goes at once',
      since: '1.18',
      async run(api) {
        await api.post(api.in('pods'), pod('p'), { quiet: true });
        await api.delete(api.in('pods', 'p'), undefined, {
          view: body => at(body, 'kind'),
        });
        await api.get(api.in('pods', 'p'));
      },
    },
    {
      name: 'a pod on a node is given its grace, and goes by force',
      since: '1.18',
      async run(api) {
        const name = `gone-${api.ns}`;
        await api.post(
          api.in('pods'),
          pod('p', { nodeName: name, terminationGracePeriodSeconds: 7 }),
          { quiet: true },
        );
        await api.delete(api.in('pods', 'p'), undefined, { view });
        await api.delete(
          api.in('pods', 'p'),
          { gracePeriodSeconds: 3 },
          { view },
        );
        await api.delete(
          api.in('pods', 'p'),
          { gracePeriodSeconds: 0 },
          { view: body => at(body, 'kind') },
        );
        await api.get(api.in('pods', 'p'));
      },
    },
    {
      name: 'a deployment takes its replica set and pods along',
      since: '1.18',
      async run(api) {
        const deployments = api.in('apps/v1/deployments');
        await api.post(deployments, workload('Deployment', 'd'), {
          quiet: true,
        });
        await api.settle(
          `${deployments}/d`,
          object => at(object, 'status', 'replicas') === 1,
          { quiet: true },
        );
        await api.delete(
          `${deployments}/d`,
          { propagationPolicy: 'Foreground' },
          { view: body => at(body, 'metadata', 'finalizers') },
        );
        await api.settle(`${deployments}/d`, gone);
        const names = (body: Json) => at(body, 'items');
        await api.get(api.in('apps/v1/replicasets'), { view: names });
        await api.get(api.in('pods'), { view: names });
      },
    },
    {
      name: 'the default of a collection delete is in the background, too',
      since: '1.18',
      async run(api) {
        const { owner, child } = await owned(api);
        await api.delete(
          `${api.in('configmaps')}?fieldSelector=metadata.name%3Downer`,
          undefined,
          { view: body => at(body, 'kind') },
        );
        await api.settle(owner, gone);
        await api.settle(child, gone);
      },
    },
  ],
};

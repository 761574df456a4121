// SPDX-License-Identifier: Apache-2.0
import type { ContractArea } from '../ContractCase';
import { at, namesOf, type Json } from '../Json';
import type { Session } from '../Session';
import { configMap, pod, workload } from './objects';

function namespace(name: string, more: object = {}) {
  return { apiVersion: 'v1', kind: 'Namespace', metadata: { name }, ...more };
}

async function second(api: Session): Promise<string> {
  const name = `${api.ns}-b`;
  await api.create(api.path('namespaces'), namespace(name), { quiet: true });
  await api.settle(
    api.path('serviceaccounts', 'default', name),
    account => account !== undefined,
    { quiet: true },
  );
  return name;
}

function conditionsOf(body: Json): Json {
  const conditions = at(body, 'status', 'conditions');
  const list = Array.isArray(conditions) ? conditions : [];
  return list.map(condition => ({
    type: at(condition, 'type'),
    status: at(condition, 'status'),
    reason: at(condition, 'reason'),
    message: at(condition, 'message'),
  }));
}

export const namespaces: ContractArea = {
  area: 'namespaces',
  cases: [
    {
      name: 'a new namespace is active, has a finalizer and is filled',
      since: '1.20',
      meant: [
        {
          at: 'managedFields[0].fieldsV1*',
          because: 'a status is not its creator’s since 1.22',
        },
      ],
      async run(api) {
        const name = `${api.ns}-b`;
        await api.create(api.path('namespaces'), namespace(name));
        await api.settle(
          api.path('serviceaccounts', 'default', name),
          account => account !== undefined,
          {
            // Until 1.24 an account had a secret.
            view: account => ({
              kind: at(account, 'kind'),
              name: at(account, 'metadata', 'name'),
            }),
          },
        );
        await api.settle(
          api.path('configmaps', 'kube-root-ca.crt', name),
          map => map !== undefined,
          {
            view: map => String(at(map, 'data', 'ca.crt')).slice(0, 27),
          },
        );
      },
    },
    {
      name: 'a deleted namespace takes all it holds along',
      since: '1.18',
      async run(api) {
        const name = await second(api);
        await api.post(
          api.path('configmaps', undefined, name),
          configMap('a'),
          {
            quiet: true,
          },
        );
        await api.post(api.path('pods', undefined, name), pod('p'), {
          quiet: true,
        });
        await api.post(
          api.path('apps/v1/deployments', undefined, name),
          workload('Deployment', 'd'),
          { quiet: true },
        );
        await api.delete(api.path('namespaces', name), undefined, {
          view: body => ({
            kind: at(body, 'kind'),
            phase: at(body, 'status', 'phase'),
            finalizers: at(body, 'spec', 'finalizers'),
          }),
        });
        await api.settle(
          api.path('namespaces', name),
          object => object === undefined,
        );
        for (const kind of ['configmaps', 'pods', 'apps/v1/deployments'])
          await api.get(api.path(kind, undefined, name), { view: namesOf });
      },
    },
    {
      name: 'a namespace that cannot go says why, and takes nothing new',
      since: '1.18',
      async run(api) {
        const name = await second(api);
        const maps = api.path('configmaps', undefined, name);
        await api.post(
          maps,
          configMap('held', {}, { finalizers: ['example.com/hold'] }),
          { quiet: true },
        );
        const path = api.path('namespaces', name);
        await api.delete(path, undefined, { quiet: true });
        await api.settle(
          path,
          object =>
            at(object, 'status', 'conditions', 0) !== undefined &&
            conditionMessages(object).includes('hold'),
          { view: conditionsOf },
        );
        await api.post(maps, configMap('new'));
        await api.patch(`${maps}/held`, { data: { a: 'b' } }, { quiet: true });
        await api.delete(path, undefined, { view: () => 'again' });
        await api.patch(
          `${maps}/held`,
          { metadata: { finalizers: null } },
          { quiet: true },
        );
        await api.settle(path, object => object === undefined);
      },
      meant: [
        {
          at: 'body[*].message',
          because: 'the message lists what it met last, in any order',
        },
      ],
    },
    {
      name: 'system namespaces may not be deleted',
      since: '1.18',
      async run(api) {
        await api.delete(api.path('namespaces', 'default'));
        await api.delete(api.path('namespaces', 'kube-system'));
        await api.delete(api.path('namespaces'));
      },
    },
    {
      name: 'a namespace is finalized through its own path',
      since: '1.18',
      async run(api) {
        const name = `${api.ns}-c`;
        const path = api.path('namespaces', name);
        await api.create(
          api.path('namespaces'),
          namespace(name, {
            spec: { finalizers: ['example.com/mine', 'kubernetes'] },
          }),
          { view: body => at(body, 'spec') },
        );
        await api.delete(path, undefined, {
          view: body => at(body, 'status', 'phase'),
        });
        await api.settle(
          path,
          object => at(object, 'spec', 'finalizers', 1) === undefined,
          { view: body => at(body, 'spec') },
        );
        await api.put(`${path}/finalize`, namespace(name, { spec: {} }), {
          view: body => at(body, 'spec'),
        });
        await api.settle(path, object => object === undefined);
      },
    },
  ],
};

function conditionMessages(object: Json | undefined): string {
  return JSON.stringify(at(object, 'status', 'conditions') ?? '');
}

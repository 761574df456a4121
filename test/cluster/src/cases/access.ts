// SPDX-License-Identifier: Apache-2.0
import type { ContractArea } from '../ContractCase';
import { at, namesOf } from '../Json';
import { configMap, pod, role, roleBinding, user, workload } from './objects';
import { RBAC, JANE, grant, MARK, kindOf, allowedSoon } from './granting';

export const access: ContractArea = {
  area: 'access',
  cases: [
    {
      name: 'who has no role is forbidden everything, in the words of RBAC',
      since: '1.18',
      async run(api) {
        const as = JANE;
        await api.get(api.in('pods'), { as });
        await api.get(api.in('pods', 'p'), { as });
        await api.post(api.in('configmaps'), configMap('one'), { as });
        await api.delete(api.in('apps/v1/deployments', 'd'), undefined, { as });
        await api.patch(
          api.in('apps/v1/deployments', 'd/scale'),
          { spec: { replicas: 1 } },
          { as },
        );
        await api.get(api.path('nodes'), { as });
        await api.get(api.in('pods', 'p/log'), { as });
        await api.delete(api.in('pods'), undefined, { as });
        await api.watch(`${api.in('pods')}?watch=1`, { as });
        await api.get('/metrics', { as });
      },
    },
    {
      name: 'a role allows its verbs on its resources, in its namespace only',
      since: '1.18',
      async run(api) {
        const as = JANE;
        await grant(
          api,
          {
            apiGroups: [''],
            resources: ['configmaps'],
            verbs: ['get', 'list'],
          },
          { apiGroups: ['apps'], resources: ['*'], verbs: ['*'] },
          MARK,
        );
        const view = kindOf;
        await api.get(api.in('configmaps'), { as, view });
        await api.post(api.in('configmaps'), configMap('one'), { as });
        await api.get(api.in('pods'), { as });
        await api.get(api.path('configmaps'), { as });
        await api.get(api.path('configmaps', undefined, 'default'), { as });
        await api.post(
          api.in('apps/v1/deployments'),
          workload('Deployment', 'd', { replicas: 0 }),
          { as, view },
        );
        await api.get(api.in('apps/v1/deployments', 'd/scale'), { as, view });
      },
    },
    {
      name: 'resource names narrow a rule to objects',
      since: '1.18',
      async run(api) {
        const as = JANE;
        await grant(
          api,
          {
            apiGroups: [''],
            resources: ['configmaps'],
            resourceNames: ['one'],
            verbs: ['get', 'update', 'list', 'delete'],
          },
          MARK,
        );
        await api.post(api.in('configmaps'), configMap('one'), { quiet: true });
        await api.post(api.in('configmaps'), configMap('two'), { quiet: true });
        await api.get(api.in('configmaps', 'one'), { as, view: kindOf });
        await api.get(api.in('configmaps', 'two'), { as });
        await api.get(api.in('configmaps'), { as });
        await api.get(
          `${api.in('configmaps')}?fieldSelector=metadata.name%3Done`,
          { as, view: namesOf },
        );
        await api.put(api.in('configmaps', 'two'), configMap('two'), { as });
        await api.delete(api.in('configmaps', 'one'), undefined, {
          as,
          view: kindOf,
        });
      },
    },
    {
      name: 'subresources have rules of their own',
      since: '1.18',
      async run(api) {
        const as = JANE;
        await grant(
          api,
          {
            apiGroups: ['apps'],
            resources: ['deployments/scale'],
            verbs: ['get', 'patch'],
          },
          { apiGroups: [''], resources: ['pods'], verbs: ['get'] },
          MARK,
        );
        await api.post(
          api.in('apps/v1/deployments'),
          workload('Deployment', 'd', { replicas: 0 }),
          { quiet: true },
        );
        await api.post(api.in('pods'), pod('p'), { quiet: true });
        await api.get(api.in('apps/v1/deployments', 'd'), { as });
        await api.get(api.in('apps/v1/deployments', 'd/scale'), {
          as,
          view: kindOf,
        });
        await api.get(api.in('pods', 'p'), { as, view: kindOf });
        await api.get(api.in('pods', 'p/log'), { as });
      },
    },
    {
      name: 'a cluster role is bound in a namespace, or everywhere',
      since: '1.18',
      meant: [
        { at: 'f:roleRef.*', because: 'references are atomic since 1.21' },
      ],
      async run(api) {
        const as = JANE;
        const name = `${api.ns}-reader`;
        await api.create(
          api.path(`${RBAC}/clusterroles`),
          {
            apiVersion: RBAC,
            kind: 'ClusterRole',
            metadata: { name },
            rules: [
              {
                apiGroups: [''],
                resources: ['nodes', 'configmaps'],
                verbs: ['list'],
              },
              { nonResourceURLs: ['/metrics'], verbs: ['get'] },
            ],
          },
          { quiet: true },
        );
        await grant(api, MARK);
        await api.post(
          api.in(`${RBAC}/rolebindings`),
          roleBinding('c', { kind: 'ClusterRole', name }, [
            { ...user('team'), kind: 'Group' },
          ]),
        );
        await allowedSoon(api, { resource: 'configmaps', namespace: api.ns });
        await api.get(api.in('configmaps'), { as, view: kindOf });
        await api.get(api.path('nodes'), { as });
        await api.create(
          api.path(`${RBAC}/clusterrolebindings`),
          {
            apiVersion: RBAC,
            kind: 'ClusterRoleBinding',
            metadata: { name },
            roleRef: {
              apiGroup: 'rbac.authorization.k8s.io',
              kind: 'ClusterRole',
              name,
            },
            subjects: [user('jane')],
          },
          { quiet: true },
        );
        await allowedSoon(api, { resource: 'nodes' });
        await api.get(api.path('nodes'), { as, view: kindOf });
        await api.get(api.path('configmaps'), { as, view: kindOf });
      },
    },
    {
      name: 'one cannot give what one does not have',
      since: '1.18',
      async run(api) {
        const as = JANE;
        await grant(
          api,
          {
            apiGroups: ['rbac.authorization.k8s.io'],
            resources: ['roles', 'rolebindings'],
            verbs: ['create', 'update', 'patch'],
          },
          { apiGroups: [''], resources: ['configmaps'], verbs: ['get'] },
          MARK,
        );
        const roles = api.in(`${RBAC}/roles`);
        const rules = (resource: string) => [
          { apiGroups: [''], resources: [resource], verbs: ['get'] },
        ];
        await api.post(roles, role('same', rules('configmaps')), {
          as,
          view: kindOf,
        });
        await api.post(roles, role('more', rules('secrets')), { as });
        const bindings = api.in(`${RBAC}/rolebindings`);
        await api.post(
          bindings,
          roleBinding('same', { kind: 'Role', name: 'same' }, [user('bob')]),
          { as, view: kindOf },
        );
        await api.post(
          bindings,
          roleBinding('more', { kind: 'ClusterRole', name: 'admin' }, [
            user('bob'),
          ]),
          { as, view: () => 'any' },
        );
      },
      meant: [
        {
          at: '2 POST *message',
          because: 'the message lists what is missing in a form of its own',
        },
        {
          at: '4 POST *message',
          because: 'the role admin holds more in newer versions',
        },
      ],
    },
    {
      name: 'default roles are there',
      since: '1.18',
      async run(api) {
        for (const name of ['cluster-admin', 'admin', 'edit', 'view'])
          await api.get(api.path(`${RBAC}/clusterroles`, name), {
            view: body => ({
              name: at(body, 'metadata', 'name'),
              labels: at(body, 'metadata', 'labels'),
              aggregates: at(body, 'aggregationRule') ?? 'no',
            }),
          });
      },
    },
  ],
};

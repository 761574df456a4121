// SPDX-License-Identifier: Apache-2.0
import type { ContractArea } from '../ContractCase';
import { at, namesOf, type Json } from '../Json';
import type { Session } from '../Session';
import { configMap, pod, role, roleBinding, user, workload } from './objects';

const RBAC = 'rbac.authorization.k8s.io/v1';
const AUTHZ = '/apis/authorization.k8s.io/v1';
const JANE = { user: 'jane', groups: ['team'] };

async function grant(api: Session, ...rules: readonly object[]) {
  await api.post(api.in(`${RBAC}/roles`), role('r', rules), { quiet: true });
  await api.post(
    api.in(`${RBAC}/rolebindings`),
    roleBinding('b', { kind: 'Role', name: 'r' }, [user('jane')]),
    { quiet: true },
  );
  // The authorizer reads roles from a cache.
  for (let turn = 0; turn < 40; turn += 1) {
    const { body } = await api.post(
      `${AUTHZ}/selfsubjectrulesreviews`,
      review('SelfSubjectRulesReview', { namespace: api.ns }),
      { as: JANE, quiet: true },
    );
    const given = at(body, 'status', 'resourceRules');
    if (Array.isArray(given) && JSON.stringify(given).includes('granted'))
      return;
  }
}

/** Tells in a rules review that the role has arrived. */
const MARK = { apiGroups: ['granted'], resources: ['granted'], verbs: ['get'] };

function review(kind: string, spec: object) {
  return { apiVersion: 'authorization.k8s.io/v1', kind, spec };
}

function kindOf(body: Json): Json | undefined {
  return at(body, 'kind');
}

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
          { apiGroups: [''], resources: ['configmaps'], verbs: ['get', 'list'] },
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
              { apiGroups: [''], resources: ['nodes', 'configmaps'], verbs: ['list'] },
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
      name: 'reviews tell what one may, and why',
      since: '1.18',
      async run(api) {
        await grant(
          api,
          { apiGroups: [''], resources: ['configmaps'], verbs: ['get'] },
          MARK,
        );
        const ask = (verb: string, resource: string) => ({
          resourceAttributes: { namespace: api.ns, verb, resource },
        });
        const self = `${AUTHZ}/selfsubjectaccessreviews`;
        const kind = 'SelfSubjectAccessReview';
        const view = (body: Json) => ({
          kind: at(body, 'kind'),
          spec: at(body, 'spec'),
          status: at(body, 'status'),
        });
        await api.post(self, review(kind, ask('get', 'configmaps')), { as: JANE, view });
        await api.post(self, review(kind, ask('delete', 'configmaps')), { as: JANE, view });
        await api.post(self, review(kind, ask('*', '*')), { view });
        await api.post(
          `${AUTHZ}/subjectaccessreviews`,
          review('SubjectAccessReview', { user: 'jane', ...ask('get', 'configmaps') }),
          { view },
        );
        await api.post(
          `${AUTHZ}/namespaces/${api.ns}/localsubjectaccessreviews`,
          {
            ...review('LocalSubjectAccessReview', { user: 'jane', ...ask('get', 'configmaps') }),
            metadata: { namespace: api.ns },
          },
          { view },
        );
        await api.post(self, review(kind, {}));
        await api.post(`${AUTHZ}/subjectaccessreviews`, review('SubjectAccessReview', ask('get', 'pods')));
        await api.post(
          self,
          review(kind, { nonResourceAttributes: { path: '/metrics', verb: 'get' } }),
          { as: JANE, view },
        );
      },
    },
    {
      name: 'a rules review lists what one may in a namespace',
      since: '1.18',
      async run(api) {
        await grant(
          api,
          { apiGroups: [''], resources: ['configmaps'], verbs: ['get'] },
          {
            apiGroups: [''],
            resources: ['secrets'],
            resourceNames: ['one'],
            verbs: ['get'],
          },
          MARK,
        );
        await api.post(
          `${AUTHZ}/selfsubjectrulesreviews`,
          review('SelfSubjectRulesReview', { namespace: api.ns }),
          {
            as: JANE,
            view: body => {
              const rules = at(body, 'status', 'resourceRules');
              return (Array.isArray(rules) ? rules : [])
                .map(rule => JSON.stringify(rule))
                .filter(rule => /configmaps|secrets/.test(rule))
                .sort();
            },
          },
        );
        await api.post(
          `${AUTHZ}/selfsubjectrulesreviews`,
          review('SelfSubjectRulesReview', {}),
        );
      },
    },
    {
      name: 'to act as another one must be allowed to',
      since: '1.18',
      async run(api) {
        await api.get(api.in('pods'), {
          as: { user: 'system:serviceaccount:x:y' },
        });
        await api.get(api.in('pods'), {
          headers: { 'impersonate-group': 'team' },
        });
        const { body } = await api.post(
          `${api.in('serviceaccounts', 'default/token')}`,
          {
            apiVersion: 'authentication.k8s.io/v1',
            kind: 'TokenRequest',
            spec: {},
          },
          { quiet: true },
        );
        const authorization = `Bearer ${at(body, 'status', 'token')}`;
        await api.get(api.in('pods'), {
          headers: { authorization, 'impersonate-user': 'jane' },
        });
        await api.get(api.in('pods'), { headers: { authorization } });
        await api.get(api.in('pods'), {
          as: { user: 'root', groups: ['system:masters'] },
          view: kindOf,
        });
      },
    },
    {
      name: 'who is not known is not authorised, or anonymous',
      since: '1.18',
      async run(api) {
        await api.get(api.in('pods'), {
          headers: { authorization: 'Bearer nonsense' },
        });
        await api.get(api.in('pods'), {
          as: { user: 'system:anonymous', groups: ['system:unauthenticated'] },
        });
      },
    },
    {
      name: 'a token is asked for an account',
      since: '1.20',
      async run(api) {
        const path = api.in('serviceaccounts', 'default/token');
        const request = (spec: object) => ({
          apiVersion: 'authentication.k8s.io/v1',
          kind: 'TokenRequest',
          spec,
        });
        const view = (body: Json) => ({
          kind: at(body, 'kind'),
          spec: at(body, 'spec'),
          token: String(at(body, 'status', 'token')).split('.').length,
          expires: at(body, 'status', 'expirationTimestamp'),
          claims: claimsOf(body),
        });
        await api.post(path, request({ expirationSeconds: 600 }), { view });
        await api.post(path, request({ expirationSeconds: 60 }));
        await api.post(path, request({ audiences: ['a', 'b'] }), { view });
        await api.post(
          api.in('serviceaccounts', 'none/token'),
          request({}),
        );
      },
    },
    {
      name: 'a token review tells whose token it is',
      since: '1.20',
      async run(api) {
        const { body } = await api.post(
          api.in('serviceaccounts', 'default/token'),
          {
            apiVersion: 'authentication.k8s.io/v1',
            kind: 'TokenRequest',
            spec: {},
          },
          { quiet: true },
        );
        const ask = (token: Json | undefined) =>
          api.post(
            '/apis/authentication.k8s.io/v1/tokenreviews',
            {
              apiVersion: 'authentication.k8s.io/v1',
              kind: 'TokenReview',
              spec: { token },
            },
            { view: answer => at(answer, 'status') },
          );
        await ask(at(body, 'status', 'token'));
        await ask('nonsense');
      },
      meant: [
        {
          at: '1 POST *extra*',
          because: 'tokens tell their id and node since 1.30',
        },
        { at: '2 POST *error', because: 'the parser’s words changed' },
      ],
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
    {
      name: 'one may ask who one is',
      since: '1.28',
      async run(api) {
        const { status, body } = await api.post(
          '/apis/authentication.k8s.io/v1/selfsubjectreviews',
          {
            apiVersion: 'authentication.k8s.io/v1',
            kind: 'SelfSubjectReview',
          },
          { as: JANE },
        );
        api.expect('status', status, 201);
        api.expect('user', at(body, 'status', 'userInfo'), {
          username: 'jane',
          groups: ['team', 'system:authenticated'],
        });
      },
    },
  ],
};

async function allowedSoon(
  api: Session,
  { resource, namespace }: { resource: string; namespace?: string },
): Promise<void> {
  for (let turn = 0; turn < 40; turn += 1) {
    const { body } = await api.post(
      `${AUTHZ}/selfsubjectaccessreviews`,
      review('SelfSubjectAccessReview', {
        resourceAttributes: { verb: 'list', resource, namespace },
      }),
      { as: JANE, quiet: true },
    );
    if (at(body, 'status', 'allowed') === true) return;
  }
}

function claimsOf(body: Json): Json {
  const [, part = ''] = String(at(body, 'status', 'token')).split('.');
  const claims: Json = JSON.parse(
    Buffer.from(part, 'base64url').toString() || '{}',
  );
  return {
    audience: at(claims, 'aud'),
    subject: at(claims, 'sub'),
    issuer: at(claims, 'iss'),
    account: at(claims, 'kubernetes.io', 'serviceaccount', 'name'),
  };
}

// SPDX-License-Identifier: Apache-2.0
import type { ContractArea } from '../ContractCase';
import { at, type Json } from '../Json';
import { AUTHZ, JANE, grant, MARK, review, kindOf, claimsOf } from './granting';

export const reviews: ContractArea = {
  area: 'reviews',
  cases: [
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
        await api.post(self, review(kind, ask('get', 'configmaps')), {
          as: JANE,
          view,
        });
        await api.post(self, review(kind, ask('delete', 'configmaps')), {
          as: JANE,
          view,
        });
        await api.post(self, review(kind, ask('*', '*')), { view });
        await api.post(
          `${AUTHZ}/subjectaccessreviews`,
          review('SubjectAccessReview', {
            user: 'jane',
            ...ask('get', 'configmaps'),
          }),
          { view },
        );
        await api.post(
          `${AUTHZ}/namespaces/${api.ns}/localsubjectaccessreviews`,
          {
            ...review('LocalSubjectAccessReview', {
              user: 'jane',
              ...ask('get', 'configmaps'),
            }),
            metadata: { namespace: api.ns },
          },
          { view },
        );
        await api.post(self, review(kind, {}));
        await api.post(
          `${AUTHZ}/subjectaccessreviews`,
          review('SubjectAccessReview', ask('get', 'pods')),
        );
        await api.post(
          self,
          review(kind, {
            nonResourceAttributes: { path: '/metrics', verb: 'get' },
          }),
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
        const token = String(at(body, 'status', 'token'));
        await api.get(api.in('pods'), { token, as: { user: 'jane' } });
        await api.get(api.in('pods'), { token });
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
        await api.get(api.in('pods'), { token: 'nonsense' });
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
        await api.post(api.in('serviceaccounts', 'none/token'), request({}));
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

// SPDX-License-Identifier: Apache-2.0
import type { Kubesim } from '../Kubesim';
import { startKubesim } from '../startKubesim';

const GROUP = 'rbac.authorization.k8s.io';
const WHOAMI = '/apis/authentication.k8s.io/v1/selfsubjectreviews';
const ROOT = { authorization: 'Bearer root' };
const ADA = { authorization: 'Bearer ada' };
const PODS = { namespace: 'default', verb: 'list', resource: 'pods' };

describe('who is asked about', () => {
  let sim: Kubesim;

  beforeAll(async () => {
    sim = await startKubesim({
      tokens: [
        { token: 'root', user: 'root', access: 'admin' },
        { token: 'ada', user: 'ada' },
      ],
    });
    sim.objects.create(`clusterroles.${GROUP}`, {
      apiVersion: `${GROUP}/v1`,
      kind: 'ClusterRole',
      metadata: { name: 'stand-in' },
      rules: [
        {
          apiGroups: [''],
          resources: ['users'],
          resourceNames: ['bob'],
          verbs: ['impersonate'],
        },
      ],
    });
    bind('stand-in', 'ada');
    bind('view', 'bob');
    bind('missing', 'eve');
  });
  afterAll(() => sim.stop());

  function bind(name: string, user: string) {
    sim.objects.create(`clusterrolebindings.${GROUP}`, {
      apiVersion: `${GROUP}/v1`,
      kind: 'ClusterRoleBinding',
      metadata: { name: `${name}-${user}` },
      roleRef: { apiGroup: GROUP, kind: 'ClusterRole', name },
      subjects: [{ kind: 'User', apiGroup: GROUP, name: user }],
    });
  }
  async function call(path: string, headers: HeadersInit, body?: object) {
    const response = await fetch(sim.url + path, {
      method: body ? 'POST' : 'GET',
      headers: { ...headers, 'content-type': 'application/json' },
      body: body && JSON.stringify(body),
    });
    const text = await response.text();
    const answer = text.startsWith('{') ? JSON.parse(text) : text;
    return { status: response.status, body: answer };
  }
  const whoami = async (headers: HeadersInit) => {
    const { body } = await call(WHOAMI, headers, {});
    return body.status?.userInfo ?? body.message;
  };
  const ask = async (
    kind: string,
    spec: object,
    headers: HeadersInit = ROOT,
  ) => {
    const group = kind.startsWith('localsubject')
      ? 'authorization.k8s.io/v1/namespaces/default'
      : 'authorization.k8s.io/v1';
    return (await call(`/apis/${group}/${kind}`, headers, { spec })).body;
  };

  it('is the impersonated user, with groups, uid and extra', async () => {
    expect(
      await whoami({
        ...ROOT,
        'impersonate-user': 'carl',
        'impersonate-group': 'dev',
        'impersonate-uid': 'u-1',
        'impersonate-extra-example.com%2Fscopes': 'read',
      }),
    ).toEqual({
      username: 'carl',
      uid: 'u-1',
      groups: ['dev', 'system:authenticated'],
      extra: { 'example.com/scopes': ['read'] },
    });
  });

  it('is a service account with the groups of its namespace', async () => {
    const user = 'system:serviceaccount:shop:robot';
    expect(await whoami({ ...ROOT, 'impersonate-user': user })).toEqual({
      username: user,
      groups: [
        'system:serviceaccounts',
        'system:serviceaccounts:shop',
        'system:authenticated',
      ],
    });
  });

  it('is only who the caller may impersonate', async () => {
    expect(await whoami({ ...ADA, 'impersonate-user': 'bob' })).toMatchObject({
      username: 'bob',
    });
    expect(await whoami({ ...ADA, 'impersonate-user': 'carl' })).toBe(
      'users "carl" is forbidden: User "ada" cannot impersonate resource "users" in API group "" at the cluster scope',
    );
    const more = { ...ADA, 'impersonate-user': 'bob' };
    expect(await whoami({ ...more, 'impersonate-group': 'dev' })).toContain(
      'groups "dev" is forbidden',
    );
    expect(await whoami({ ...more, 'impersonate-extra-a': 'b' })).toBe(
      'userextras.authentication.k8s.io "b" is forbidden: User "ada" cannot impersonate resource "userextras/a" in API group "authentication.k8s.io" at the cluster scope',
    );
    const nobody = await call(WHOAMI, { ...ADA, 'impersonate-group': 'dev' });
    expect(nobody).toEqual({
      status: 500,
      body: `Internal Server Error: "${WHOAMI}": requested [{Group  dev    }] without impersonating a user\n`,
    });
  });

  it('loses the rights of the impersonator', async () => {
    const bob = { ...ADA, 'impersonate-user': 'bob' };
    expect((await call('/api/v1/pods', bob)).status).toBe(200);
    expect((await call('/api/v1/pods', ADA)).status).toBe(403);
    expect((await call('/api/v1/secrets', bob)).status).toBe(403);
  });

  it('may ask about itself, and administrators about others, with the reason', async () => {
    const reason =
      'RBAC: allowed by ClusterRoleBinding "view-bob" of ClusterRole "view" to User "bob"';
    const subject = { user: 'bob', resourceAttributes: PODS };
    const allowed = { allowed: true, reason };
    expect((await ask('subjectaccessreviews', subject)).status).toEqual(
      allowed,
    );
    expect((await ask('localsubjectaccessreviews', subject)).status).toEqual(
      allowed,
    );
    const other = { ...subject, user: 'carl' };
    expect((await ask('subjectaccessreviews', other)).status).toEqual({
      allowed: false,
    });
    const own = { resourceAttributes: PODS };
    expect(
      (await ask('selfsubjectaccessreviews', own, ADA)).status.allowed,
    ).toBe(false);
    expect((await ask('subjectaccessreviews', subject, ADA)).reason).toBe(
      'Forbidden',
    );
    const path = {
      groups: ['system:masters'],
      nonResourceAttributes: { path: '/x', verb: 'get' },
    };
    expect((await ask('subjectaccessreviews', path)).status).toEqual({
      allowed: true,
    });
  });

  it.each([
    [
      'subjectaccessreviews',
      { user: 'bob' },
      '.authorization.k8s.io "" is invalid: spec.resourceAttributes: Invalid value: "null": exactly one of nonResourceAttributes or resourceAttributes must be specified',
    ],
    [
      'subjectaccessreviews',
      { resourceAttributes: PODS },
      '.authorization.k8s.io "" is invalid: spec.user: Invalid value: "": at least one of user or group must be specified',
    ],
    [
      'localsubjectaccessreviews',
      { user: 'bob', resourceAttributes: { ...PODS, namespace: 'other' } },
      '.authorization.k8s.io "" is invalid: spec.resourceAttributes.namespace: Invalid value: "other": must match metadata.namespace',
    ],
    ['selfsubjectrulesreviews', {}, 'no namespace on request'],
  ])(
    'refuses %s of %j as the real server does',
    async (kind, spec, message) => {
      expect((await ask(kind, spec)).message).toBe(message);
    },
  );

  it('gets its rules listed, and what could not be read', async () => {
    const rules = async (user: string) =>
      (
        await ask(
          'selfsubjectrulesreviews',
          { namespace: 'default' },
          { ...ROOT, 'impersonate-user': user },
        )
      ).status;
    const bob = await rules('bob');
    expect(bob.incomplete).toBe(false);
    expect(bob.resourceRules).toContainEqual({
      verbs: ['get', 'list', 'watch'],
      apiGroups: [''],
      resources: ['namespaces'],
    });
    expect(bob.nonResourceRules).toContainEqual({
      verbs: ['get'],
      nonResourceURLs: [
        '/healthz',
        '/livez',
        '/readyz',
        '/version',
        '/version/',
      ],
    });
    expect(await rules('eve')).toMatchObject({
      incomplete: true,
      evaluationError:
        'clusterrole.rbac.authorization.k8s.io "missing" not found',
    });
  });
});

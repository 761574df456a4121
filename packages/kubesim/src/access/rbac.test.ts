// SPDX-License-Identifier: Apache-2.0
import type { Kubesim } from '../Kubesim';
import { startKubesim } from '../startKubesim';
import { HttpClient } from '../testing/HttpClient';

const GROUP = 'rbac.authorization.k8s.io';
const NAMESPACED = `/apis/${GROUP}/v1/namespaces/default`;
const PODS = '/api/v1/namespaces/default/pods';
const READ_PODS = { apiGroups: [''], resources: ['pods'], verbs: ['list'] };

describe('roles and bindings', () => {
  let sim: Kubesim;
  let http: HttpClient;

  beforeEach(async () => {
    sim = await startKubesim({
      tokens: [
        { token: 'bob', user: 'bob', groups: ['team'] },
        { token: 'root', user: 'root', access: 'admin' },
      ],
    });
    http = new HttpClient(sim);
  });
  afterEach(() => sim.stop());

  function role(name: string, rules: object[], labels?: object) {
    const namespaced = labels === undefined;
    const kind = namespaced ? 'Role' : 'ClusterRole';
    return {
      apiVersion: `${GROUP}/v1`,
      kind,
      metadata: {
        name,
        ...(namespaced ? { namespace: 'default' } : { labels: { ...labels } }),
      },
      rules,
    };
  }
  function grant(roleKind: string, name: string, subject: object) {
    return sim.objects.create(`rolebindings.${GROUP}`, {
      apiVersion: `${GROUP}/v1`,
      kind: 'RoleBinding',
      metadata: { name: `${name}-binding`, namespace: 'default' },
      roleRef: { apiGroup: GROUP, kind: roleKind, name },
      subjects: [subject],
    });
  }
  const give = (rules: object[]) => {
    sim.objects.create(`roles.${GROUP}`, role('own', rules));
    grant('Role', 'own', { kind: 'User', name: 'bob' });
  };
  const asBob = (path: string, method = 'GET', body?: object) =>
    http.call(path, { token: 'bob', method, body });
  const status = async (path: string, method?: string, body?: object) =>
    (await asBob(path, method, body)).status;

  it('count from the moment they are written until they are gone', async () => {
    expect(await status(PODS)).toBe(403);
    give([READ_PODS]);
    expect(await status(PODS)).toBe(200);
    expect(await status('/api/v1/pods')).toBe(403);
    sim.objects.modify(
      `roles.${GROUP}`,
      { namespace: 'default', name: 'own' },
      draft => void (draft.rules = []),
    );
    expect(await status(PODS)).toBe(403);
  });

  it('speak of groups, and of everything with a star', async () => {
    sim.objects.create(
      `roles.${GROUP}`,
      role('all', [{ apiGroups: ['*'], resources: ['*'], verbs: ['*'] }]),
    );
    grant('Role', 'all', { kind: 'Group', name: 'team' });
    expect(await status(`${PODS}/p/log`)).toBe(404);
    expect(await status('/apis/apps/v1/namespaces/default/deployments')).toBe(
      200,
    );
    expect(await status('/api/v1/namespaces/default')).toBe(200);
    expect(await status('/api/v1/namespaces')).toBe(403);
  });

  it('may be about single objects and single subresources', async () => {
    give([
      { ...READ_PODS, verbs: ['get', 'list'], resourceNames: ['p'] },
      { ...READ_PODS, resources: ['*/log'], verbs: ['get'] },
    ]);
    expect(await status(`${PODS}/p`)).toBe(404);
    expect(await status(`${PODS}/q`)).toBe(403);
    expect(await status(`${PODS}/q/log`)).toBe(404);
    expect(await status(PODS)).toBe(403);
    expect(await status(`${PODS}?fieldSelector=metadata.name%3Dp`)).toBe(200);
  });

  it('are refused in the words of the real server', async () => {
    const message = async (path: string, method?: string) =>
      (await asBob(path, method)).body.message;
    expect(
      await message('/apis/apps/v1/namespaces/default/deployments/x'),
    ).toBe(
      'deployments.apps "x" is forbidden: User "bob" cannot get resource "deployments" in API group "apps" in the namespace "default"',
    );
    expect(await message('/api/v1/nodes')).toBe(
      'nodes is forbidden: User "bob" cannot list resource "nodes" in API group "" at the cluster scope',
    );
    expect(await message('/metrics')).toBe(
      'forbidden: User "bob" cannot get path "/metrics"',
    );
    expect(await message(PODS, 'DELETE')).toContain('cannot deletecollection');
    expect(await message('/apis/nowhere.io/v1/things')).toContain(
      'things.nowhere.io is forbidden',
    );
    grant('ClusterRole', 'nope', { kind: 'User', name: 'bob' });
    expect(await message(PODS)).toBe(
      'pods is forbidden: User "bob" cannot list resource "pods" in API group "" in the namespace "default": RBAC: clusterrole.rbac.authorization.k8s.io "nope" not found',
    );
  });

  it('gather the rules of labelled roles', async () => {
    grant('ClusterRole', 'view', { kind: 'User', name: 'bob' });
    const widgets = '/apis/example.com/v1/namespaces/default/widgets';
    expect(await status(widgets)).toBe(403);
    const rule = {
      apiGroups: ['example.com'],
      resources: ['widgets'],
      verbs: ['list'],
    };
    const labels = { [`${GROUP}/aggregate-to-view`]: 'true' };
    sim.objects.create(
      `clusterroles.${GROUP}`,
      role('widgets', [rule], labels),
    );
    expect(await status(widgets)).toBe(404);
    expect(await status(PODS)).toBe(200);
    expect(await status('/api/v1/namespaces/default/secrets')).toBe(403);
    const admin = sim.objects.get(`clusterroles.${GROUP}`, { name: 'admin' });
    expect(admin?.rules).toContainEqual(rule);
  });

  it('cannot give more than their writer has', async () => {
    const write = {
      apiGroups: [GROUP],
      resources: ['roles', 'rolebindings'],
      verbs: ['create', 'update'],
    };
    give([write, { ...READ_PODS, verbs: ['get'] }]);
    const wanted = [
      { apiGroups: ['', 'apps'], resources: ['pods'], verbs: ['get', 'list'] },
    ];
    const refused = await asBob(
      `${NAMESPACED}/roles`,
      'POST',
      role('more', wanted),
    );
    expect(refused.body.message).toBe(
      `roles.${GROUP} "more" is forbidden: user "bob" (groups=["team" "system:authenticated"]) is attempting to grant RBAC permissions not currently held:\n{APIGroups:[""], Resources:["pods"], Verbs:["list"]}\n{APIGroups:["apps"], Resources:["pods"], Verbs:["get" "list"]}`,
    );
    const held = [{ ...READ_PODS, verbs: ['get'] }];
    expect(
      await status(`${NAMESPACED}/roles`, 'POST', role('same', held)),
    ).toBe(201);
    const binding = (name: string) => ({
      apiVersion: `${GROUP}/v1`,
      kind: 'RoleBinding',
      metadata: { name: 'b' },
      roleRef: { apiGroup: GROUP, kind: 'ClusterRole', name },
    });
    const path = `${NAMESPACED}/rolebindings`;
    expect((await asBob(path, 'POST', binding('view'))).body.message).toContain(
      'rolebindings.rbac.authorization.k8s.io "b" is forbidden: user "bob"',
    );
    expect((await asBob(path, 'POST', binding('nope'))).body.message).toBe(
      'clusterroles.rbac.authorization.k8s.io "nope" not found',
    );
  });

  it('may be given by who may escalate or bind', async () => {
    give([
      {
        apiGroups: [GROUP],
        resources: ['roles', 'rolebindings'],
        verbs: ['create'],
      },
      { apiGroups: [GROUP], resources: ['roles'], verbs: ['escalate'] },
      {
        apiGroups: [GROUP],
        resources: ['clusterroles'],
        verbs: ['bind'],
        resourceNames: ['view'],
      },
    ]);
    const roles = `${NAMESPACED}/roles`;
    expect(await status(roles, 'POST', role('more', [READ_PODS]))).toBe(201);
    const bind = (name: string) =>
      status(`${NAMESPACED}/rolebindings`, 'POST', {
        apiVersion: `${GROUP}/v1`,
        kind: 'RoleBinding',
        metadata: { name },
        roleRef: { apiGroup: GROUP, kind: 'ClusterRole', name },
      });
    expect(await bind('view')).toBe(201);
    expect(await bind('edit')).toBe(403);
  });
});

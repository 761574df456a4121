// SPDX-License-Identifier: Apache-2.0
import { request } from 'node:https';
import { parse } from 'yaml';
import type { Kubesim } from '../Kubesim';
import { startKubesim } from '../startKubesim';
import { HttpClient } from '../testing/HttpClient';
import { createVirtualClock } from '../time/createVirtualClock';

const PODS = '/api/v1/namespaces/default/pods';
const WHOAMI = '/apis/authentication.k8s.io/v1/selfsubjectreviews';
const REVIEW = {
  apiVersion: 'authentication.k8s.io/v1',
  kind: 'SelfSubjectReview',
};
const RBAC = 'rbac.authorization.k8s.io';

type Answer = { status: number; body: ReturnType<typeof JSON.parse> };

/** A request with the certificates of a kubeconfig, as kubectl makes it. */
function withKubeconfig(
  kubeconfig: string,
  path: string,
  { method = 'GET', anonymous = false } = {},
): Promise<Answer> {
  const { clusters, users } = parse(kubeconfig);
  const { cluster } = clusters[0];
  const { user } = users[0];
  const pem = (key: string) => Buffer.from(user[key], 'base64').toString();
  return new Promise((resolve, reject) => {
    const call = request(
      cluster.server + path,
      {
        method,
        agent: false,
        ca: Buffer.from(cluster['certificate-authority-data'], 'base64'),
        ...(!anonymous && {
          cert: pem('client-certificate-data'),
          key: pem('client-key-data'),
        }),
        headers: { 'content-type': 'application/json' },
      },
      response => {
        let text = '';
        response.on('data', chunk => (text += chunk));
        response.on('end', () =>
          resolve({
            status: response.statusCode ?? 0,
            body: JSON.parse(text),
          }),
        );
      },
    );
    call.on('error', reject);
    call.end(method === 'POST' ? JSON.stringify(REVIEW) : undefined);
  });
}

describe('who calls over HTTPS', () => {
  let sim: Kubesim;

  beforeAll(async () => {
    sim = await startKubesim({ tls: true });
  });
  afterAll(() => sim.stop());

  it('is the user and the groups a client certificate names', async () => {
    const ada = sim.kubeconfigFor({ user: 'ada', groups: ['team', 'dev'] });
    const { body } = await withKubeconfig(ada, WHOAMI, { method: 'POST' });
    expect(body.status.userInfo).toEqual({
      username: 'ada',
      groups: ['team', 'dev', 'system:authenticated'],
    });
    expect((await withKubeconfig(ada, PODS)).body.message).toBe(
      'pods is forbidden: User "ada" cannot list resource "pods" in API group "" in the namespace "default"',
    );
  });

  it('may do everything with the kubeconfig of the simulator', async () => {
    expect((await withKubeconfig(sim.kubeconfig, PODS)).status).toBe(200);
    expect(sim.certificateAuthority).toContain('BEGIN CERTIFICATE');
  });

  it('is refused with a certificate of another authority', async () => {
    const other = await startKubesim({ tls: true });
    try {
      const [own, foreign] = [sim, other].map(each => parse(each.kubeconfig));
      const mixed = JSON.stringify({ ...foreign, clusters: own.clusters });
      expect((await withKubeconfig(mixed, PODS)).status).toBe(401);
    } finally {
      await other.stop();
    }
  });

  it('is anonymous without a certificate', async () => {
    const nobody = { anonymous: true };
    const { body } = await withKubeconfig(sim.kubeconfig, PODS, nobody);
    expect(body.message).toContain('User "system:anonymous" cannot list');
  });
});

describe('who calls without credentials', () => {
  it('may read versions and nothing else, as on the real server', async () => {
    const sim = await startKubesim();
    const status = async (path: string) => (await fetch(sim.url + path)).status;
    expect(await status('/version')).toBe(200);
    expect(await status('/metrics')).toBe(403);
    expect(await status('/apis/nowhere.io/v1/things')).toBe(403);
    await sim.stop();
  });

  it('is refused where anonymous callers are off', async () => {
    const sim = await startKubesim({ anonymous: false });
    expect((await fetch(`${sim.url}/version`)).status).toBe(401);
    await sim.stop();
  });
});

describe('a token of a service account', () => {
  const TOKEN = '/api/v1/namespaces/default/serviceaccounts/robot/token';
  const clock = createVirtualClock(Date.UTC(2026, 0, 1));
  let sim: Kubesim;
  let http: HttpClient;

  beforeEach(async () => {
    sim = await startKubesim({ clock });
    http = new HttpClient(sim);
    sim.objects.create('serviceaccounts', {
      apiVersion: 'v1',
      kind: 'ServiceAccount',
      metadata: { name: 'robot', namespace: 'default' },
    });
  });
  afterEach(() => sim.stop());

  const issue = async (spec: object = {}) =>
    (await http.post(TOKEN, { spec })).body;
  const whoami = (token: string) =>
    http.call(WHOAMI, { method: 'POST', body: REVIEW, token });

  it('stands for the account, its namespace and its groups', async () => {
    const { status } = await issue();
    expect(status.expirationTimestamp).toBe('2026-01-01T01:00:00Z');
    const { body } = await whoami(status.token);
    expect(body.status.userInfo).toMatchObject({
      username: 'system:serviceaccount:default:robot',
      groups: [
        'system:serviceaccounts',
        'system:serviceaccounts:default',
        'system:authenticated',
      ],
    });
    sim.objects.create(`rolebindings.${RBAC}`, {
      apiVersion: `${RBAC}/v1`,
      kind: 'RoleBinding',
      metadata: { name: 'robots', namespace: 'default' },
      roleRef: { apiGroup: RBAC, kind: 'ClusterRole', name: 'view' },
      subjects: [
        { kind: 'ServiceAccount', name: 'robot', namespace: 'default' },
      ],
    });
    expect((await http.call(PODS, { token: status.token })).status).toBe(200);
  });

  it('ends at its time, and with its account', async () => {
    const short = (await issue({ expirationSeconds: 600 })).status.token;
    const long = (await issue()).status.token;
    clock.advance(601_000);
    expect((await whoami(short)).status).toBe(401);
    expect((await whoami(long)).status).toBe(201);
    sim.objects.delete('serviceaccounts', {
      namespace: 'default',
      name: 'robot',
    });
    expect((await whoami(long)).status).toBe(401);
  });

  it('is good for its audience only', async () => {
    const { token } = (await issue({ audiences: ['vault'] })).status;
    expect((await whoami(token)).status).toBe(401);
    const ask = async (audiences?: string[]) =>
      (
        await http.post('/apis/authentication.k8s.io/v1/tokenreviews', {
          spec: { token, audiences },
        })
      ).body.status;
    expect(await ask(['vault', 'other'])).toMatchObject({
      authenticated: true,
      audiences: ['vault'],
    });
    expect(await ask()).toEqual({ user: {}, error: 'invalid bearer token' });
  });

  it('is refused when changed, and asked for too short a time', async () => {
    const { token } = (await issue()).status;
    expect((await whoami(`${token.slice(0, -4)}AAAA`)).status).toBe(401);
    expect((await issue({ expirationSeconds: 5 })).message).toBe(
      'TokenRequest.authentication.k8s.io "" is invalid: spec.expirationSeconds: Invalid value: 5: may not specify a duration less than 10 minutes',
    );
  });

  it('is kept in a secret made for it, and goes with the account', async () => {
    const where = { namespace: 'default', name: 'robot-token' };
    sim.objects.create('secrets', {
      apiVersion: 'v1',
      kind: 'Secret',
      type: 'kubernetes.io/service-account-token',
      metadata: {
        ...where,
        annotations: { 'kubernetes.io/service-account.name': 'robot' },
      },
    });
    const data = sim.objects.get('secrets', where)?.data;
    const { token, ...rest } = JSON.parse(JSON.stringify(data));
    expect(Object.keys(rest).sort()).toEqual(['ca.crt', 'namespace']);
    const text = Buffer.from(token, 'base64').toString();
    clock.advance(365 * 24 * 3_600_000);
    expect((await whoami(text)).body.status.userInfo.username).toBe(
      'system:serviceaccount:default:robot',
    );
    sim.objects.delete('serviceaccounts', {
      namespace: 'default',
      name: 'robot',
    });
    expect(sim.objects.get('secrets', where)).toBeUndefined();
    expect((await whoami(text)).status).toBe(401);
  });

  it('can end with a pod', async () => {
    const where = { namespace: 'default', name: 'p' };
    const boundObjectRef = { kind: 'Pod', apiVersion: 'v1', name: 'p' };
    expect((await issue({ boundObjectRef })).message).toBe(
      'pods "p" not found',
    );
    sim.objects.create('pods', {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: where,
      spec: { containers: [{ name: 'main', image: 'web:1' }] },
    });
    const { token } = (await issue({ boundObjectRef })).status;
    expect((await whoami(token)).status).toBe(201);
    sim.objects.delete('pods', where);
    expect((await whoami(token)).status).toBe(401);
  });
});

// SPDX-License-Identifier: Apache-2.0
import { parse } from 'yaml';
import type { Kubesim } from '../Kubesim';
import { startKubesim } from '../startKubesim';
import { Kubectl } from '../testing/Kubectl';

const WIDE = 30_000;

describe('kubectl and what one may', () => {
  let sim: Kubesim;
  let kubectl: Kubectl;
  let config: string;
  const run = (...args: string[]) => kubectl.run(config, ...args);
  const canI = (...args: string[]) =>
    run('auth', 'can-i', ...args).catch(error => error.stdout);

  beforeAll(async () => {
    sim = await startKubesim({ tls: true });
    kubectl = await Kubectl.start(sim.url);
    const admin = await kubectl.manifest('admin', parse(sim.kubeconfig));
    config = `--kubeconfig=${admin}`;
    await run('create', 'rolebinding', 'b', '--clusterrole=view', '--user=bob');
  }, WIDE);
  afterAll(async () => {
    await kubectl?.stop();
    await sim?.stop();
  });

  it(
    'asks over HTTPS with a client certificate, for itself and for others',
    async () => {
      expect(await canI('create', 'pods')).toBe('yes\n');
      expect(await canI('list', 'pods', '--as=bob')).toBe('yes\n');
      expect(await canI('list', 'pods', '--as=bob', '-n', 'kube-system')).toBe(
        'no\n',
      );
      expect(await canI('get', '/metrics', '--as=bob')).toBe('no\n');
      expect(await canI('get', 'pods', '--subresource=log', '--as=bob')).toBe(
        'yes\n',
      );
    },
    WIDE,
  );

  it(
    'lists what one may, and says who one is',
    async () => {
      const list = await run('auth', 'can-i', '--list', '--as=bob');
      expect(list).toMatch(/^pods\s+\[\]\s+\[\]\s+\[get list watch\]$/m);
      expect(list).toMatch(/^\s+\[\/version\]\s+\[\]\s+\[get\]$/m);
      const who = await run('auth', 'whoami', '--as=bob', '--as-group=team');
      expect(who).toMatch(/Username\s+bob/);
      expect(who).toMatch(/Groups\s+\[team system:authenticated\]/);
    },
    WIDE,
  );

  it(
    'makes a token that stands for a service account',
    async () => {
      const token = (await run('create', 'token', 'default')).trim();
      const user = await run('auth', 'whoami', `--token=${token}`);
      // A certificate goes before a token.
      expect(user).toContain('kubernetes-admin');
      const review = await fetchAs(token);
      expect(review).toBe('system:serviceaccount:default:default');
    },
    WIDE,
  );

  async function fetchAs(token: string): Promise<string> {
    const text = await run(
      ...['create', '--raw', '/apis/authentication.k8s.io/v1/tokenreviews'],
      ...['-f', await kubectl.manifest('review', { spec: { token } })],
    );
    return JSON.parse(text).status.user.username;
  }
});

// SPDX-License-Identifier: Apache-2.0
import type { Kubesim } from '../Kubesim';
import { parseScenario } from '../scenario/parseScenario';
import { startKubesim } from '../startKubesim';
import { HttpClient } from '../testing/HttpClient';
import { Kubectl } from '../testing/Kubectl';
import {
  createVirtualClock,
  type VirtualClock,
} from '../time/createVirtualClock';

const SCENARIO = `
clusterName: web
nodes: [{ name: node-1 }, { name: node-2 }]
namespaces:
  - name: shop
    workloads:
      - { kind: Deployment, name: web, release: '1', image: web, replicas: 3, service: { port: 80 } }
      - { kind: Deployment, name: down, release: '1', image: web, service: { port: 80 }, behaviour: { type: notReady } }
`;
const SHOP = '/api/v1/namespaces/shop';
const BUDGETS = '/apis/policy/v1/namespaces/shop/poddisruptionbudgets';

describe('subresources of pods and services', () => {
  let sim: Kubesim;
  let clock: VirtualClock;
  let http: HttpClient;

  beforeEach(async () => {
    clock = createVirtualClock(Date.parse('2026-11-21T10:00:00Z'));
    const scenario = parseScenario(SCENARIO, 'web.yaml');
    sim = await startKubesim({ scenario, clock });
    http = new HttpClient(sim);
  });
  afterEach(() => sim.stop());

  const webs = () =>
    sim.objects
      .list('pods', 'shop')
      .filter(
        ({ metadata }) =>
          metadata.labels?.['app.kubernetes.io/name'] === 'web' &&
          !metadata.deletionTimestamp,
      )
      .map(({ metadata }) => metadata.name);
  const budget = (minAvailable: number) =>
    http.post(BUDGETS, {
      apiVersion: 'policy/v1',
      kind: 'PodDisruptionBudget',
      metadata: { name: 'web' },
      spec: {
        minAvailable,
        selector: { matchLabels: { 'app.kubernetes.io/name': 'web' } },
      },
    });
  const evict = (name: string, more = {}) =>
    http.post(`${SHOP}/pods/${name}/eviction`, {
      apiVersion: 'policy/v1',
      kind: 'Eviction',
      metadata: { name, namespace: 'shop' },
      ...more,
    });

  describe('eviction', () => {
    it('tells the pod to end, and says why', async () => {
      const [name] = webs();
      const answer = await evict(name);
      expect(answer.status).toBe(201);
      expect(answer.body).toMatchObject({ kind: 'Status', status: 'Success' });
      const pod = sim.objects.get('pods', { namespace: 'shop', name });
      expect(pod?.metadata.deletionTimestamp).toBeDefined();
      expect(JSON.stringify(pod?.status)).toContain('EvictionByEvictionAPI');
      clock.advance(60_000);
      expect(webs()).toHaveLength(3);
    });

    it('stops at the budget of the pods', async () => {
      await budget(2);
      expect((await evict(webs()[0])).body.details.causes[0].message).toBe(
        'The disruption budget web is still being processed by the server.',
      );
      clock.advance(1_000);
      const [first, second] = webs();
      const dry = { deleteOptions: { dryRun: ['All'] } };
      expect((await evict(first, dry)).status).toBe(201);
      expect(webs()).toContain(first);
      expect((await evict(first)).status).toBe(201);
      const refused = await evict(second);
      expect(refused.status).toBe(429);
      expect(refused.body).toMatchObject({
        reason: 'TooManyRequests',
        message:
          "Cannot evict pod as it would violate the pod's disruption budget.",
        details: {
          causes: [
            {
              reason: 'DisruptionBudget',
              message:
                'The disruption budget web needs 2 healthy pods and has 3 currently',
            },
          ],
        },
      });
      clock.advance(60_000);
      expect((await evict(second)).status).toBe(201);
    });

    it('knows no pod that is not there, and nothing but asking for it', async () => {
      expect((await evict('none')).body.message).toBe('pods "none" not found');
      expect(
        (await http.call(`${SHOP}/pods/${webs()[0]}/eviction`)).status,
      ).toBe(405);
    });
  });

  describe('ephemeral containers', () => {
    const patch = (name: string, ephemeralContainers: unknown[]) =>
      http.patch(
        `${SHOP}/pods/${name}/ephemeralcontainers`,
        'strategic-merge-patch+json',
        { spec: { ephemeralContainers } },
      );

    it('are added and started, and never changed', async () => {
      const [name] = webs();
      const debug = { name: 'debugger', image: 'busybox:1' };
      const answer = await patch(name, [debug]);
      expect(answer.body.spec.ephemeralContainers).toMatchObject([debug]);
      clock.advance(5_000);
      const pod = sim.objects.get('pods', { namespace: 'shop', name });
      expect(pod?.status?.ephemeralContainerStatuses).toMatchObject([
        { name: 'debugger', state: { running: {} } },
      ]);
      const changed = await patch(name, [{ ...debug, image: 'other:1' }]);
      expect(changed.status).toBe(422);
      const twice = await patch(name, [{ name: 'main', image: 'x:1' }]);
      expect(twice.body.details.causes).toMatchObject([
        { reason: 'FieldValueDuplicate' },
      ]);
      const log = `${SHOP}/pods/${name}/log?container=debugger`;
      expect((await http.call(log)).status).toBe(200);
    });
  });

  describe('the proxy', () => {
    it('leads to the pods of a service, one after the other', async () => {
      const seen = new Set<string>();
      for (let at = 0; at < 6; at += 1) {
        const path = `${SHOP}/services/web:http/proxy/hello/world?a=1`;
        const { body } = await http.call(path, { accept: 'application/json' });
        expect(body).toMatchObject({
          namespace: 'shop',
          port: 8080,
          path: '/hello/world?a=1',
          method: 'GET',
        });
        seen.add(body.pod);
      }
      expect([...seen].sort()).toEqual(webs().sort());
    });

    it('leads to one pod, by https and port too', async () => {
      const [name] = webs();
      const { text } = await http.call(
        `${SHOP}/pods/https:${name}:9090/proxy/`,
      );
      expect(text).toContain(`pod: ${name}\n`);
      expect(text).toContain('port: 9090\n');
      const well = await http.call(`${SHOP}/pods/${name}/proxy/healthz`);
      expect([well.status, well.text]).toEqual([200, 'ok\n']);
      const posted = await http.post(`${SHOP}/pods/${name}/proxy/form`, {});
      expect(posted.text).toContain('method: POST\n');
    });

    it('says what is missing in the words of the real server', async () => {
      const message = async (path: string) => {
        const { status, body } = await http.call(`${SHOP}${path}`);
        return [status, body.message];
      };
      expect(await message('/services/none/proxy/')).toEqual([
        404,
        'services "none" not found',
      ]);
      expect(await message('/services/web:other/proxy/')).toEqual([
        503,
        'no service port "other" found for service "web"',
      ]);
      expect(await message('/services/down/proxy/')).toEqual([
        503,
        'no endpoints available for service "down"',
      ]);
    });
  });

  it('drain moves the pods away with the real kubectl', async () => {
    const kubectl = await Kubectl.start(`${sim.url}/_as/${sim.token}`);
    const ticking = setInterval(() => clock.advance(1_000), 50);
    try {
      const text = await kubectl.run('drain', 'node-1', '--ignore-daemonsets');
      expect(text).toContain('node/node-1 cordoned');
      expect(text).toMatch(/evicting pod shop\/web-|node\/node-1 drained/);
      expect(await kubectl.run('get', 'node', 'node-1')).toContain(
        'SchedulingDisabled',
      );
    } finally {
      clearInterval(ticking);
      await kubectl.stop();
    }
    clock.advance(60_000);
    const nodes = sim.objects
      .list('pods', 'shop')
      .map(({ spec }) => spec?.nodeName);
    expect(new Set(nodes)).toEqual(new Set(['node-2']));
  }, 30_000);
});

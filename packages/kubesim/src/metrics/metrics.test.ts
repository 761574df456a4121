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
clusterName: metered
nodes: [{ name: node-1, cpu: '4', memory: 8Gi }]
namespaces:
  - name: shop
    workloads:
      - { kind: Deployment, name: web, release: '1', image: web, replicas: 2, load: { cpu: 50%, memory: 25% } }
      - { kind: Deployment, name: shared, release: '1', image: web, replicas: 4, load: { cpu: 400m } }
      - { kind: Deployment, name: waiting, release: '1', image: web, behaviour: { type: imageMissing } }
      - { kind: Deployment, name: leak, release: '1', image: web, behaviour: { type: oom, afterSeconds: 100 } }
`;
const METRICS = '/apis/metrics.k8s.io/v1beta1';
const PODS = `${METRICS}/namespaces/shop/pods`;

describe('metrics.k8s.io', () => {
  let sim: Kubesim;
  let clock: VirtualClock;
  let http: HttpClient;

  beforeAll(async () => {
    clock = createVirtualClock(Date.parse('2026-11-21T10:00:00Z'));
    const scenario = parseScenario(SCENARIO, 'metered.yaml');
    sim = await startKubesim({ scenario, clock });
    http = new HttpClient(sim);
  });
  afterAll(() => sim.stop());

  const ofApp = (name: string) =>
    `?labelSelector=${encodeURIComponent(`app.kubernetes.io/name=${name}`)}`;
  const millicores = (item: { containers: { usage: { cpu: string } }[] }) =>
    Number.parseInt(item.containers[0].usage.cpu, 10) / 1e6;

  it('reads each running pod near its load, and leaves out what does not run', async () => {
    const { body } = await http.call(`${PODS}${ofApp('web')}`);
    expect(body).toMatchObject({
      kind: 'PodMetricsList',
      apiVersion: 'metrics.k8s.io/v1beta1',
    });
    expect(body.items).toHaveLength(2);
    for (const item of body.items) {
      expect(item).toMatchObject({ kind: 'PodMetrics', window: '15s' });
      expect(millicores(item)).toBeGreaterThan(47);
      expect(millicores(item)).toBeLessThan(53);
      expect(item.containers[0].usage.memory).toMatch(/^6\d{4}Ki$/);
    }
    const waiting = await http.call(`${PODS}${ofApp('waiting')}`);
    expect(waiting.body.items).toEqual([]);
  });

  it('parts a common load between the pods', async () => {
    const { body } = await http.call(`${PODS}${ofApp('shared')}`);
    const sum = body.items
      .map(millicores)
      .reduce((a: number, b: number) => a + b);
    expect(body.items).toHaveLength(4);
    expect(sum).toBeGreaterThan(375);
    expect(sum).toBeLessThan(425);
  });

  it('gives the same reading within a window, and another after a minute', async () => {
    const read = async () => (await http.call(PODS)).text;
    const first = await read();
    expect(await read()).toBe(first);
    clock.advance(60_000);
    expect(await read()).not.toBe(first);
  });

  it('shows memory climb to its limit before the container is killed for it', async () => {
    const used = async () => {
      const { body } = await http.call(`${PODS}${ofApp('leak')}`);
      return Number.parseInt(
        body.items[0]?.containers[0].usage.memory ?? '0',
        10,
      );
    };
    let last = 0;
    let rose = 0;
    for (let step = 0; step < 12; step += 1) {
      clock.advance(15_000);
      const now = await used();
      if (now > last) rose += 1;
      expect(now).toBeLessThanOrEqual(512 * 1024);
      last = now;
    }
    expect(rose).toBeGreaterThan(2);
  });

  it('answers for one pod and for nodes, and refuses what is not there or not allowed', async () => {
    const [pod] = (await http.call(PODS)).body.items;
    const one = await http.call(`${PODS}/${pod.metadata.name}`);
    expect(one.body).toEqual(pod);
    const none = await http.call(`${PODS}/none`);
    expect(none.body).toMatchObject({
      code: 404,
      message: 'podmetrics.metrics.k8s.io "shop/none" not found',
    });
    const node = await http.call(`${METRICS}/nodes/node-1`);
    expect(node.body).toMatchObject({
      kind: 'NodeMetrics',
      usage: { cpu: expect.stringMatching(/^\d+n$/) },
    });
    expect((await http.post(PODS, {})).status).toBe(405);
  });

  it('prints tables, for kubectl top too', async () => {
    const accept = 'application/json;as=Table;v=v1;g=meta.k8s.io';
    const table = await http.call(PODS, { accept });
    expect(table.body.columnDefinitions).toHaveLength(4);
    const kubectl = await Kubectl.start(`${sim.url}/_as/${sim.token}`);
    try {
      const pods = await kubectl.run(
        'top',
        'pods',
        '-n',
        'shop',
        '-l',
        'app.kubernetes.io/name=web',
      );
      expect(pods).toMatch(/^NAME\s+CPU\(cores\)\s+MEMORY\(bytes\)/);
      expect(pods.match(/^web-\S+\s+(4[89]|5[0-3])m\s+6\dMi/gm)).toHaveLength(
        2,
      );
      const nodes = await kubectl.run('top', 'nodes');
      expect(nodes).toMatch(/^node-1\s+\d+m\s+\d+%\s+\d+Mi\s+\d+%/m);
    } finally {
      await kubectl.stop();
    }
  }, 30_000);
});

it('is not served by a cluster without a metrics server', async () => {
  const sim = await startKubesim();
  const { status } = await new HttpClient(sim).call(PODS);
  await sim.stop();
  expect(status).toBe(404);
});

// SPDX-License-Identifier: Apache-2.0
import type { Kubesim } from '../Kubesim';
import { parseScenario } from '../scenario/parseScenario';
import { startKubesim } from '../startKubesim';
import { HttpClient } from '../testing/HttpClient';
import {
  createVirtualClock,
  type VirtualClock,
} from '../time/createVirtualClock';

const SCENARIO = `
clusterName: logs
startedAgo: 10m
namespaces:
  - name: shop
    workloads:
      - kind: Deployment
        name: web
        release: '1'
        image: r.example/web
        logs: { profile: http, perMinute: 60 }
      - kind: Deployment
        name: gone
        release: '1'
        image: r.example/gone
        behaviour: { type: imageMissing }
      - kind: Deployment
        name: crash
        release: '1'
        image: r.example/crash
        logs: { profile: http, perMinute: 60 }
        behaviour: { type: crashLoop, afterSeconds: 5 }
      - kind: Deployment
        name: stuck
        release: '1'
        image: r.example/stuck
        behaviour: { type: unschedulable }
`;

describe('the log of a pod', () => {
  let sim: Kubesim;
  let http: HttpClient;
  let clock: VirtualClock;

  beforeEach(async () => {
    clock = createVirtualClock(Date.parse('2026-11-21T10:00:00Z'));
    const scenario = parseScenario(SCENARIO, 'logs.yaml');
    sim = await startKubesim({ clock, scenario });
    http = new HttpClient(sim);
  });
  afterEach(() => sim.stop());

  function logOf(workload: string, query = ''): string {
    const pod = sim.objects
      .list('pods', 'shop')
      .find(({ metadata }) => metadata.name.startsWith(`${workload}-`));
    return `/api/v1/namespaces/shop/pods/${pod?.metadata.name}/log?${query}`;
  }
  const lines = async (query: string) =>
    (await http.call(logOf('web', query))).text.split('\n').filter(Boolean);

  it('gives the last lines asked for', async () => {
    expect((await lines('')).length).toBeGreaterThan(5);
    expect(await lines('tailLines=2')).toEqual((await lines('')).slice(-2));
    expect(await lines('tailLines=0')).toEqual([]);
  });

  it('gives lines from a time on, with their times', async () => {
    const since = Date.parse('2026-11-21T09:59:30Z');
    for (const query of ['sinceSeconds=30', 'sinceTime=2026-11-21T09:59:30Z']) {
      const found = await lines(`${query}&timestamps=true`);
      expect(found.length).toBeGreaterThan(0);
      for (const line of found)
        expect(Date.parse(line.split(' ')[0])).toBeGreaterThanOrEqual(since);
    }
  });

  it('ends at the byte limit', async () => {
    const { text } = await http.call(logOf('web', 'limitBytes=50'));
    expect(Buffer.byteLength(text)).toBe(50);
  });

  it('follows new lines until the pod is gone', async () => {
    const path = logOf('web', 'follow=true&tailLines=1');
    const follow = http.lines(path);
    await follow.next();
    const next = follow.next();
    clock.advance(20_000);
    expect((await next).value).toMatch(/\S/);
    const name = path.split('/')[6];
    sim.objects.delete('pods', { namespace: 'shop', name });
    clock.advance(60_000);
    let done = false;
    while (!done) done = (await follow.next()).done ?? false;
    expect(
      sim.objects.get('pods', { namespace: 'shop', name }),
    ).toBeUndefined();
  });

  it('gives the log of the container before the last restart', async () => {
    const { status, text } = await http.call(logOf('crash', 'previous=true'));
    expect(status).toBe(200);
    expect(text).toMatch(/\S/);
  });

  it.each([
    ['web', 'container=none', 'container none is not valid for pod web-'],
    ['web', 'previous=true', 'previous terminated container "'],
    ['web', 'sinceTime=noon', 'cannot parse it as a time'],
    ['gone', '', 'is waiting to start: trying and failing to pull image'],
    ['web', 'tailLines=x', 'strconv.ParseInt: parsing "x": invalid syntax'],
  ])('refuses %s?%s', async (workload, query, why) => {
    const { body } = await http.call(logOf(workload, query));
    expect(body.code).toBe(400);
    expect(body.message).toContain(why);
  });

  it.each([
    'limitBytes=0',
    'tailLines=-1',
    'sinceSeconds=0',
    'sinceSeconds=5&sinceTime=2026-11-21T09:59:30Z',
  ])('finds %s invalid', async query => {
    const { body } = await http.call(logOf('web', query));
    expect(body).toMatchObject({ code: 422, reason: 'Invalid' });
  });

  it('is empty for a pod without a node', async () => {
    const { status, text } = await http.call(logOf('stuck', ''));
    expect([status, text]).toEqual([204, '']);
  });

  it('asks which container is meant when there are several', async () => {
    const containers = ['one', 'two'].map(name => ({ name, image: 'x:1' }));
    const pod = {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'pair', namespace: 'shop' },
      spec: { containers, initContainers: [{ name: 'init', image: 'x:1' }] },
    };
    sim.objects.create('pods', pod);
    const path = '/api/v1/namespaces/shop/pods/pair/log';
    expect((await http.call(path)).body.message).toBe(
      'a container name must be specified for pod pair, choose one of: [init one two]',
    );
  });
});

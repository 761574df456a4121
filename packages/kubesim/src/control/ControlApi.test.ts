// SPDX-License-Identifier: Apache-2.0
import type { Kubesim } from '../Kubesim';
import { parseScenario } from '../scenario/parseScenario';
import { startKubesim } from '../startKubesim';
import { HttpClient } from '../testing/HttpClient';
import { createVirtualClock } from '../time/createVirtualClock';

const PODS = '/api/v1/namespaces/default/pods';
const SCENARIO = `
clusterName: steered
namespaces:
  - name: shop
    workloads:
      - { kind: Deployment, name: web, release: '1', image: r.example/web }
`;

describe('the control API', () => {
  let sim: Kubesim;
  let http: HttpClient;
  const clock = createVirtualClock(Date.parse('2026-11-21T10:00:00Z'));

  beforeEach(async () => {
    sim = await startKubesim({
      clock,
      scenario: parseScenario(SCENARIO, 'steered.yaml'),
      tokens: [{ token: 'reader', user: 'reader', access: 'read' }],
    });
    http = new HttpClient(sim);
  });
  afterEach(() => sim.stop());

  it('is for admins only', async () => {
    const answer = await http.call('/_sim/requests', { token: 'reader' });
    expect(answer.body).toMatchObject({ code: 403, reason: 'Forbidden' });
  });

  it('counts requests by verb and resource, and starts again', async () => {
    await http.call(PODS);
    await http.call(PODS);
    await http.call(`${PODS}/none`);
    expect((await http.call('/_sim/requests')).body).toEqual({
      total: 3,
      counts: { 'get pods': 1, 'list pods': 2 },
    });
    const reset = await http.post('/_sim/requests/reset', {});
    expect(reset.body).toEqual({ total: 0, counts: {} });
  });

  it('arms, lists and clears faults', async () => {
    const spec = { kind: 'httpStatus', status: 503, match: { verb: 'list' } };
    const { id } = (await http.post('/_sim/faults', spec)).body;
    expect((await http.call(PODS)).status).toBe(503);
    expect((await http.call('/_sim/faults')).body).toEqual({
      faults: [{ id, injected: 1, ...spec }],
    });
    expect((await http.delete(`/_sim/faults/${id}`)).body.faults).toEqual([]);
    expect((await http.delete(`/_sim/faults/${id}`)).status).toBe(404);
    await http.post('/_sim/faults', { kind: 'unauthorized' });
    expect((await http.call(PODS)).status).toBe(401);
    expect((await http.delete('/_sim/faults')).body.faults).toEqual([]);
    expect((await http.call(PODS)).status).toBe(200);
  });

  it('refuses a fault it does not know, by name', async () => {
    const { body } = await http.post('/_sim/faults', { kind: 'meteor' });
    expect(body.code).toBe(400);
    expect(body.message).toMatch(/^fault: .*kind/s);
  });

  it('changes how a workload behaves', async () => {
    const path = '/_sim/workloads/shop/deployments/web/behaviour';
    const behaviour = { type: 'crashLoop', exitCode: 3 };
    expect((await http.post(path, { behaviour })).body).toEqual({ behaviour });
    clock.advance(60_000);
    const [pod] = sim.objects.list('pods', 'shop');
    expect(JSON.stringify(pod.status)).toContain('"exitCode":3');
    const wrong = await http.post(path, { behaviour: { type: 'lazy' } });
    expect(wrong.status).toBe(400);
    const unknown = path.replace('web', 'none');
    expect((await http.post(unknown, { behaviour })).status).toBe(404);
    const noKind = path.replace('deployments', 'gadgets');
    expect((await http.post(noKind, { behaviour })).status).toBe(404);
    expect((await http.call(path)).status).toBe(405);
    expect((await http.post(`${path}/more`, { behaviour })).status).toBe(404);
  });

  it('forgets history when told to compact', async () => {
    const { body } = await http.call('/api/v1/pods?limit=1');
    expect((await http.post('/_sim/compact', {})).status).toBe(200);
    const from = body.metadata.resourceVersion;
    sim.objects.delete('namespaces', { name: 'shop' });
    await http.post('/_sim/compact', {});
    const query = `watch=1&resourceVersion=${from}`;
    for await (const line of http.lines(`/api/v1/pods?${query}`))
      expect(JSON.parse(line)).toMatchObject({ object: { code: 410 } });
  });

  it('sends bookmarks when told to', async () => {
    const watch = http.lines(
      '/api/v1/secrets?watch=1&allowWatchBookmarks=true&sendInitialEvents=true&resourceVersionMatch=NotOlderThan',
    );
    await watch.next();
    await http.post('/_sim/bookmark', {});
    const { value } = await watch.next();
    expect(JSON.parse(value ?? '')).toMatchObject({
      type: 'BOOKMARK',
      object: { kind: 'Secret' },
    });
    await watch.return(undefined);
  });

  it('knows no other topics and methods', async () => {
    expect((await http.call('/_sim/weather')).status).toBe(404);
    expect((await http.delete('/_sim/requests')).status).toBe(405);
    expect((await http.call('/_sim/compact')).status).toBe(405);
    const put = { method: 'PUT', body: {} };
    expect((await http.call('/_sim/faults', put)).status).toBe(405);
  });
});

// SPDX-License-Identifier: Apache-2.0
import type { Kubesim } from '../Kubesim';
import { startKubesim } from '../startKubesim';
import { HttpClient } from '../testing/HttpClient';
import type { FaultSpec } from './Faults';

const MAPS = '/api/v1/namespaces/default/configmaps';

describe('faults over HTTP', () => {
  let sim: Kubesim;
  let http: HttpClient;

  beforeEach(async () => {
    sim = await startKubesim();
    http = new HttpClient(sim);
    create('first');
  });
  afterEach(() => sim.stop());

  function create(name: string) {
    const metadata = { name, namespace: 'default' };
    const object = { apiVersion: 'v1', kind: 'ConfigMap', metadata };
    sim.objects.create('configmaps', object);
  }

  /** Opens a watch, which starts with the line of `first`. */
  async function watch() {
    const lines = http.lines(`${MAPS}?watch=1`);
    const next = async () => (await lines.next()).value ?? '';
    return {
      next,
      event: async () => {
        const { type, object } = JSON.parse(await next());
        return `${type} ${object.metadata?.name ?? object.code}`;
      },
      stop: () => lines.return(undefined),
    };
  }

  it.each<[FaultSpec, object]>([
    [{ kind: 'httpStatus' }, { code: 503, reason: 'ServiceUnavailable' }],
    [
      { kind: 'httpStatus', status: 418 },
      { code: 418, reason: 'Unknown' },
    ],
    [{ kind: 'unauthorized' }, { code: 401, reason: 'Unauthorized' }],
    [{ kind: 'forbid' }, { code: 403, reason: 'Forbidden' }],
    [
      { kind: 'emptyList', resourceVersion: '7' },
      { items: [], metadata: { resourceVersion: '7' } },
    ],
  ])('answers a list as %p says', async (spec, answer) => {
    const fault = sim.faults.arm({ ...spec, match: { verb: 'list' } });
    expect((await http.call(MAPS)).body).toMatchObject(answer);
    expect(fault.injected).toBe(1);
    await fault.clear();
    expect((await http.call(MAPS)).body.items).toHaveLength(1);
  });

  it('hits only what matches', async () => {
    const fault = sim.faults.arm({
      kind: 'httpStatus',
      times: 5,
      match: { resource: 'configmaps', namespace: 'kube-system' },
    });
    expect((await http.call(MAPS)).status).toBe(200);
    expect((await http.call('/api/v1/pods')).status).toBe(200);
    const elsewhere = MAPS.replace('default', 'kube-system');
    expect((await http.call(elsewhere)).status).toBe(503);
    expect(fault.injected).toBe(1);
  });

  it('refuses one caller and lets the others in', async () => {
    const somebody = sim.faults.arm({
      kind: 'unauthorized',
      match: { user: 'somebody-else' },
    });
    expect((await http.call(MAPS)).status).toBe(200);
    const admin = sim.faults.arm({
      kind: 'unauthorized',
      match: { user: 'kubernetes-admin' },
    });
    expect((await http.call(MAPS)).status).toBe(401);
    expect([somebody.injected, admin.injected]).toEqual([0, 1]);
  });

  it('says how long to wait', async () => {
    sim.faults.arm({ kind: 'httpStatus', status: 429, retryAfterSeconds: 3 });
    const { headers } = await http.call(MAPS);
    expect(headers.get('retry-after')).toBe('3');
  });

  it('delays an answer and shifts the date', async () => {
    const latency = sim.faults.arm({ kind: 'latency', ms: 1, times: 1 });
    sim.faults.arm({ kind: 'clockSkew', ms: -10 * 365 * 86_400_000 });
    const { headers } = await http.call(MAPS);
    expect(latency.injected).toBe(1);
    expect(new Date(headers.get('date') ?? '').getFullYear()).toBeLessThan(
      new Date().getFullYear() - 8,
    );
  });

  it('lets a continue token expire', async () => {
    create('second');
    const { body } = await http.call(`${MAPS}?limit=1`);
    sim.faults.arm({ kind: 'continueExpired' });
    const next = `${MAPS}?limit=1&continue=${body.metadata.continue}`;
    expect((await http.call(next)).body.code).toBe(410);
    expect((await http.call(next)).body.items).toHaveLength(1);
  });

  it('cuts a body short', async () => {
    sim.faults.arm({ kind: 'truncatedBody' });
    await expect(http.call(MAPS)).rejects.toThrow();
  });

  it('puts a huge object into a list, empty or not', async () => {
    sim.faults.arm({ kind: 'hugeObject', bytes: 10_000, times: 2 });
    const { body, text } = await http.call(MAPS);
    expect(text.length).toBeGreaterThan(10_000);
    expect(body.items).toHaveLength(2);
    const none = await http.call('/api/v1/namespaces/default/secrets');
    expect(none.body.items).toHaveLength(1);
  });

  it('refuses connections until it is cleared', async () => {
    const fault = sim.faults.arm({ kind: 'refuseConnections' });
    await expect(http.call(MAPS)).rejects.toThrow();
    await fault.clear();
    await fault.clear();
    expect((await http.call(MAPS)).status).toBe(200);
  });

  it('expires an open watch with an error line, and ends it', async () => {
    const open = await watch();
    await open.next();
    sim.faults.arm({ kind: 'watchExpired' });
    expect(await open.event()).toBe('ERROR 410');
    expect(await open.next()).toBe('');
  });

  it('cuts a watch cleanly, now or after a while', async () => {
    const open = await watch();
    await open.next();
    sim.faults.arm({ kind: 'watchCut' });
    expect(await open.next()).toBe('');
    sim.faults.arm({ kind: 'watchCut', afterMs: 1 });
    const later = await watch();
    expect(await later.event()).toBe('ADDED first');
    expect(await later.next()).toBe('');
  });

  it('resets the connection of a watch', async () => {
    const open = await watch();
    await open.next();
    sim.faults.arm({ kind: 'watchReset' });
    await expect(open.next()).rejects.toThrow();
  });

  it('writes garbage, and goes on', async () => {
    const open = await watch();
    await open.next();
    sim.faults.arm({ kind: 'garbageLine' });
    expect(await open.next()).toContain('this is no JSON');
    create('second');
    expect(await open.event()).toBe('ADDED second');
    await open.stop();
  });

  it('sends a huge object to a watch', async () => {
    const open = await watch();
    await open.next();
    sim.faults.arm({ kind: 'hugeObject', bytes: 5000 });
    const line = await open.next();
    expect(line.length).toBeGreaterThan(5000);
    await open.stop();
  });

  it.each([
    ['wide', '"key-99999":"99999"'],
    ['deep', '['.repeat(100_000)],
  ] as const)('sends a %s object to a watch', async (shape, part) => {
    const open = await watch();
    await open.next();
    sim.faults.arm({ kind: 'hugeObject', shape });
    expect((await open.next()).includes(part)).toBe(true);
    await open.stop();
  });

  it('stalls in the middle of a line', async () => {
    const open = await watch();
    await open.next();
    const fault = sim.faults.arm({ kind: 'stallMidLine' });
    create('second');
    const rest = open.next();
    await sim.stop();
    await expect(rest.catch(() => 'cut')).resolves.toMatch(
      /^(cut|\{"type":"MODIFIED","object":\{"kind":"ConfigMap","apiVer)$/,
    );
    expect(fault.injected).toBe(1);
    sim = await startKubesim();
  });

  it('keeps silent while events happen', async () => {
    const open = await watch();
    await open.next();
    const fault = sim.faults.arm({ kind: 'silent' });
    create('lost');
    await fault.clear();
    create('heard');
    expect(await open.event()).toBe('ADDED heard');
    expect(fault.injected).toBeGreaterThan(0);
    await open.stop();
  });

  it.each<[FaultSpec['kind'], readonly string[]]>([
    ['duplicateEvents', ['ADDED a', 'ADDED a', 'ADDED b', 'ADDED b']],
    ['replayEvents', ['ADDED a', 'ADDED b', 'ADDED a']],
    ['reorderEvents', ['ADDED b', 'ADDED a']],
  ])('spoils the order of events: %s', async (kind, events) => {
    const open = await watch();
    await open.next();
    sim.faults.arm({ kind });
    create('a');
    create('b');
    const seen: string[] = [];
    for (const _ of events) seen.push(await open.event());
    expect(seen).toEqual(events);
    await open.stop();
  });

  it('bounds how many are armed', () => {
    for (let armed = 0; armed < 1000; armed += 1)
      sim.faults.arm({ kind: 'latency', match: { verb: 'never' } });
    expect(() => sim.faults.arm({ kind: 'latency' })).toThrow(
      'At most 1000 faults can be armed: clear some first',
    );
  });
});

// SPDX-License-Identifier: Apache-2.0
import { asPod } from './Pod';
import { onePod } from './testing/onePod';

const MAIN = { name: 'main', image: 'web:1' };
const FIRST = { name: 'first', image: 'init:1' };
const SECOND = { name: 'second', image: 'init:1' };
const PROXY = { name: 'proxy', image: 'proxy:1', restartPolicy: 'Always' };
const SOON = { periodSeconds: 2, failureThreshold: 2 };

describe('init containers', () => {
  it('run one after the other, and the main ones wait for the last', () => {
    const { clock, pod, condition, init, main } = onePod({
      initContainers: [FIRST, SECOND],
    });
    const order: string[] = [];
    for (let step = 0; step < 150; step += 1) {
      clock.advance(100);
      const running = [init(0), init(1), main()].find(
        each => each?.state.running,
      );
      if (running && order.at(-1) !== running.name) order.push(running.name);
      if (running?.name !== 'first') continue;
      expect(pod().status?.phase).toBe('Pending');
      expect(main()?.state.waiting?.reason).toBe('PodInitializing');
      expect(condition('Initialized')).toMatchObject({
        status: 'False',
        reason: 'ContainersNotInitialized',
        message: 'containers with incomplete status: [first second]',
      });
    }
    expect(order).toEqual(['first', 'second', 'main']);
    expect(condition('Initialized')?.status).toBe('True');
    expect(init(0)).toMatchObject({
      ready: true,
      state: { terminated: { exitCode: 0, reason: 'Completed' } },
    });
  });

  it('that fail are tried again with back-off, and nothing else begins', () => {
    const { clock, pod, init, main, messages } = onePod(
      { initContainers: [FIRST] },
      { type: 'crashLoop', exitCode: 4, container: 'first' },
    );
    clock.advance(120_000);
    expect(init()?.restartCount).toBeGreaterThan(1);
    expect(init()?.state.waiting?.reason).toBe('CrashLoopBackOff');
    expect(main()?.state.waiting?.reason).toBe('PodInitializing');
    expect(pod().status?.phase).toBe('Pending');
    expect(messages().join()).toContain('restarting failed container first');
  });

  it('that fail in a pod that never restarts fail the pod', () => {
    const { clock, pod, condition } = onePod(
      { initContainers: [FIRST], restartPolicy: 'Never' },
      { type: 'crashLoop', container: 'first' },
    );
    clock.advance(30_000);
    expect(pod().status?.phase).toBe('Failed');
    expect(condition('Ready')?.reason).toBe('PodFailed');
  });

  it('that are sidecars go on beside the main ones, and end after their work', () => {
    const { clock, pod, init, main } = onePod({
      initContainers: [PROXY],
      restartPolicy: 'Never',
    });
    clock.advance(10_000);
    expect(init()?.state.running).toBeDefined();
    expect(main()?.state.running).toBeDefined();
    expect(pod().status?.phase).toBe('Running');
    clock.advance(60_000);
    expect(pod().status?.phase).toBe('Succeeded');
    expect(init()?.state.terminated).toBeDefined();
  });

  it('that are sidecars start again when they fail', () => {
    const { clock, init, main } = onePod(
      { initContainers: [PROXY] },
      { type: 'crashLoop', container: 'proxy', afterSeconds: 20 },
    );
    clock.advance(60_000);
    expect(init()?.restartCount).toBeGreaterThan(0);
    expect(main()?.restartCount).toBe(0);
  });
});

describe('probes', () => {
  const httpGet = { path: '/healthz', port: 8080 };

  it('of readiness take the pod out, and say what answered', () => {
    const sim = onePod({
      containers: [{ ...MAIN, readinessProbe: { ...SOON, httpGet } }],
    });
    sim.clock.advance(10_000);
    expect(sim.condition('Ready')?.status).toBe('True');
    sim.behave({ type: 'probeFailure', probe: 'readiness' });
    sim.clock.advance(10_000);
    expect(sim.condition('Ready')).toMatchObject({
      status: 'False',
      reason: 'ContainersNotReady',
      message: 'containers with unready status: [main]',
    });
    expect(sim.main()?.restartCount).toBe(0);
    expect(sim.messages()).toContain(
      'Readiness probe failed: HTTP probe failed with statuscode: 503',
    );
    sim.behave({ type: 'healthy' });
    sim.clock.advance(5_000);
    expect(sim.condition('Ready')?.status).toBe('True');
  });

  it('of liveness restart the container after enough failures', () => {
    const tcpSocket = { port: 5432 };
    const sim = onePod({
      containers: [{ ...MAIN, livenessProbe: { ...SOON, tcpSocket } }],
    });
    sim.clock.advance(10_000);
    sim.behave({ type: 'probeFailure', probe: 'liveness' });
    sim.clock.advance(15_000);
    expect(sim.main()?.restartCount).toBeGreaterThan(0);
    expect(sim.messages()).toContain(
      'Container main failed liveness probe, will be restarted',
    );
    expect(sim.messages().join()).toMatch(
      /Liveness probe failed: dial tcp 10\.244\.\d+\.\d+:5432: connect: connection refused/,
    );
  });

  it('of startup hold the others back, and kill what does not come up', () => {
    const exec = { command: ['/ready'] };
    const containers = [{ ...MAIN, startupProbe: { ...SOON, exec } }];
    const slow = onePod({ containers }, { type: 'slowStart', seconds: 1 });
    slow.clock.advance(3_500);
    expect(slow.main()).toMatchObject({ started: false, ready: false });
    slow.clock.advance(10_000);
    expect(slow.main()).toMatchObject({ started: true, ready: true });
    const never = onePod({ containers }, { type: 'slowStart', seconds: 60 });
    never.clock.advance(60_000);
    expect(never.main()?.restartCount).toBeGreaterThan(0);
    expect(never.messages()).toContain(
      'Container main failed startup probe, will be restarted',
    );
  });
});

describe('what keeps a container from starting', () => {
  it('is a name that is no image name', () => {
    const { clock, main } = onePod({
      containers: [{ name: 'main', image: 'Registry/Web:1' }],
    });
    clock.advance(5_000);
    expect(main()?.state.waiting).toMatchObject({
      reason: 'InvalidImageName',
      message: expect.stringContaining('repository name must be lowercase'),
    });
  });

  it('is a ConfigMap or key that is missing, until it is there', () => {
    const env = (name: string, key: string, optional = false) => ({
      name,
      valueFrom: { configMapKeyRef: { name: 'settings', key, optional } },
    });
    const sim = onePod({
      containers: [
        { ...MAIN, env: [env('LEVEL', 'level'), env('MORE', 'more', true)] },
      ],
    });
    sim.clock.advance(5_000);
    expect(sim.main()?.state.waiting).toEqual({
      reason: 'CreateContainerConfigError',
      message: 'configmap "settings" not found',
    });
    const settings = { namespace: 'shop', name: 'settings' };
    sim.objects.create('configmaps', {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: settings,
      data: {},
    });
    sim.clock.advance(30_000);
    expect(sim.main()?.state.waiting?.message).toBe(
      "couldn't find key level in ConfigMap shop/settings",
    );
    sim.objects.modify('configmaps', settings, draft => {
      draft.data = { level: 'info' };
    });
    sim.clock.advance(35_000);
    expect(sim.main()?.state.running).toBeDefined();
  });

  it('is a node that takes no pods', () => {
    const sim = onePod({});
    for (const name of ['node-1', 'node-2'])
      sim.objects.modify('nodes', { name }, draft => {
        draft.spec = { ...draft.spec, unschedulable: true };
      });
    sim.clock.advance(1_000);
    expect(sim.condition('PodScheduled')?.message).toContain(
      '2 node(s) were unschedulable',
    );
    sim.objects.modify('nodes', { name: 'node-2' }, draft => {
      draft.spec = {};
    });
    sim.clock.advance(2_000);
    expect(sim.pod().spec.nodeName).toBe('node-2');
  });
});

describe('the end of a pod', () => {
  it('comes soon when it listens, its containers having ended well', () => {
    const sim = onePod({});
    sim.clock.advance(10_000);
    const seen: unknown[] = [];
    sim.objects.onChange(({ object }) => {
      if (object.kind === 'Pod') seen.push(object.status?.phase);
    });
    sim.remove();
    expect(sim.pod().metadata).toMatchObject({
      deletionGracePeriodSeconds: 30,
      deletionTimestamp: expect.anything(),
    });
    sim.clock.advance(3_000);
    expect(sim.found()).toBeUndefined();
    expect(seen).toEqual(['Running', 'Succeeded', 'Succeeded']);
    expect(sim.reasons()).toContain('Killing');
  });

  it('comes with its grace period when it does not listen, by force', () => {
    const sim = onePod({}, { type: 'slowStop', seconds: 120 });
    sim.clock.advance(10_000);
    const codes: unknown[] = [];
    sim.objects.onChange(({ type, object }) => {
      if (type !== 'DELETED' || object.kind !== 'Pod') return;
      codes.push(asPod(object).status?.containerStatuses?.[0].state);
    });
    sim.remove();
    sim.clock.advance(29_000);
    expect(sim.found()).toBeDefined();
    sim.clock.advance(2_000);
    expect(sim.found()).toBeUndefined();
    expect(codes).toMatchObject([{ terminated: { exitCode: 137 } }]);
  });

  it('by a node short of memory leaves it there, failed', () => {
    const sim = onePod({}, { type: 'evicted', afterSeconds: 20 });
    sim.clock.advance(40_000);
    expect(sim.pod().status).toMatchObject({
      phase: 'Failed',
      reason: 'Evicted',
      message: expect.stringMatching(/^The node was low on resource: memory\./),
    });
    expect(sim.condition('DisruptionTarget')).toMatchObject({
      status: 'True',
      reason: 'TerminationByKubelet',
    });
    expect(sim.reasons()).toContain('Evicted');
    sim.remove();
    sim.clock.advance(1_000);
    expect(sim.found()).toBeUndefined();
  });
});

it('an ephemeral container runs beside the others, whatever they do', () => {
  const sim = onePod({});
  sim.clock.advance(10_000);
  sim.objects.modify('pods', sim.where, draft => {
    draft.spec = {
      ...draft.spec,
      ephemeralContainers: [{ name: 'debugger', image: 'busybox:1' }],
    };
  });
  sim.clock.advance(5_000);
  const [debug] = sim.pod().status?.ephemeralContainerStatuses ?? [];
  expect(debug).toMatchObject({ name: 'debugger', restartCount: 0 });
  expect(debug.state.running).toBeDefined();
  expect(sim.condition('Ready')?.status).toBe('True');
});

it('each container keeps a log of its own', () => {
  const sim = onePod({
    containers: [MAIN, { name: 'side', image: 'side:1' }],
    initContainers: [FIRST],
  });
  sim.clock.advance(60_000);
  const id = { ...sim.where, uid: sim.pod().metadata.uid };
  const run = (name: string) => sim.life.logs.run(id, name, 'current');
  expect(run('first')?.ended).toBe(true);
  expect(run('main')?.ended).toBe(false);
  expect(run('side')?.lines.length).toBeGreaterThan(0);
});

// SPDX-License-Identifier: Apache-2.0
import { oneWorkload, simulate } from '../controllers/testing/simulate';

const WEB = { namespace: 'shop', name: 'web' };
const DEPLOYMENTS = 'deployments.apps';

describe('a healthy Deployment', () => {
  it('has its pods running and ready, as if it had been there for an hour', () => {
    const { pods, state, status, condition, objects } = simulate(
      oneWorkload('replicas: 3'),
    );
    expect(pods()).toHaveLength(3);
    for (const pod of pods()) {
      expect(pod.status?.phase).toBe('Running');
      expect(state(pod)?.ready).toBe(true);
      expect(state(pod)?.restartCount).toBe(0);
      expect(pod.metadata.creationTimestamp.slice(0, 16)).toBe(
        '2026-11-21T09:00',
      );
    }
    expect(status(DEPLOYMENTS, 'web')).toMatchObject({
      replicas: 3,
      readyReplicas: 3,
      availableReplicas: 3,
      updatedReplicas: 3,
    });
    expect(condition(DEPLOYMENTS, 'web', 'Progressing')?.reason).toBe(
      'NewReplicaSetAvailable',
    );
    expect(
      objects.get(DEPLOYMENTS, WEB)?.metadata.annotations?.[
        'deployment.kubernetes.io/revision'
      ],
    ).toBe('1');
  });

  it('spreads its pods over the nodes and gives each its own address', () => {
    const { pods } = simulate(oneWorkload('replicas: 6'));
    expect(new Set(pods().map(({ spec }) => spec.nodeName)).size).toBe(3);
    expect(new Set(pods().map(({ status }) => status?.podIP)).size).toBe(6);
  });

  it('writes the conditions of a pod in the order of the kubelet', () => {
    const [pod] = simulate(oneWorkload()).pods();
    expect(pod.status?.conditions?.map(({ type }) => type)).toEqual([
      'PodReadyToStartContainers',
      'Initialized',
      'Ready',
      'ContainersReady',
      'PodScheduled',
    ]);
    expect(pod.status?.qosClass).toBe('Burstable');
  });

  it('brings back a pod that is deleted, after the grace of the old one', () => {
    const { clock, objects, pods, events } = simulate(
      oneWorkload('replicas: 2'),
    );
    const [first] = pods();
    objects.delete('pods', first.metadata);
    expect(pods()).toHaveLength(2);
    clock.advance(10_000);
    expect(pods()).toHaveLength(2);
    expect(pods().map(({ metadata }) => metadata.name)).not.toContain(
      first.metadata.name,
    );
    expect(events().map(({ reason }) => reason)).toContain('Killing');
  });
});

describe('a rollout', () => {
  const deploy = (sim: ReturnType<typeof simulate>, release: string) =>
    sim.objects.modify(DEPLOYMENTS, WEB, draft => {
      const template = draft.spec?.template as {
        spec: { containers: { image: string }[] };
      };
      template.spec.containers[0].image = `registry.example.com/web:${release}`;
    });

  it('replaces all pods while enough of them serve', () => {
    const sim = simulate(oneWorkload('replicas: 4'));
    deploy(sim, '2.0.0');
    let fewest = Infinity;
    let most = 0;
    for (let second = 0; second < 60; second += 1) {
      sim.clock.advance(1_000);
      fewest = Math.min(
        fewest,
        Number(sim.status(DEPLOYMENTS, 'web')?.availableReplicas ?? 0),
      );
      most = Math.max(
        most,
        Number(sim.status(DEPLOYMENTS, 'web')?.replicas ?? 0),
      );
    }
    expect(fewest).toBeGreaterThanOrEqual(3);
    expect(most).toBeLessThanOrEqual(5);
    expect(sim.pods().map(({ spec }) => spec.containers[0].image)).toEqual(
      Array(4).fill('registry.example.com/web:2.0.0'),
    );
    expect(
      sim.objects.get(DEPLOYMENTS, WEB)?.metadata.annotations?.[
        'deployment.kubernetes.io/revision'
      ],
    ).toBe('2');
  });

  it('stands still with the old pods serving when the new release crashes, and says the deadline has passed', () => {
    const sim = simulate(
      oneWorkload(
        'replicas: 3, upgrade: { ago: 20m, release: 2.0.0, behaviour: { type: crashLoop } }',
      ),
    );
    expect(sim.condition(DEPLOYMENTS, 'web', 'Progressing')).toMatchObject({
      status: 'False',
      reason: 'ProgressDeadlineExceeded',
    });
    expect(sim.condition(DEPLOYMENTS, 'web', 'Available')?.status).toBe('True');
    expect(sim.status(DEPLOYMENTS, 'web')).toMatchObject({
      replicas: 4,
      updatedReplicas: 1,
      availableReplicas: 3,
      unavailableReplicas: 1,
    });
  });

  it('goes back to the ReplicaSet of the old template under a new revision', () => {
    const sim = simulate(oneWorkload('replicas: 1'));
    deploy(sim, '2.0.0');
    sim.clock.advance(60_000);
    deploy(sim, '1.0.0');
    sim.clock.advance(60_000);
    expect(sim.objects.list('replicasets.apps', 'shop')).toHaveLength(2);
    expect(
      sim.objects.get(DEPLOYMENTS, WEB)?.metadata.annotations?.[
        'deployment.kubernetes.io/revision'
      ],
    ).toBe('3');
    expect(sim.pods()[0].spec.containers[0].image).toBe(
      'registry.example.com/web:1.0.0',
    );
  });
});

describe('a refusal by quota', () => {
  it('becomes ReplicaFailure and an event, and heals when the quota allows', () => {
    let allowed = 1;
    const sim = simulate(oneWorkload('replicas: 3'), {
      refuse: resource => {
        if (resource !== 'pods') return;
        allowed -= 1;
        if (allowed < 0)
          throw new Error(
            'pods "web-" is forbidden: exceeded quota: tenant, requested: pods=1, used: pods=1, limited: pods=1',
          );
      },
    });
    expect(sim.condition(DEPLOYMENTS, 'web', 'ReplicaFailure')).toMatchObject({
      status: 'True',
      reason: 'FailedCreate',
    });
    expect(sim.pods()).toHaveLength(1);
    const refusal = sim
      .events()
      .find(({ reason }) => reason === 'FailedCreate');
    expect(String(refusal?.message)).toContain('exceeded quota');
    expect(Number(refusal?.count)).toBeGreaterThan(3);
    allowed = 100;
    sim.clock.advance(400_000);
    expect(sim.pods()).toHaveLength(3);
    expect(sim.condition(DEPLOYMENTS, 'web', 'ReplicaFailure')).toBeUndefined();
  });
});

describe('behaviours', () => {
  it.each([
    ['imageMissing', 'ImagePullBackOff'],
    ['configError', 'CreateContainerConfigError'],
  ])('%s leaves the container waiting for %s', (type, reason) => {
    const { pods, state } = simulate(
      oneWorkload(`behaviour: { type: ${type} }`),
    );
    expect(['ErrImagePull', reason]).toContain(
      state(pods()[0])?.state.waiting?.reason,
    );
    expect(pods()[0].status?.phase).toBe('Pending');
  });

  it('crashLoop has restarted with growing back-off', () => {
    const { pods, state, clock } = simulate(
      oneWorkload('behaviour: { type: crashLoop, exitCode: 3 }'),
    );
    const before = state(pods()[0])?.restartCount ?? 0;
    expect(before).toBeGreaterThan(9);
    expect(before).toBeLessThan(25);
    expect(state(pods()[0])?.lastState.terminated).toMatchObject({
      exitCode: 3,
      reason: 'Error',
    });
    const seen = new Set<string>();
    for (let step = 0; step < 320; step += 1) {
      clock.advance(1_000);
      seen.add(state(pods()[0])?.state.waiting?.message?.slice(0, 13) ?? '');
    }
    expect(seen).toContain('back-off 5m0s');
    expect(state(pods()[0])?.restartCount).toBe(before + 1);
  });

  it('oom ends with 137 OOMKilled, on only as many pods as said', () => {
    const { pods, state } = simulate(
      oneWorkload('replicas: 3, behaviour: { type: oom, pods: 1 }'),
    );
    const killed = pods().filter(
      pod => state(pod)?.lastState.terminated?.reason === 'OOMKilled',
    );
    expect(killed).toHaveLength(1);
    expect(state(killed[0])?.lastState.terminated?.exitCode).toBe(137);
  });

  it('notReady runs without ever being ready, and says why in one counted event', () => {
    const { pods, state, events } = simulate(
      oneWorkload('behaviour: { type: notReady }'),
    );
    expect(state(pods()[0])).toMatchObject({ ready: false, restartCount: 0 });
    const unhealthy = events().filter(({ reason }) => reason === 'Unhealthy');
    expect(unhealthy).toHaveLength(1);
    expect(Number(unhealthy[0].count)).toBeGreaterThan(100);
  });

  it('unschedulable stays Pending with the message of the scheduler', () => {
    const [pod] = simulate(
      oneWorkload('behaviour: { type: unschedulable }'),
    ).pods();
    expect(pod.spec.nodeName).toBeUndefined();
    expect(pod.status?.phase).toBe('Pending');
    expect(pod.status?.conditions?.[0]).toMatchObject({
      type: 'PodScheduled',
      status: 'False',
      reason: 'Unschedulable',
    });
    expect(pod.status?.conditions?.[0].message).toContain(
      '0/3 nodes are available: 3 Insufficient memory.',
    );
  });

  it('slowStart becomes ready only after its time', () => {
    const { clock, life, pods, state } = simulate(oneWorkload());
    life.setBehaviour(DEPLOYMENTS, WEB, { type: 'slowStart', seconds: 60 });
    clock.advance(30_000);
    expect(state(pods()[0])?.ready).toBe(false);
    clock.advance(45_000);
    expect(state(pods()[0])?.ready).toBe(true);
  });

  it('act on running pods at once, and end when healthy again', () => {
    const { clock, life, pods, state } = simulate(oneWorkload('replicas: 3'));
    expect(
      life.setBehaviour(DEPLOYMENTS, WEB, { type: 'oom', afterSeconds: 5 }),
    ).toBe(true);
    clock.advance(1_000);
    expect(pods().map(pod => state(pod)?.state.terminated?.reason)).toEqual(
      Array(3).fill('OOMKilled'),
    );
    clock.advance(30_000);
    expect(pods().every(pod => (state(pod)?.restartCount ?? 0) > 0)).toBe(true);
    life.setBehaviour(DEPLOYMENTS, WEB, { type: 'healthy' });
    clock.advance(10_000);
    expect(pods().every(pod => state(pod)?.ready)).toBe(true);
  });

  it('of a workload that is not there cannot be set', () => {
    expect(
      simulate(oneWorkload()).life.setBehaviour(
        DEPLOYMENTS,
        { namespace: 'shop', name: 'none' },
        { type: 'oom' },
      ),
    ).toBe(false);
  });
});

describe('other controllers', () => {
  it('StatefulSet makes its pods in order and waits for each', () => {
    const { clock, life, objects, pods, state } = simulate(
      oneWorkload('replicas: 3', 'StatefulSet'),
    );
    expect(pods().map(({ metadata }) => metadata.name)).toEqual([
      'web-0',
      'web-1',
      'web-2',
    ]);
    life.setBehaviour('statefulsets.apps', WEB, { type: 'notReady' });
    objects.delete('pods', { namespace: 'shop', name: 'web-0' });
    clock.advance(30_000);
    expect(
      state(
        pods().find(({ metadata }) => metadata.name === 'web-0') ?? pods()[0],
      )?.ready,
    ).toBe(false);
    expect(
      objects.get('statefulsets.apps', WEB)?.status?.currentRevision,
    ).toMatch(/^web-/);
  });

  it('DaemonSet has a pod on each node', () => {
    const { pods, status } = simulate(oneWorkload('', 'DaemonSet'));
    expect(
      pods()
        .map(({ spec }) => spec.nodeName)
        .sort(),
    ).toEqual(['node-1', 'node-2', 'node-3']);
    expect(status('daemonsets.apps', 'web')).toMatchObject({
      desiredNumberScheduled: 3,
      numberReady: 3,
      numberAvailable: 3,
    });
  });

  it('Job completes once, and fails after its back-off limit', () => {
    const good = simulate(oneWorkload('runSeconds: 5', 'Job'));
    expect(good.condition('jobs.batch', 'web', 'Complete')?.status).toBe(
      'True',
    );
    expect(good.pods()[0].status?.phase).toBe('Succeeded');
    const bad = simulate(
      oneWorkload('backoffLimit: 2, behaviour: { type: crashLoop }', 'Job'),
    );
    expect(bad.condition('jobs.batch', 'web', 'Failed')?.reason).toBe(
      'BackoffLimitExceeded',
    );
    expect(bad.status('jobs.batch', 'web')?.failed).toBe(3);
  });

  it('CronJob keeps its last three jobs', () => {
    const { objects, clock } = simulate(
      oneWorkload('schedule: "*/5 * * * *", runSeconds: 5', 'CronJob'),
    );
    clock.advance(60_000);
    expect(objects.list('jobs.batch', 'shop')).toHaveLength(3);
    expect(objects.get('cronjobs.batch', WEB)?.status?.lastScheduleTime).toBe(
      '2026-11-21T10:00:00Z',
    );
  });

  it('Endpoints follow the ready pods, and a service that selects nothing has none', () => {
    const { objects } = simulate(
      oneWorkload('replicas: 2, service: { port: 80 }'),
    );
    const subsets = objects.get('endpoints', WEB)?.subsets as {
      addresses: unknown[];
    }[];
    expect(subsets[0].addresses).toHaveLength(2);
    const wrong = simulate(
      oneWorkload('service: { port: 80, selector: { app: nobody } }'),
    );
    expect(wrong.objects.get('endpoints', WEB)?.subsets).toBeUndefined();
  });

  it('claims are bound, except of a missing class', () => {
    const good = simulate(oneWorkload('volume: { size: 10Gi }', 'StatefulSet'));
    expect(good.status('persistentvolumeclaims', 'data-web-0')?.phase).toBe(
      'Bound',
    );
    const bad = simulate(
      oneWorkload(
        'volume: { size: 10Gi, storageClass: missing }',
        'StatefulSet',
      ),
    );
    expect(bad.status('persistentvolumeclaims', 'data-web-0')?.phase).toBe(
      'Pending',
    );
  });

  it('the autoscaler reports how many there are', () => {
    const { status } = simulate(
      oneWorkload('replicas: 2, hpa: { min: 1, max: 4 }'),
    );
    expect(status('horizontalpodautoscalers.autoscaling', 'web')).toMatchObject(
      { currentReplicas: 2, desiredReplicas: 2 },
    );
  });
});

it('makes the same objects from the same seed, and others from another', () => {
  const snapshot = (seed: number) => {
    const sim = simulate(
      oneWorkload('replicas: 3, behaviour: { type: crashLoop, pods: 1 }'),
      { seed },
    );
    sim.clock.advance(300_000);
    return JSON.stringify([
      sim.objects.list('pods'),
      sim.objects.list('events'),
    ]);
  };
  expect(snapshot(1)).toBe(snapshot(1));
  expect(snapshot(1)).not.toBe(snapshot(2));
});

// SPDX-License-Identifier: Apache-2.0
import { onePod } from '../kubelet/testing/onePod';
import { oneWorkload, simulate } from './testing/simulate';

const WEB = { namespace: 'shop', name: 'web' };
const CLAIMS = 'persistentvolumeclaims';
const SLICES = 'endpointslices.discovery.k8s.io';

describe('a claim', () => {
  const claimFor = (spec: Record<string, unknown>) => {
    const sim = onePod({
      volumes: [{ name: 'data', persistentVolumeClaim: { claimName: 'c' } }],
    });
    const where = { namespace: 'shop', name: 'c' };
    const create = () =>
      sim.objects.create(CLAIMS, {
        apiVersion: 'v1',
        kind: 'PersistentVolumeClaim',
        metadata: where,
        spec: { resources: { requests: { storage: '5Gi' } }, ...spec },
      });
    const claim = () => sim.objects.get(CLAIMS, where);
    return { ...sim, create, claim, claimed: where };
  };

  it('that is not there keeps the pod from its place', () => {
    const sim = claimFor({});
    sim.clock.advance(5_000);
    expect(sim.condition('PodScheduled')?.message).toBe(
      '0/2 nodes are available: persistentvolumeclaim "c" not found. preemption: 0/2 nodes are available: 2 Preemption is not helpful for scheduling.',
    );
    sim.create();
    sim.clock.advance(10_000);
    expect(sim.pod().status?.phase).toBe('Running');
  });

  it('of the default class is bound for its first pod, to a volume of its own', () => {
    const sim = claimFor({});
    sim.remove();
    sim.create();
    sim.clock.advance(60_000);
    expect(sim.claim()?.status?.phase).not.toBe('Bound');
    expect(sim.reasons()).toContain('WaitForFirstConsumer');
    const again = claimFor({});
    again.create();
    again.clock.advance(30_000);
    expect(again.claim()).toMatchObject({
      spec: {
        storageClassName: 'gp3',
        volumeName: `pvc-${again.claim()?.metadata.uid}`,
      },
      status: { phase: 'Bound', capacity: { storage: '5Gi' } },
    });
    const name = String(again.claim()?.spec?.volumeName);
    expect(again.objects.get('persistentvolumes', { name })).toMatchObject({
      spec: { claimRef: { name: 'c' }, capacity: { storage: '5Gi' } },
      status: { phase: 'Bound' },
    });
    again.objects.delete(CLAIMS, again.claimed);
    again.clock.advance(1_000);
    expect(again.objects.get('persistentvolumes', { name })).toBeUndefined();
  });

  it('of a class that is missing stays pending, with its pod', () => {
    const sim = claimFor({ storageClassName: 'nowhere' });
    sim.create();
    sim.clock.advance(60_000);
    expect(sim.claim()?.status?.phase).toBe('Pending');
    expect(sim.messages()).toContain(
      'storageclass.storage.k8s.io "nowhere" not found',
    );
    expect(sim.condition('PodScheduled')?.message).toContain(
      'pod has unbound immediate PersistentVolumeClaims',
    );
  });
});

describe('the endpoints of a service', () => {
  it('are slices too, which tell pods that serve from those that end', () => {
    const sim = simulate(oneWorkload('replicas: 2, service: { port: 80 }'));
    const [slice] = sim.objects.list(SLICES, 'shop');
    expect(slice).toMatchObject({
      addressType: 'IPv4',
      metadata: { labels: { 'kubernetes.io/service-name': 'web' } },
      ports: [{ name: 'http', port: 8080, protocol: 'TCP' }],
    });
    expect(slice.endpoints).toMatchObject([
      { conditions: { ready: true, serving: true, terminating: false } },
      { conditions: { ready: true } },
    ]);
    sim.objects.delete('pods', sim.pods()[0].metadata);
    sim.clock.advance(500);
    const conditions = JSON.stringify(sim.objects.list(SLICES, 'shop'));
    expect(conditions).toContain(
      '{"ready":false,"serving":true,"terminating":true}',
    );
    sim.objects.delete('services', WEB);
    sim.clock.advance(500);
    expect(sim.objects.list(SLICES, 'shop')).toEqual([]);
    expect(sim.objects.get('endpoints', WEB)).toBeUndefined();
  });

  it('go to the port that the pod names', () => {
    const sim = simulate(oneWorkload('service: { port: 80 }'));
    sim.objects.modify('services', WEB, draft => {
      draft.spec = { ...draft.spec, ports: [{ port: 80, targetPort: 'http' }] };
    });
    sim.clock.advance(100);
    expect(sim.objects.get('endpoints', WEB)?.subsets).toMatchObject([
      { ports: [{ port: 8080 }] },
    ]);
  });
});

describe('a disruption budget', () => {
  const budget = (spec: Record<string, unknown>) => {
    const sim = simulate(oneWorkload('replicas: 4'));
    sim.objects.create('poddisruptionbudgets.policy', {
      apiVersion: 'policy/v1',
      kind: 'PodDisruptionBudget',
      metadata: WEB,
      spec: {
        selector: { matchLabels: { 'app.kubernetes.io/name': 'web' } },
        ...spec,
      },
    });
    sim.clock.advance(1_000);
    const status = () => sim.status('poddisruptionbudgets.policy', 'web');
    return { ...sim, status };
  };

  it.each([
    [{ minAvailable: 3 }, 1, 3],
    [{ minAvailable: '50%' }, 2, 2],
    [{ maxUnavailable: 1 }, 1, 3],
    [{ maxUnavailable: '100%' }, 4, 0],
    [{ minAvailable: 9 }, 0, 9],
  ])('of %j allows %i', (spec, disruptionsAllowed, desiredHealthy) => {
    expect(budget(spec).status()).toMatchObject({
      disruptionsAllowed,
      desiredHealthy,
      currentHealthy: 4,
      expectedPods: 4,
    });
  });

  it('follows the health of its pods', () => {
    const sim = budget({ minAvailable: 4 });
    expect(
      sim.condition('poddisruptionbudgets.policy', 'web', 'DisruptionAllowed'),
    ).toMatchObject({
      status: 'False',
      reason: 'InsufficientPods',
    });
    sim.life.setBehaviour('deployments.apps', WEB, { type: 'notReady' });
    sim.clock.advance(60_000);
    expect(sim.status()).toMatchObject({ currentHealthy: 0 });
  });
});

// SPDX-License-Identifier: Apache-2.0
import type { Kubesim } from '../Kubesim';
import { parseScenario } from '../scenario/parseScenario';
import { startKubesim } from '../startKubesim';
import { createVirtualClock } from '../time/createVirtualClock';

const CLAIMS = 'persistentvolumeclaims';
const CLAIM = { namespace: 'shop', name: 'data' };
const POD = { namespace: 'shop', name: 'user' };
const FINALIZER = 'kubernetes.io/pvc-protection';
const NODES = `
clusterName: test
nodes: [{ name: node-1 }]
namespaces: [{ name: shop }]
`;

describe('a claim', () => {
  const clock = createVirtualClock(Date.parse('2026-11-21T10:00:00Z'));
  let sim: Kubesim;
  beforeEach(async () => {
    sim = await startKubesim({
      clock,
      scenario: parseScenario(NODES, 'test.yaml'),
    });
    sim.objects.create(CLAIMS, {
      apiVersion: 'v1',
      kind: 'PersistentVolumeClaim',
      metadata: CLAIM,
      spec: {
        accessModes: ['ReadWriteOnce'],
        resources: { requests: { storage: '1Gi' } },
      },
    });
  });
  afterEach(() => sim.stop());

  const claim = () => sim.objects.get(CLAIMS, CLAIM);
  const use = () => {
    sim.objects.create('pods', {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: POD,
      spec: {
        containers: [{ name: 'main', image: 'web:1' }],
        volumes: [{ name: 'd', persistentVolumeClaim: { claimName: 'data' } }],
      },
    });
    clock.advance(60_000);
    expect(sim.objects.get('pods', POD)?.status?.phase).toBe('Running');
  };

  it('is protected from its beginning, and goes at once when nobody uses it', () => {
    expect(claim()?.metadata.finalizers).toEqual([FINALIZER]);
    sim.objects.delete(CLAIMS, CLAIM);
    expect(claim()).toBeUndefined();
  });

  it('that a pod uses goes with the pod', () => {
    use();
    sim.objects.delete(CLAIMS, CLAIM);
    clock.advance(60_000);
    expect(claim()?.metadata.deletionTimestamp).toBeDefined();
    sim.objects.delete('pods', POD);
    expect(claim()).toBeDefined();
    clock.advance(60_000);
    expect(sim.objects.get('pods', POD)).toBeUndefined();
    expect(claim()).toBeUndefined();
  });

  it('that waits to go gives no place to another pod', () => {
    use();
    sim.objects.delete(CLAIMS, CLAIM);
    const { spec } = sim.objects.get('pods', POD) ?? {};
    const next = { namespace: 'shop', name: 'next' };
    sim.objects.create('pods', {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: next,
      spec: { containers: spec?.containers, volumes: [spec?.volumes].flat() },
    });
    clock.advance(20_000);
    expect(sim.objects.get('pods', next)?.spec?.nodeName).toBeUndefined();
    const said = sim.objects
      .list('events', 'shop')
      .map(({ message }) => String(message));
    expect(said.join()).toContain(
      'persistentvolumeclaim "data" is being deleted',
    );
  });

  it('does not hold up a namespace that goes, beyond its pods', () => {
    use();
    sim.objects.delete('namespaces', { name: 'shop' });
    expect(claim()?.metadata.deletionTimestamp).toBeDefined();
    clock.advance(60_000);
    expect(sim.objects.get('namespaces', { name: 'shop' })).toBeUndefined();
  });
});

it('a claim on a control plane without nodes goes though a pod names it', async () => {
  const sim = await startKubesim();
  sim.objects.create(CLAIMS, {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: { namespace: 'default', name: 'data' },
    spec: {
      accessModes: ['ReadWriteOnce'],
      resources: { requests: { storage: '1Gi' } },
    },
  });
  sim.objects.create('pods', {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { namespace: 'default', name: 'user' },
    spec: {
      containers: [{ name: 'main', image: 'web:1' }],
      volumes: [{ name: 'd', persistentVolumeClaim: { claimName: 'data' } }],
    },
  });
  sim.objects.delete(CLAIMS, { namespace: 'default', name: 'data' });
  expect(sim.objects.list(CLAIMS)).toEqual([]);
  await sim.stop();
});

// SPDX-License-Identifier: Apache-2.0
import type { Kubesim } from '../Kubesim';
import { startKubesim } from '../startKubesim';
import type { OwnerReference } from '../storage/Objects';
import {
  createVirtualClock,
  type VirtualClock,
} from '../time/createVirtualClock';

describe('controllers without a scenario', () => {
  let sim: Kubesim;
  let clock: VirtualClock;

  beforeEach(async () => {
    clock = createVirtualClock(Date.parse('2026-11-21T10:00:00Z'));
    sim = await startKubesim({ controllers: true, clock });
  });
  afterEach(() => sim.stop());

  const where = (name: string) => ({ namespace: 'default', name });
  const settings = (name: string, ownerReferences?: OwnerReference[]) =>
    sim.objects.create('configmaps', {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { ...where(name), ownerReferences },
    });
  const ownedBy = (name: string, uid: string): OwnerReference => ({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    name,
    uid,
  });
  const present = (name: string) =>
    sim.objects.get('configmaps', where(name)) !== undefined;

  it('collect what is owned by something that never was', () => {
    const { uid } = settings('owner').metadata;
    settings('kept', [ownedBy('owner', uid)]);
    settings('lost', [ownedBy('nobody', 'no-such-uid')]);
    settings('reused', [ownedBy('owner', 'another-uid')]);
    settings('shared', [ownedBy('owner', uid), ownedBy('nobody', 'none')]);
    settings('foreign', [
      { ...ownedBy('x', 'y'), apiVersion: 'example.com/v1', kind: 'Unknown' },
    ]);
    clock.advance(5_000);
    expect(
      ['kept', 'lost', 'reused', 'shared', 'foreign'].map(present),
    ).toEqual([true, false, false, true, true]);
    expect(
      sim.objects.get('configmaps', where('shared'))?.metadata.ownerReferences,
    ).toEqual([ownedBy('owner', uid)]);
  });

  it('make pods that wait for a node for ever', () => {
    sim.objects.create('deployments.apps', {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: where('web'),
      spec: {
        replicas: 2,
        selector: { matchLabels: { app: 'web' } },
        template: {
          metadata: { labels: { app: 'web' } },
          spec: { containers: [{ name: 'main', image: 'web:1' }] },
        },
      },
    });
    clock.advance(60_000);
    const pods = sim.objects.list('pods', 'default');
    expect(pods.map(({ status }) => status?.phase)).toEqual([
      'Pending',
      'Pending',
    ]);
    expect(
      sim.objects.get('deployments.apps', where('web'))?.status,
    ).toMatchObject({ replicas: 2, unavailableReplicas: 2 });
    expect(sim.life.errors.list()).toEqual([]);
  });
});

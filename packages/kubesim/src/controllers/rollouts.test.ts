// SPDX-License-Identifier: Apache-2.0
import { asPod } from '../kubelet/Pod';
import type { KubeObject } from '../storage/Objects';
import { oneWorkload, simulate } from './testing/simulate';
import { templateHash } from './templateHash';

const WEB = { namespace: 'shop', name: 'web' };
const DEPLOYMENTS = 'deployments.apps';
const REVISION = 'deployment.kubernetes.io/revision';

function begin(more: string, kind = 'Deployment') {
  const sim = simulate(oneWorkload(more, kind));
  const resource = `${kind.toLowerCase()}s.apps`;
  const change = (next: (spec: Record<string, unknown>) => void) =>
    sim.objects.modify(resource, WEB, draft => next(draft.spec ?? {}));
  const setImage = (tag: string) =>
    sim.objects.modify(resource, WEB, draft => {
      const template = draft.spec?.template as {
        spec: { containers: { image: string }[] };
      };
      template.spec.containers[0].image = `registry.example.com/web:${tag}`;
    });
  const tags = () =>
    sim
      .pods()
      .filter(({ metadata }) => !metadata.deletionTimestamp)
      .sort((one, other) =>
        one.metadata.name.localeCompare(other.metadata.name),
      )
      .map(({ spec }) => spec.containers[0].image.split(':')[1]);
  const sets = () => sim.objects.list('replicasets.apps', 'shop');
  const own = (): KubeObject => {
    const found = sim.objects.get(resource, WEB);
    if (!found) throw new Error('the workload is gone');
    return found;
  };
  return { ...sim, resource, change, setImage, tags, sets, own };
}

it('the hash of a template does not depend on the order of its fields', () => {
  expect(templateHash({ a: 1, b: { c: [1], d: {} } })).toBe(
    templateHash({ b: { c: [1] }, a: 1 }),
  );
  expect(templateHash({ a: 1 })).not.toBe(templateHash({ a: 2 }));
});

describe('a Deployment', () => {
  it('hands its annotations down, and keeps which revisions a set stood for', () => {
    const sim = begin('replicas: 1');
    sim.objects.modify(DEPLOYMENTS, WEB, draft => {
      draft.metadata.annotations = {
        ...draft.metadata.annotations,
        'kubernetes.io/change-cause': 'because',
      };
    });
    sim.setImage('2.0.0');
    sim.clock.advance(60_000);
    sim.setImage('1.0.0');
    sim.clock.advance(60_000);
    const first = sim
      .sets()
      .find(({ metadata }) => metadata.annotations?.[REVISION] === '3');
    expect(first?.metadata.annotations).toMatchObject({
      'kubernetes.io/change-cause': 'because',
      'deployment.kubernetes.io/revision-history': '1',
    });
  });

  it('keeps only so many old revisions', () => {
    const sim = begin('replicas: 1');
    sim.change(spec => {
      spec.revisionHistoryLimit = 2;
    });
    for (const tag of ['2', '3', '4', '5']) {
      sim.setImage(tag);
      sim.clock.advance(60_000);
    }
    expect(sim.sets()).toHaveLength(3);
  });

  it('stands still while paused, is still resized, and goes on when resumed', () => {
    const sim = begin('replicas: 2');
    sim.change(spec => {
      spec.paused = true;
      spec.replicas = 3;
    });
    sim.setImage('2.0.0');
    sim.clock.advance(60_000);
    expect(sim.tags()).toEqual(['1.0.0', '1.0.0', '1.0.0']);
    const progressing = () => sim.condition(DEPLOYMENTS, 'web', 'Progressing');
    expect(progressing()).toMatchObject({
      status: 'Unknown',
      reason: 'DeploymentPaused',
    });
    sim.change(spec => {
      delete spec.paused;
    });
    sim.clock.advance(120_000);
    expect(sim.tags()).toEqual(['2.0.0', '2.0.0', '2.0.0']);
    expect(progressing()?.reason).toBe('NewReplicaSetAvailable');
  });
});

describe('a ReplicaSet', () => {
  it('takes in pods that fit and belong to nobody, and lets go those that no longer fit', () => {
    const sim = begin('replicas: 2');
    const [first] = sim.pods();
    sim.objects.modify('pods', first.metadata, draft => {
      draft.metadata.labels = { quarantined: 'yes' };
    });
    sim.clock.advance(10_000);
    const released = sim.objects.get('pods', first.metadata);
    expect(released?.metadata.ownerReferences).toBeUndefined();
    expect(sim.pods()).toHaveLength(3);
    const [set] = sim.sets();
    sim.objects.modify('pods', first.metadata, draft => {
      draft.metadata.labels = first.metadata.labels;
    });
    sim.clock.advance(100);
    expect(
      sim.objects.get('pods', first.metadata)?.metadata.ownerReferences,
    ).toMatchObject([{ uid: set.metadata.uid, controller: true }]);
    sim.clock.advance(10_000);
    expect(sim.pods()).toHaveLength(2);
  });
});

describe('a StatefulSet', () => {
  it('is updated from the last pod down to its partition, one after the other', () => {
    const sim = begin('replicas: 3', 'StatefulSet');
    sim.change(spec => {
      spec.updateStrategy = {
        type: 'RollingUpdate',
        rollingUpdate: { partition: 1 },
      };
    });
    sim.setImage('2.0.0');
    const seen: string[] = [];
    for (let step = 0; step < 60; step += 1) {
      sim.clock.advance(1_000);
      const text = sim.tags().join();
      if (seen.at(-1) !== text) seen.push(text);
    }
    expect(seen.at(-1)).toBe('1.0.0,2.0.0,2.0.0');
    expect(seen).toContain('1.0.0,1.0.0,2.0.0');
    expect(sim.own().status?.currentRevision).not.toBe(
      sim.own().status?.updateRevision,
    );
    sim.objects.delete('pods', { namespace: 'shop', name: 'web-0' });
    sim.clock.advance(20_000);
    expect(sim.tags()[0]).toBe('1.0.0');
  });

  it('waits with OnDelete, and makes all pods at once when parallel', () => {
    const sim = begin('replicas: 2', 'StatefulSet');
    sim.change(spec => {
      spec.updateStrategy = { type: 'OnDelete' };
      spec.podManagementPolicy = 'Parallel';
      spec.replicas = 5;
    });
    sim.clock.advance(200);
    expect(sim.pods()).toHaveLength(5);
    sim.setImage('2.0.0');
    sim.clock.advance(60_000);
    expect(new Set(sim.tags())).toEqual(new Set(['1.0.0']));
    sim.objects.delete('pods', { namespace: 'shop', name: 'web-4' });
    sim.clock.advance(20_000);
    expect(sim.tags()).toEqual(['1.0.0', '1.0.0', '1.0.0', '1.0.0', '2.0.0']);
  });

  it('keeps its revisions as patches that can be sent back', () => {
    const sim = begin('replicas: 1', 'StatefulSet');
    sim.setImage('2.0.0');
    sim.clock.advance(60_000);
    const revisions = sim.objects.list('controllerrevisions.apps', 'shop');
    expect(revisions.map(({ revision }) => revision).sort()).toEqual([1, 2]);
    expect(revisions[0].data).toMatchObject({
      spec: { template: { $patch: 'replace' } },
    });
  });
});

describe('a DaemonSet', () => {
  it('replaces no more pods at a time than may be unavailable', () => {
    const sim = begin('', 'DaemonSet');
    sim.change(spec => {
      spec.updateStrategy = {
        type: 'RollingUpdate',
        rollingUpdate: { maxUnavailable: 2 },
      };
    });
    sim.setImage('2.0.0');
    let fewest = 3;
    for (let step = 0; step < 60; step += 1) {
      sim.clock.advance(1_000);
      const ready = sim
        .pods()
        .filter(
          pod =>
            !pod.metadata.deletionTimestamp &&
            asPod(sim.objects.get('pods', pod.metadata) ?? sim.own()).status
              ?.containerStatuses?.[0].ready,
        ).length;
      fewest = Math.min(fewest, ready);
    }
    expect(fewest).toBe(1);
    expect(sim.tags()).toEqual(['2.0.0', '2.0.0', '2.0.0']);
  });

  it('follows the nodes that come and go', () => {
    const sim = begin('', 'DaemonSet');
    sim.objects.delete('nodes', { name: 'node-3' });
    sim.clock.advance(10_000);
    expect(
      sim
        .pods()
        .map(({ spec }) => spec.nodeName)
        .sort(),
    ).toEqual(['node-1', 'node-2']);
  });
});

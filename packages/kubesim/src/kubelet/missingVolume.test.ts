// SPDX-License-Identifier: Apache-2.0
import { missingVolume } from './missingVolume';
import { onePod } from './testing/onePod';

const CONFIG = { name: 'config', configMap: { name: 'web' } };

function mounted(volume: Record<string, unknown>) {
  const sim = onePod({ volumes: [{ name: 'v', ...volume }] });
  const create = (resource: 'configmaps' | 'secrets', name: string) =>
    sim.objects.create(resource, {
      apiVersion: 'v1',
      kind: resource === 'secrets' ? 'Secret' : 'ConfigMap',
      metadata: { namespace: 'shop', name },
      data: { present: 'x' },
    });
  const problem = () =>
    missingVolume(sim.pod(), sim.objects)?.replace(
      'MountVolume.SetUp failed for volume "v" : ',
      '',
    );
  return { create, problem };
}

it('a ConfigMap that is missing holds a pod until it is there', () => {
  const sim = onePod({ volumes: [CONFIG] });
  sim.clock.advance(30_000);
  expect(sim.pod().status?.phase).toBe('Pending');
  expect(sim.pod().spec.nodeName).toBeDefined();
  expect(sim.main()?.state.waiting?.reason).toBe('ContainerCreating');
  expect(sim.objects.list('events', 'shop')).toContainEqual(
    expect.objectContaining({
      type: 'Warning',
      reason: 'FailedMount',
      message:
        'MountVolume.SetUp failed for volume "config" : configmap "web" not found',
      source: expect.objectContaining({ component: 'kubelet' }),
    }),
  );
  sim.objects.create('configmaps', {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { namespace: 'shop', name: 'web' },
  });
  sim.clock.advance(150_000);
  expect(sim.pod().status?.phase).toBe('Running');
});

it('a pod that waits for a volume can be told to behave otherwise, and to end', () => {
  const sim = onePod({ volumes: [CONFIG] });
  sim.clock.advance(10_000);
  sim.behave({ type: 'crashLoop' });
  sim.objects.create('configmaps', {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { namespace: 'shop', name: 'web' },
  });
  sim.clock.advance(60_000);
  expect(sim.main()?.restartCount).toBeGreaterThan(0);
  const other = onePod({ volumes: [CONFIG] });
  other.clock.advance(10_000);
  other.remove();
  other.clock.advance(60_000);
  expect(other.found()).toBeUndefined();
});

it('secrets, projected sources and single keys are asked for in the words of the kubelet', () => {
  const secret = mounted({ secret: { secretName: 's' } });
  expect(secret.problem()).toBe('secret "s" not found');
  secret.create('secrets', 's');
  expect(secret.problem()).toBeUndefined();

  const key = mounted({ configMap: { name: 'c', items: [{ key: 'k' }] } });
  key.create('configmaps', 'c');
  expect(key.problem()).toBe('configmap references non-existent config key: k');
  const file = mounted({ secret: { secretName: 's', items: [{ key: 'k' }] } });
  file.create('secrets', 's');
  expect(file.problem()).toBe('references non-existent secret key: k');

  const sources = [{ secret: { name: 's' } }, { configMap: { name: 'c' } }];
  const projected = mounted({ projected: { sources } });
  expect(projected.problem()).toBe(
    '[secret "s" not found, configmap "c" not found]',
  );
});

it('what is optional holds nothing up', () => {
  const configMap = { name: 'c', optional: true };
  expect(mounted({ configMap }).problem()).toBeUndefined();
  const secret = { secretName: 's', optional: true };
  expect(mounted({ secret }).problem()).toBeUndefined();
});

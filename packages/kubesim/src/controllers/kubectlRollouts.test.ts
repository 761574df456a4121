// SPDX-License-Identifier: Apache-2.0
import type { Kubesim } from '../Kubesim';
import { parseScenario } from '../scenario/parseScenario';
import { startKubesim } from '../startKubesim';
import { Kubectl } from '../testing/Kubectl';

const SCENARIO = `
clusterName: rollouts
nodes: [{ name: node-1 }, { name: node-2 }]
namespaces:
  - name: shop
    workloads:
      - { kind: Deployment, name: web, release: '1', image: registry.example.com/web, replicas: 2 }
      - { kind: StatefulSet, name: store, release: '1', image: registry.example.com/store, replicas: 2 }
      - { kind: DaemonSet, name: agent, release: '1', image: registry.example.com/agent }
`;
const WIDE = 60_000;
const IN_SHOP = ['--namespace', 'shop'];

describe('rollouts by kubectl', () => {
  let sim: Kubesim;
  let kubectl: Kubectl;

  beforeAll(async () => {
    const scenario = parseScenario(SCENARIO, 'rollouts.yaml');
    sim = await startKubesim({ scenario, speed: 60 });
    kubectl = await Kubectl.start(`${sim.url}/_as/${sim.token}`);
  }, WIDE);
  afterAll(async () => {
    await kubectl?.stop();
    await sim?.stop();
  });

  const rollout = (...args: string[]) =>
    kubectl.run('rollout', ...args, ...IN_SHOP);
  const images = (name: string) =>
    sim.objects
      .list('pods', 'shop')
      .filter(
        ({ metadata }) =>
          metadata.labels?.['app.kubernetes.io/name'] === name &&
          !metadata.deletionTimestamp,
      )
      .map(({ spec }) => {
        const [container] = spec?.containers as { image: string }[];
        return container.image.split('/')[1];
      });

  it.each([
    ['deployment/web', 'web'],
    ['statefulset/store', 'store'],
    ['daemonset/agent', 'agent'],
  ])(
    'of %s go forward, keep their history, and go back',
    async (target, name) => {
      const image = `main=registry.example.com/${name}:2`;
      await kubectl.run('set', 'image', target, image, ...IN_SHOP);
      await rollout('status', target, '--timeout=30s');
      expect(images(name)).toEqual([`${name}:2`, `${name}:2`]);
      expect(await rollout('history', target)).toMatch(/^1\s[^]*^2\s/m);
      expect(await rollout('undo', target)).toContain('rolled back');
      await rollout('status', target, '--timeout=30s');
      expect(images(name)).toEqual([`${name}:1`, `${name}:1`]);
      expect(await rollout('history', target)).toMatch(/^2\s[^]*^3\s/m);
      const before = sim.objects.list('pods', 'shop').map(p => p.metadata.uid);
      await rollout('restart', target);
      await rollout('status', target, '--timeout=30s');
      const after = sim.objects
        .list('pods', 'shop')
        .filter(
          ({ metadata }) =>
            metadata.labels?.['app.kubernetes.io/name'] === name &&
            !metadata.deletionTimestamp,
        );
      expect(after.some(p => before.includes(p.metadata.uid))).toBe(false);
    },
    WIDE,
  );

  it(
    'pauses, resumes, autoscales and waits',
    async () => {
      await rollout('pause', 'deployment/web');
      await rollout('resume', 'deployment/web');
      const bounds = ['--min=1', '--max=3', '--cpu-percent=70'];
      await kubectl.run('autoscale', 'deployment/web', ...bounds, ...IN_SHOP);
      await kubectl.run(
        ...['wait', 'hpa/web', ...IN_SHOP, '--timeout=30s'],
        '--for=condition=ScalingActive',
      );
      await kubectl.run(
        ...['wait', 'deployment/web', ...IN_SHOP, '--timeout=30s'],
        '--for=condition=Available',
      );
      expect(await kubectl.run('get', 'hpa', 'web', ...IN_SHOP)).toMatch(
        /cpu: \d+%\/70%/,
      );
      expect(sim.life.errors.list()).toEqual([]);
    },
    WIDE,
  );
});

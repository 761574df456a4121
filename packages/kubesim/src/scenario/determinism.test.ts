// SPDX-License-Identifier: Apache-2.0
import { startKubesim } from '../startKubesim';
import { createVirtualClock } from '../time/createVirtualClock';
import { parseScenario } from './parseScenario';

const SCENARIO = `
clusterName: twice
startedAgo: 10m
nodes: [{ name: node-1 }, { name: node-2 }]
namespaces:
  - name: shop
    quota: { pods: '12' }
    helmReleases: [{ name: web, chart: web, version: 1.0.0 }]
    workloads:
      - { kind: Deployment, name: web, release: '1', image: web, replicas: 3, service: { port: 80 }, hpa: { min: 2, max: 5 } }
      - { kind: Deployment, name: crash, release: '1', image: web, behaviour: { type: crashLoop } }
      - { kind: StatefulSet, name: store, release: '1', image: web, replicas: 2, volume: { size: 1Gi } }
      - { kind: CronJob, name: night, release: '1', image: web, schedule: '*/2 * * * *', runSeconds: 30 }
timeline:
  - { every: 90s, do: deploy, namespace: shop, workload: web, releases: ['2', '3'] }
  - { every: 60s, do: setLoad, namespace: shop, workload: web, loads: [{ cpu: 120% }, { cpu: 20% }] }
`;

/** Every change of a cluster's first minutes, in order. */
async function history(seed: number): Promise<string[]> {
  const clock = createVirtualClock(Date.parse('2026-11-21T10:00:00Z'));
  const scenario = parseScenario(SCENARIO, 'twice.yaml');
  const sim = await startKubesim({ scenario, clock, seed });
  const seen: string[] = [];
  const note = ({ type, object }: { type: string; object: unknown }) =>
    seen.push(`${type} ${JSON.stringify(object)}`);
  for (const resource of ['pods', 'events', 'deployments.apps'])
    for (const object of sim.objects.list(resource))
      note({ type: 'STATE', object });
  const stop = sim.objects.onChange(note);
  clock.advance(600_000);
  stop();
  await sim.stop();
  expect(sim.life.errors.list()).toEqual([]);
  return seen;
}

it('the same seed and clock make the same stream of objects, another seed another', async () => {
  const first = await history(3);
  expect(first.length).toBeGreaterThan(500);
  expect(await history(3)).toEqual(first);
  expect(await history(4)).not.toEqual(first);
}, 60_000);

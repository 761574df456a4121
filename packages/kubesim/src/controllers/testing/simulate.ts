// SPDX-License-Identifier: Apache-2.0
import { asPod, type Pod } from '../../kubelet/Pod';
import { createLife } from '../../scenario/createLife';
import { parseScenario } from '../../scenario/parseScenario';
import { createRandom } from '../../time/createRandom';
import { createVirtualClock } from '../../time/createVirtualClock';
import { MemoryObjects } from './MemoryObjects';

const START = Date.parse('2026-11-21T10:00:00Z');

/** A scenario come to life over objects in memory, with the means to look at it. */
export function simulate(
  text: string,
  options: { refuse?: MemoryObjects['refuse']; seed?: number } = {},
) {
  const clock = createVirtualClock(START);
  const objects = new MemoryObjects(clock);
  if (options.refuse) objects.refuse = options.refuse;
  const life = createLife(parseScenario(text, 'test.yaml'), {
    objects,
    clock,
    random: createRandom(options.seed ?? 7),
  });
  life.start();
  const pods = (namespace = 'shop'): Pod[] =>
    objects.list('pods', namespace).map(asPod);
  const state = (pod: Pod) => pod.status?.containerStatuses?.[0];
  const events = (namespace = 'shop') => objects.list('events', namespace);
  const status = (resource: string, name: string) =>
    objects.get(resource, { namespace: 'shop', name })?.status;
  const condition = (resource: string, name: string, type: string) =>
    (
      (status(resource, name)?.conditions ?? []) as {
        type: string;
        status: string;
        reason: string;
      }[]
    ).find(each => each.type === type);
  return { clock, objects, life, pods, state, events, status, condition };
}

/** A scenario of one workload `web` in namespace `shop`; `more` is YAML flow text of further fields. */
export function oneWorkload(more = '', kind = 'Deployment'): string {
  return `
clusterName: test
nodes: [{ name: node-1 }, { name: node-2 }, { name: node-3 }]
namespaces:
  - name: shop
    labels: { tenantry.dev/tenant: shop }
    workloads:
      - { kind: ${kind}, name: web, release: 1.0.0, image: registry.example.com/web${
    more ? `, ${more}` : ''
  } }
`;
}

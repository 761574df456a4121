// SPDX-License-Identifier: Apache-2.0
import { simulate } from '../../controllers/testing/simulate';
import type { Behaviour } from '../../scenario/Life';
import { asPod, type PodSpec } from '../Pod';

const EMPTY = `
clusterName: test
nodes: [{ name: node-1 }, { name: node-2 }]
namespaces: [{ name: shop }]
`;

/** A cluster with one pod `p` of the given spec, and the means to look at it. */
export function onePod(
  spec: Partial<PodSpec> & Record<string, unknown>,
  behaviour: Behaviour = { type: 'healthy' },
) {
  const sim = simulate(EMPTY);
  const where = { namespace: 'shop', name: 'p' };
  sim.objects.create('pods', {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: where,
    spec: {
      restartPolicy: 'Always',
      terminationGracePeriodSeconds: 30,
      containers: [{ name: 'main', image: 'web:1' }],
      ...spec,
    },
    status: { phase: 'Pending' },
  });
  const found = () => sim.objects.get('pods', where);
  const pod = () => {
    const object = found();
    if (!object) throw new Error('the pod is gone');
    return asPod(object);
  };
  const behave = (next: Behaviour) =>
    sim.life.setBehaviour('pods', where, next);
  behave(behaviour);
  const condition = (type: string) =>
    pod().status?.conditions?.find(each => each.type === type);
  const main = () => pod().status?.containerStatuses?.[0];
  const init = (at = 0) => pod().status?.initContainerStatuses?.[at];
  const reasons = () => sim.events().map(({ reason }) => String(reason));
  const messages = () => sim.events().map(({ message }) => String(message));
  const remove = () => sim.objects.delete('pods', where);
  const { clock, objects, life } = sim;
  return {
    ...{ clock, objects, life, where, found, pod, behave, remove },
    ...{ condition, main, init, reasons, messages },
  };
}

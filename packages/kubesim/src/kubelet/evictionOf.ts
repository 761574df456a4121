// SPDX-License-Identifier: Apache-2.0
import type { Condition } from '../controllers/Condition';
import type { Pod } from './Pod';

const SHORT: Readonly<Record<string, { threshold: string; left: string }>> = {
  memory: { threshold: '100Mi', left: '92Mi' },
  'ephemeral-storage': { threshold: '1Gi', left: '812Mi' },
};

/** What a kubelet writes when it evicts a pod because its node is short of a resource. */
export function evictionOf(
  pod: Pod,
  resource: string,
): { message: string; condition: Condition } {
  const { threshold, left } = SHORT[resource] ?? SHORT.memory;
  const uses = pod.spec.containers.map(({ name, resources }) => {
    const request = resources?.requests?.[resource] ?? '0';
    return `Container ${name} was using more than its request of ${request}, has larger consumption of ${resource}. `;
  });
  const message = `The node was low on resource: ${resource}. Threshold quantity: ${threshold}, available: ${left}. ${uses.join(
    '',
  )}`;
  const condition: Condition = {
    type: 'DisruptionTarget',
    status: 'True',
    reason: 'TerminationByKubelet',
    message,
  };
  return { message, condition };
}

// SPDX-License-Identifier: Apache-2.0
import { setCondition, type Condition } from '../controllers/Condition';
import type { ContainerStatus, Pod, PodStatus } from './Pod';

/** The order in which a kubelet writes conditions. */
const ORDER = [
  'PodReadyToStartContainers',
  'Initialized',
  'Ready',
  'ContainersReady',
  'PodScheduled',
];
const ended = (phase: string | undefined) =>
  phase === 'Succeeded' || phase === 'Failed';

/** The quality of service class, by the rule of the API: equal limits, some requests, or none. */
export function qosClass(pod: Pod): 'Guaranteed' | 'Burstable' | 'BestEffort' {
  const all = pod.spec.containers.map(({ resources }) => resources ?? {});
  if (all.every(({ requests, limits }) => !requests && !limits))
    return 'BestEffort';
  const guaranteed = all.every(({ requests = {}, limits = {} }) =>
    ['cpu', 'memory'].every(
      name => limits[name] && (requests[name] ?? limits[name]) === limits[name],
    ),
  );
  return guaranteed ? 'Guaranteed' : 'Burstable';
}

/** The status, made when the pod has none yet. */
export function statusOf(pod: Pod): PodStatus & { conditions: Condition[] } {
  const status = pod.status ?? {};
  pod.status = status;
  status.phase ??= 'Pending';
  status.qosClass ??= qosClass(pod);
  return Object.assign(status, { conditions: status.conditions ?? [] });
}

/** Containers as they are before their first start. */
export function newContainerStatuses(pod: Pod): ContainerStatus[] {
  return pod.spec.containers.map(({ name, image }) => ({
    name,
    state: { waiting: { reason: 'ContainerCreating' } },
    lastState: {},
    ready: false,
    restartCount: 0,
    image,
    imageID: '',
    started: false,
  }));
}

/** Phase and conditions follow from the containers, as the kubelet derives them. */
export function deriveConditions(pod: Pod, now: string): void {
  const status = statusOf(pod);
  const containers = status.containerStatuses ?? [];
  const unready = containers
    .filter(({ ready }) => !ready)
    .map(({ name }) => name);
  const created = containers.some(
    ({ state, lastState }) =>
      state.running || state.terminated || lastState.terminated,
  );
  status.phase = phaseOf(pod, containers);
  const succeeded = status.phase === 'Succeeded';
  const detail = succeeded
    ? { reason: 'PodCompleted' }
    : {
        reason: 'ContainersNotReady',
        message: `containers with unready status: [${unready.join(' ')}]`,
      };
  const set = (type: string, holds: boolean, why: Partial<Condition> = {}) =>
    setCondition(
      status.conditions,
      {
        type,
        status: holds ? 'True' : 'False',
        lastProbeTime: null,
        ...(holds ? {} : why),
      },
      now,
    );
  set('PodReadyToStartContainers', created && !ended(status.phase));
  set('Initialized', true);
  set('Ready', unready.length === 0, detail);
  set('ContainersReady', unready.length === 0, detail);
  set('PodScheduled', true);
  status.conditions.sort(
    (left, right) => ORDER.indexOf(left.type) - ORDER.indexOf(right.type),
  );
}

function phaseOf(pod: Pod, containers: readonly ContainerStatus[]): string {
  const done =
    containers.length > 0 && containers.every(({ state }) => state.terminated);
  if (done && pod.spec.restartPolicy !== 'Always') {
    const failed = containers.some(
      ({ state }) => state.terminated?.exitCode !== 0,
    );
    if (!failed) return 'Succeeded';
    if (pod.spec.restartPolicy === 'Never') return 'Failed';
  }
  const begun = containers.some(
    ({ state, lastState }) =>
      state.running || state.terminated || lastState.terminated,
  );
  return begun ? 'Running' : 'Pending';
}

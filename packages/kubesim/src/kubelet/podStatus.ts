// SPDX-License-Identifier: Apache-2.0
import { setCondition, type Condition } from '../controllers/Condition';
import { initsOf } from './containerFacts';
import type { Container, ContainerStatus, Pod, PodStatus } from './Pod';

/** The order in which a kubelet writes conditions. */
const ORDER = [
  'DisruptionTarget',
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

/** A container as it is before its first start. */
export function newStatus(
  { name, image }: Container,
  reason = 'ContainerCreating',
): ContainerStatus {
  return {
    name,
    state: { waiting: { reason } },
    lastState: {},
    ready: false,
    restartCount: 0,
    image,
    imageID: '',
    started: false,
  };
}

/** The containers of a pod before their first start; those that wait for init containers say so. */
export function newContainerStatuses(
  pod: Pod,
): Pick<PodStatus, 'containerStatuses' | 'initContainerStatuses'> {
  const inits = pod.spec.initContainers ?? [];
  const reason = inits.length > 0 ? 'PodInitializing' : 'ContainerCreating';
  const containerStatuses = pod.spec.containers.map(each =>
    newStatus(each, reason),
  );
  if (inits.length === 0) return { containerStatuses };
  const initContainerStatuses = inits.map(each => newStatus(each, reason));
  return { containerStatuses, initContainerStatuses };
}

type Outcome = {
  readonly holds: boolean;
  readonly why?: Pick<Condition, 'reason' | 'message'>;
};

/** Phase and conditions follow from the containers, as the kubelet derives them. */
export function deriveConditions(pod: Pod, now: string): void {
  const status = statusOf(pod);
  const mains = status.containerStatuses ?? [];
  const inits = status.initContainerStatuses ?? [];
  const incomplete = incompleteInits(pod, inits);
  if (incomplete.length === 0) releaseMains(mains);
  if (!ended(status.phase))
    status.phase = phaseOf(pod, { mains, inits, incomplete });
  for (const each of inits) {
    if (each.state.terminated?.exitCode === 0) each.ready = true;
  }
  const set = (type: string, { holds, why }: Outcome) =>
    setCondition(
      status.conditions,
      { type, status: holds ? 'True' : 'False', lastProbeTime: null, ...why },
      now,
    );
  const over = ended(status.phase);
  set('PodReadyToStartContainers', {
    holds: [...mains, ...inits].some(begun) && !over,
  });
  set('Initialized', initialized(status.phase, incomplete));
  const ready = readiness(pod, { mains, inits });
  set('Ready', ready);
  set('ContainersReady', ready);
  set('PodScheduled', { holds: true });
  status.conditions.sort(
    (left, right) => ORDER.indexOf(left.type) - ORDER.indexOf(right.type),
  );
}

function initialized(
  phase: string | undefined,
  incomplete: readonly string[],
): Outcome {
  if (phase === 'Succeeded')
    return { holds: true, why: { reason: 'PodCompleted' } };
  if (incomplete.length === 0) return { holds: true };
  return {
    holds: false,
    why: {
      reason: 'ContainersNotInitialized',
      message: `containers with incomplete status: [${incomplete.join(' ')}]`,
    },
  };
}

type Containers = {
  readonly mains: readonly ContainerStatus[];
  readonly inits: readonly ContainerStatus[];
};

function readiness(pod: Pod, { mains, inits }: Containers): Outcome {
  const { phase } = pod.status ?? {};
  if (phase === 'Succeeded')
    return { holds: false, why: { reason: 'PodCompleted' } };
  if (phase === 'Failed') return { holds: false, why: { reason: 'PodFailed' } };
  const sidecars = new Set(
    initsOf(pod)
      .filter(({ role }) => role === 'sidecar')
      .map(({ container }) => container.name),
  );
  const unready = [...inits.filter(({ name }) => sidecars.has(name)), ...mains]
    .filter(({ ready }) => !ready)
    .map(({ name }) => name);
  if (unready.length === 0) return { holds: true };
  return {
    holds: false,
    why: {
      reason: 'ContainersNotReady',
      message: `containers with unready status: [${unready.join(' ')}]`,
    },
  };
}

/** Init containers that have not done their work, and sidecars that have not started. */
function incompleteInits(
  pod: Pod,
  inits: readonly ContainerStatus[],
): string[] {
  return initsOf(pod).flatMap(({ container: { name }, role }) => {
    const status = inits.find(each => each.name === name);
    const done =
      role === 'sidecar'
        ? status?.started || status?.restartCount
        : status?.state.terminated?.exitCode === 0;
    return done ? [] : [name];
  });
}

/** After the init containers, the main ones no longer wait for them. */
function releaseMains(mains: readonly ContainerStatus[]): void {
  for (const { state } of mains) {
    if (state.waiting?.reason === 'PodInitializing')
      state.waiting.reason = 'ContainerCreating';
  }
}

function phaseOf(
  pod: Pod,
  seen: Containers & { readonly incomplete: readonly string[] },
): string {
  const { mains, inits, incomplete } = seen;
  const { restartPolicy } = pod.spec;
  if (
    incomplete.length > 0 &&
    restartPolicy === 'Never' &&
    inits.some(({ state }) => (state.terminated?.exitCode ?? 0) !== 0)
  )
    return 'Failed';
  const done = mains.length > 0 && mains.every(({ state }) => state.terminated);
  // What was told to end will not start again, whatever its policy.
  const final = restartPolicy !== 'Always' || pod.metadata.deletionTimestamp;
  if (done && final) {
    const failed = mains.some(({ state }) => state.terminated?.exitCode !== 0);
    if (!failed) return 'Succeeded';
    if (restartPolicy === 'Never' || pod.metadata.deletionTimestamp)
      return 'Failed';
  }
  return mains.some(begun) ? 'Running' : 'Pending';
}

function begun({ state, lastState }: ContainerStatus): boolean {
  return Boolean(state.running || state.terminated || lastState.terminated);
}

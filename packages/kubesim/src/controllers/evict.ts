// SPDX-License-Identifier: Apache-2.0
import { asPod, readySince, type Pod } from '../kubelet/Pod';
import { ApiError, notFound } from '../storage/ApiError';
import type { KubeObject, Objects } from '../storage/Objects';
import { selectorMatches } from '../storage/selectors/LabelSelector';
import { timestamp } from '../storage/timestamp';
import type { Clock } from '../time/Clock';
import { setCondition } from './Condition';
import { asBudget, BUDGETS, type Budget } from './DisruptionController';

const PODS = { plural: 'pods', group: '' };
const RETRY_SECONDS = 10;

export type Eviction = {
  readonly namespace: string;
  readonly name: string;
  readonly gracePeriodSeconds?: number;
  readonly dryRun: boolean;
};
type Ports = { readonly objects: Objects; readonly clock: Clock };

/**
 * Deletes a pod when its disruption budget allows, as the subresource `eviction` does.
 *
 * @throws ApiError 404 when there is no such pod, 429 when the budget is used up, 500 when it has more than one budget
 */
export function evict(ports: Ports, eviction: Eviction): void {
  const object = ports.objects.get('pods', eviction);
  if (!object) throw notFound(PODS, eviction.name);
  const pod = asPod(object);
  const budget = budgetOf(ports.objects, pod);
  if (budget && needsBudget(pod, budget)) spend(ports, { budget, eviction });
  if (eviction.dryRun) return;
  ports.objects.modify('pods', eviction, draft => {
    markDisrupted(draft, timestamp(ports.clock.now()));
  });
  const { gracePeriodSeconds } = eviction;
  ports.objects.delete('pods', eviction, { gracePeriodSeconds });
}

function budgetOf(objects: Objects, { metadata }: Pod): Budget | undefined {
  const found = objects
    .list(BUDGETS, metadata.namespace)
    .map(asBudget)
    .filter(({ spec }) =>
      selectorMatches(spec.selector, metadata.labels ?? {}),
    );
  if (found.length < 2) return found[0];
  throw new ApiError({
    code: 500,
    reason: 'InternalError',
    message:
      'Internal error occurred: This pod has more than one PodDisruptionBudget, which the eviction subresource does not support.',
    details: {
      causes: [
        {
          message:
            'This pod has more than one PodDisruptionBudget, which the eviction subresource does not support.',
        },
      ],
    },
  });
}

/** What does not run anyway, or is not yet placed, needs nobody’s leave. */
function needsBudget(pod: Pod, { spec, status }: Budget): boolean {
  const phase = pod.status?.phase;
  if (phase !== 'Running' || pod.metadata.deletionTimestamp) return false;
  if (readySince(pod) !== undefined) return true;
  if (spec.unhealthyPodEvictionPolicy === 'AlwaysAllow') return false;
  const { currentHealthy = 0, desiredHealthy = 0 } = status ?? {};
  return !(currentHealthy >= desiredHealthy && desiredHealthy > 0);
}

function spend(
  ports: Ports,
  { budget, eviction }: { budget: Budget; eviction: Eviction },
): void {
  const { name, generation } = budget.metadata;
  const { status } = budget;
  if ((status?.observedGeneration ?? 0) < (generation ?? 0))
    throw refused({
      cause: `The disruption budget ${name} is still being processed by the server.`,
      retryAfterSeconds: RETRY_SECONDS,
    });
  if (!status || status.disruptionsAllowed <= 0)
    throw refused({
      cause: `The disruption budget ${name} needs ${
        status?.desiredHealthy ?? 0
      } healthy pods and has ${status?.currentHealthy ?? 0} currently`,
    });
  if (eviction.dryRun) return;
  const now = timestamp(ports.clock.now());
  ports.objects.modify(BUDGETS, budget.metadata, draft => {
    const present = asBudget(draft);
    if (!present.status) return;
    present.status.disruptionsAllowed -= 1;
    present.status.disruptedPods = {
      ...present.status.disruptedPods,
      [eviction.name]: now,
    };
  });
}

function refused(why: { cause: string; retryAfterSeconds?: number }): ApiError {
  const { cause: message, retryAfterSeconds } = why;
  return new ApiError({
    code: 429,
    reason: 'TooManyRequests',
    message:
      "Cannot evict pod as it would violate the pod's disruption budget.",
    details: {
      causes: [{ reason: 'DisruptionBudget', message }],
      ...(retryAfterSeconds ? { retryAfterSeconds } : {}),
    },
  });
}

function markDisrupted(object: KubeObject, now: string): void {
  const pod = asPod(object);
  const conditions = (pod.status?.conditions ?? []).map(each => ({ ...each }));
  const condition = {
    type: 'DisruptionTarget',
    status: 'True',
    reason: 'EvictionByEvictionAPI',
    message: 'Eviction API: evicting',
  } as const;
  setCondition(conditions, condition, now);
  pod.status = { ...pod.status, conditions };
}

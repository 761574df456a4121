// SPDX-License-Identifier: Apache-2.0

/** A condition as workloads and pods carry it. */
export type Condition = {
  type: string;
  status: 'True' | 'False' | 'Unknown';
  reason?: string;
  message?: string;
  lastProbeTime?: string | null;
  lastUpdateTime?: string;
  lastTransitionTime?: string;
  observedGeneration?: number;
};

/** Puts a condition in its place; the transition time changes only with the status. */
export function setCondition(
  conditions: Condition[],
  next: Condition,
  now: string,
): void {
  const at = conditions.findIndex(({ type }) => type === next.type);
  if (at < 0) {
    conditions.push({ ...next, lastTransitionTime: now });
    return;
  }
  const same = conditions[at].status === next.status;
  conditions[at] = {
    ...next,
    lastTransitionTime: same ? conditions[at].lastTransitionTime : now,
  };
}

/** As {@link setCondition}, with the update time that Deployments keep: it changes with status or reason. */
export function setWorkloadCondition(
  conditions: Condition[],
  next: Condition,
  now: string,
): void {
  const present = conditions.find(({ type }) => type === next.type);
  const same =
    present &&
    present.status === next.status &&
    present.reason === next.reason &&
    present.message === next.message;
  setCondition(
    conditions,
    { ...next, lastUpdateTime: same ? present.lastUpdateTime : now },
    now,
  );
}

/** Takes a condition away. */
export function removeCondition(conditions: Condition[], type: string): void {
  const at = conditions.findIndex(condition => condition.type === type);
  if (at >= 0) conditions.splice(at, 1);
}

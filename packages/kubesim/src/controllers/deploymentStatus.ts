// SPDX-License-Identifier: Apache-2.0
import { timestamp } from '../storage/timestamp';
import {
  removeCondition,
  setWorkloadCondition,
  type Condition,
} from './Condition';
import { rolloutBounds } from './rollingUpdate';
import type { Deployment, ReplicaSet } from './Workload';

type Seen = {
  readonly sets: readonly ReplicaSet[];
  readonly current: string;
  readonly now: number;
};
type Counts = {
  desired: number;
  asked: number;
  replicas: number;
  updated: number;
  ready: number;
  available: number;
};

/** What a Deployment says of itself, from its ReplicaSets. */
export function deploymentStatus(
  deployment: Deployment,
  seen: Seen,
): NonNullable<Deployment['status']> {
  const counts = countsOf(deployment, seen);
  const conditions = (deployment.status?.conditions ?? []).map(condition => ({
    ...condition,
  }));
  setAvailable(deployment, { conditions, counts, now: seen.now });
  setProgressing(deployment, { conditions, counts, seen });
  setReplicaFailure(conditions, seen);
  const unavailable = Math.max(0, counts.asked - counts.available);
  return {
    observedGeneration: deployment.metadata.generation,
    ...positive({
      replicas: counts.replicas,
      updatedReplicas: counts.updated,
      readyReplicas: counts.ready,
      availableReplicas: counts.available,
      unavailableReplicas: unavailable,
    }),
    conditions,
  };
}

/** In how many milliseconds an unfinished rollout is late; `undefined` when nothing is pending. */
export function deadlinePassesIn(
  deployment: Deployment,
  now: number,
): number | undefined {
  const progressing = deployment.status?.conditions?.find(
    ({ type }) => type === 'Progressing',
  );
  if (
    !progressing ||
    progressing.reason === 'NewReplicaSetAvailable' ||
    progressing.reason === 'DeploymentPaused' ||
    progressing.status === 'False'
  )
    return undefined;
  const deadline =
    Date.parse(progressing.lastUpdateTime ?? '') +
    (deployment.spec.progressDeadlineSeconds ?? 600) * 1000;
  return Math.max(1_000, deadline - now + 1);
}

function countsOf(deployment: Deployment, { sets, current }: Seen): Counts {
  const sum = (count: (set: ReplicaSet) => number | undefined) =>
    sets.reduce((total, set) => total + (count(set) ?? 0), 0);
  return {
    desired: deployment.spec.replicas ?? 1,
    asked: sum(({ spec }) => spec.replicas),
    replicas: sum(({ status }) => status?.replicas),
    updated:
      sets.find(({ metadata }) => metadata.name === current)?.status
        ?.replicas ?? 0,
    ready: sum(({ status }) => status?.readyReplicas),
    available: sum(({ status }) => status?.availableReplicas),
  };
}

function positive(counts: Record<string, number>): Record<string, number> {
  return Object.fromEntries(
    Object.entries(counts).filter(([, count]) => count > 0),
  );
}

type Writing = { conditions: Condition[]; counts: Counts; now: number };

function setAvailable(
  deployment: Deployment,
  { conditions, counts, now }: Writing,
): void {
  const { maxUnavailable } = rolloutBounds(
    counts.desired,
    deployment.spec.strategy?.rollingUpdate,
  );
  const enough = counts.available >= counts.desired - maxUnavailable;
  const next: Condition = enough
    ? {
        type: 'Available',
        status: 'True',
        reason: 'MinimumReplicasAvailable',
        message: 'Deployment has minimum availability.',
      }
    : {
        type: 'Available',
        status: 'False',
        reason: 'MinimumReplicasUnavailable',
        message: 'Deployment does not have minimum availability.',
      };
  setWorkloadCondition(conditions, next, timestamp(now));
}

const PROGRESS_MESSAGES = {
  NewReplicaSetAvailable: (set: string) =>
    `ReplicaSet ${set} has successfully progressed.`,
  NewReplicaSetCreated: (set: string) => `Created new replica set ${set}`,
  ReplicaSetUpdated: (set: string) => `ReplicaSet ${set} is progressing.`,
  ProgressDeadlineExceeded: (set: string) =>
    `ReplicaSet ${set} has timed out progressing.`,
};

type Progress = { conditions: Condition[]; counts: Counts; seen: Seen };

function setProgressing(
  deployment: Deployment,
  { conditions, counts, seen }: Progress,
): void {
  const now = timestamp(seen.now);
  if (setPaused(deployment, conditions, now)) return;
  const reason = progressReason(deployment, { conditions, counts, seen });
  if (!reason) return;
  const next: Condition = {
    type: 'Progressing',
    status: reason === 'ProgressDeadlineExceeded' ? 'False' : 'True',
    reason,
    message: PROGRESS_MESSAGES[reason](`"${seen.current}"`),
  };
  setWorkloadCondition(conditions, next, now);
  const written = conditions.find(({ type }) => type === 'Progressing');
  // Each step forward begins the deadline anew.
  if (written && reason === 'ReplicaSetUpdated') written.lastUpdateTime = now;
}

/** Says that a rollout is paused, or goes on. Returns whether it is paused. */
function setPaused(
  { spec }: Deployment,
  conditions: Condition[],
  now: string,
): boolean {
  const present = conditions.find(({ type }) => type === 'Progressing');
  const was = present?.reason === 'DeploymentPaused';
  if (Boolean(spec.paused) !== was) {
    const state = spec.paused
      ? { reason: 'DeploymentPaused', message: 'Deployment is paused' }
      : { reason: 'DeploymentResumed', message: 'Deployment is resumed' };
    const next: Condition = {
      type: 'Progressing',
      status: 'Unknown',
      ...state,
    };
    setWorkloadCondition(conditions, next, now);
  }
  return Boolean(spec.paused);
}

/** `undefined` when the condition stays as it is. */
function progressReason(
  deployment: Deployment,
  { conditions, counts, seen }: Progress,
): keyof typeof PROGRESS_MESSAGES | undefined {
  const { desired, updated, replicas, available } = counts;
  if (updated === desired && replicas === desired && available === desired)
    return 'NewReplicaSetAvailable';
  const present = conditions.find(({ type }) => type === 'Progressing');
  if (present?.reason === 'DeploymentResumed') return 'ReplicaSetUpdated';
  if (!present?.message?.includes(`"${seen.current}"`))
    return 'NewReplicaSetCreated';
  const settled = present.reason === 'NewReplicaSetAvailable';
  if (settled && updated >= desired) return undefined;
  if (progressed(deployment, counts)) return 'ReplicaSetUpdated';
  const deadlineMs = (deployment.spec.progressDeadlineSeconds ?? 600) * 1000;
  const late = seen.now > Date.parse(present.lastUpdateTime ?? '') + deadlineMs;
  return late && !settled ? 'ProgressDeadlineExceeded' : undefined;
}

/** More new pods, fewer old ones, or more of them serving: as the deployment controller counts progress. */
function progressed(
  { status = {} }: Deployment,
  { updated, replicas, ready, available }: Counts,
): boolean {
  const old = (status.replicas ?? 0) - (status.updatedReplicas ?? 0);
  return (
    updated > (status.updatedReplicas ?? 0) ||
    replicas - updated < old ||
    ready > (status.readyReplicas ?? 0) ||
    available > (status.availableReplicas ?? 0)
  );
}

function setReplicaFailure(conditions: Condition[], { sets, now }: Seen): void {
  const failure = sets
    .flatMap(({ status }) => status?.conditions ?? [])
    .find(({ type }) => type === 'ReplicaFailure');
  if (failure) setWorkloadCondition(conditions, { ...failure }, timestamp(now));
  else removeCondition(conditions, 'ReplicaFailure');
}

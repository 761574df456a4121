// SPDX-License-Identifier: Apache-2.0
import { asPod, isActive, readySince, type Pod } from '../kubelet/Pod';
import { timestamp } from '../storage/timestamp';
import { removeCondition, setCondition } from './Condition';
import { selectorMatches } from '../storage/selectors/LabelSelector';
import {
  controlledBy,
  controllerOf,
  whereOf,
  type Controller,
  type ControllerPorts,
} from './ControllerPorts';
import { createPod, deletePod } from './createPod';
import { asReplicaSet, type ReplicaSet } from './Workload';

const COMPONENT = 'replicaset-controller';
const FIRST_REFUSAL_RETRY_MS = 1_000;
const LONGEST_REFUSAL_RETRY_MS = 300_000;

/** What the API refused, of which generation, and when to ask again. */
type Refusal = {
  readonly message: string;
  readonly generation: number | undefined;
  readonly count: number;
  readonly retryAt: number;
};

/** Keeps as many pods as a ReplicaSet asks for. */
export class ReplicaSetController implements Controller {
  readonly resource = 'replicasets.apps';
  private readonly refusals = new Map<string, Refusal>();

  constructor(private readonly ports: ControllerPorts) {}

  reconcile(key: string): number | undefined {
    const where = whereOf(key);
    const object = this.ports.objects.get(this.resource, where);
    if (!object) this.refusals.delete(key);
    if (!object || object.metadata.deletionTimestamp) return undefined;
    const set = asReplicaSet(object);
    this.claim(set);
    const refusal = this.standing(key, set) ?? this.manage(key, set);
    this.writeStatus(set, refusal?.message);
    if (refusal) return Math.max(1, refusal.retryAt - this.ports.clock.now());
    const { minReadySeconds } = set.spec;
    return minReadySeconds ? minReadySeconds * 1000 : undefined;
  }

  /** A refusal stands until its time is over, or somebody asks for another number of pods. */
  private standing(key: string, set: ReplicaSet): Refusal | undefined {
    const refusal = this.refusals.get(key);
    if (refusal?.generation !== set.metadata.generation) return undefined;
    return refusal && refusal.retryAt > this.ports.clock.now()
      ? refusal
      : undefined;
  }

  /** Pods that fit and belong to nobody become its own; its own that no longer fit are let go. */
  private claim(set: ReplicaSet): void {
    const { namespace, uid } = set.metadata;
    const fits = (labels: Record<string, string> = {}) =>
      selectorMatches(set.spec.selector, labels);
    for (const object of this.ports.objects.list('pods', namespace)) {
      const { metadata } = object;
      const owner = controllerOf(object);
      const adopts = !owner && fits(metadata.labels) && isActive(asPod(object));
      const releases = owner?.uid === uid && !fits(metadata.labels);
      if (!adopts && !releases) continue;
      this.ports.objects.modify('pods', metadata, draft => {
        const others = (draft.metadata.ownerReferences ?? []).filter(
          each => each.uid !== uid,
        );
        const next = adopts ? [...others, ...controlledBy(set)] : others;
        if (next.length > 0) draft.metadata.ownerReferences = next;
        else delete draft.metadata.ownerReferences;
      });
    }
  }

  private active(set: ReplicaSet): Pod[] {
    return this.ports.pods.of(set.metadata).filter(isActive);
  }

  private manage(key: string, set: ReplicaSet): Refusal | undefined {
    const pods = this.active(set);
    const missing = (set.spec.replicas ?? 1) - pods.length;
    for (let made = 0; made < missing; made += 1) {
      const { template } = set.spec;
      const result = createPod(this.ports, {
        owner: set,
        template,
        component: COMPONENT,
      });
      if ('refused' in result)
        return this.refused(key, { set, message: result.refused });
    }
    this.refusals.delete(key);
    for (const pod of pods
      .sort(byDispensability)
      .slice(0, Math.max(0, -missing))) {
      deletePod(this.ports, { owner: set, pod, component: COMPONENT });
    }
    return undefined;
  }

  private refused(
    key: string,
    { set, message }: { set: ReplicaSet; message: string },
  ): Refusal {
    const count = (this.refusals.get(key)?.count ?? 0) + 1;
    const waitMs = Math.min(
      LONGEST_REFUSAL_RETRY_MS,
      FIRST_REFUSAL_RETRY_MS * 2 ** Math.min(count, 10),
    );
    const { generation } = set.metadata;
    const refusal = {
      message,
      generation,
      count,
      retryAt: this.ports.clock.now() + waitMs,
    };
    this.refusals.set(key, refusal);
    return refusal;
  }

  private writeStatus(set: ReplicaSet, refused: string | undefined): void {
    const now = this.ports.clock.now();
    const pods = this.active(set);
    const ready = pods.filter(pod => readySince(pod) !== undefined).length;
    const available = pods.filter(pod =>
      isAvailable(pod, set.spec.minReadySeconds ?? 0, now),
    ).length;
    this.ports.objects.modify(this.resource, set.metadata, draft => {
      const conditions = asReplicaSet(draft).status?.conditions ?? [];
      if (refused) {
        const failure = {
          type: 'ReplicaFailure',
          status: 'True',
          reason: 'FailedCreate',
          message: refused,
        } as const;
        setCondition(conditions, failure, timestamp(now));
      } else removeCondition(conditions, 'ReplicaFailure');
      draft.status = {
        replicas: pods.length,
        ...(pods.length ? { fullyLabeledReplicas: pods.length } : {}),
        ...(ready ? { readyReplicas: ready } : {}),
        ...(available ? { availableReplicas: available } : {}),
        observedGeneration: draft.metadata.generation,
        ...(conditions.length ? { conditions } : {}),
      };
    });
  }
}

/** Whether a pod has been ready long enough. */
export function isAvailable(
  pod: Pod,
  minReadySeconds: number,
  now: number,
): boolean {
  const since = readySince(pod);
  return since !== undefined && since + minReadySeconds * 1000 <= now;
}

/** Pods that are not ready go first, then the youngest. */
function byDispensability(left: Pod, right: Pod): number {
  const ready =
    Number(readySince(left) !== undefined) -
    Number(readySince(right) !== undefined);
  return (
    ready ||
    right.metadata.creationTimestamp.localeCompare(
      left.metadata.creationTimestamp,
    )
  );
}

// SPDX-License-Identifier: Apache-2.0
import { asPod, isActive, readySince, type Pod } from '../kubelet/Pod';
import { selectorMatches } from '../storage/selectors/LabelSelector';
import { timestamp } from '../storage/timestamp';
import type { KubeObject, Metadata } from '../storage/Objects';
import { setCondition, type Condition } from './Condition';
import {
  controllerOf,
  whereOf,
  type Controller,
  type ControllerPorts,
} from './ControllerPorts';
import { partOf } from './rollingUpdate';

/** A disruption that the API allowed is forgotten after this, when the pod is still there. */
const DISRUPTED_MS = 120_000;
const SCALES: Readonly<Record<string, string>> = {
  ReplicaSet: 'replicasets.apps',
  StatefulSet: 'statefulsets.apps',
  Deployment: 'deployments.apps',
};

/** A PodDisruptionBudget with the fields its controller and the eviction API use. */
export type Budget = {
  apiVersion: string;
  kind: string;
  metadata: Metadata;
  spec: {
    selector?: unknown;
    minAvailable?: number | string;
    maxUnavailable?: number | string;
    unhealthyPodEvictionPolicy?: string;
  };
  status?: {
    observedGeneration?: number;
    disruptionsAllowed: number;
    currentHealthy: number;
    desiredHealthy: number;
    expectedPods: number;
    disruptedPods?: Record<string, string>;
    conditions?: Condition[];
  };
};

export const BUDGETS = 'poddisruptionbudgets.policy';

export function asBudget(object: KubeObject): Budget {
  return object as Budget;
}

/** Keeps in the status of a PodDisruptionBudget how many of its pods may be disrupted now. */
export class DisruptionController implements Controller {
  readonly resource = BUDGETS;

  constructor(private readonly ports: ControllerPorts) {}

  reconcile(key: string): number | undefined {
    const object = this.ports.objects.get(this.resource, whereOf(key));
    if (!object || object.metadata.deletionTimestamp) return undefined;
    const budget = asBudget(object);
    const pods = this.ports.objects
      .list('pods', object.metadata.namespace)
      .map(asPod)
      .filter(
        pod =>
          selectorMatches(budget.spec.selector, pod.metadata.labels ?? {}) &&
          isActive(pod),
      );
    const now = this.ports.clock.now();
    const disruptedPods = stillThere(budget, { pods, now });
    const healthy = pods.filter(
      pod =>
        readySince(pod) !== undefined && !(pod.metadata.name in disruptedPods),
    ).length;
    const { expected, desired } = this.bounds(budget, pods);
    const allowed =
      expected > 0 ? Math.max(0, Math.min(healthy - desired, healthy)) : 0;
    this.ports.objects.modify(this.resource, object.metadata, draft => {
      const conditions = (asBudget(draft).status?.conditions ?? []).map(
        each => ({ ...each }),
      );
      setCondition(conditions, conditionFor(allowed, draft), timestamp(now));
      draft.status = {
        observedGeneration: draft.metadata.generation,
        ...(Object.keys(disruptedPods).length ? { disruptedPods } : {}),
        disruptionsAllowed: allowed,
        currentHealthy: healthy,
        desiredHealthy: desired,
        expectedPods: expected,
        conditions,
      };
    });
    return Object.keys(disruptedPods).length ? DISRUPTED_MS : undefined;
  }

  private bounds(
    { spec }: Budget,
    pods: readonly Pod[],
  ): { expected: number; desired: number } {
    if (spec.maxUnavailable !== undefined) {
      const expected = this.scaleOf(pods);
      const lost = partOf(expected, spec.maxUnavailable, Math.ceil);
      return { expected, desired: Math.max(0, expected - lost) };
    }
    const { minAvailable = 1 } = spec;
    if (typeof minAvailable === 'number')
      return { expected: pods.length, desired: minAvailable };
    const expected = this.scaleOf(pods);
    return { expected, desired: partOf(expected, minAvailable, Math.ceil) };
  }

  /** How many pods their controllers want. */
  private scaleOf(pods: readonly Pod[]): number {
    const owners = new Map(
      pods.flatMap(pod => {
        const owner = controllerOf(pod);
        return owner
          ? [[owner.uid, { owner, namespace: pod.metadata.namespace }] as const]
          : [];
      }),
    );
    let sum = 0;
    for (const { owner, namespace } of owners.values()) {
      const resource = SCALES[owner.kind];
      const found =
        resource &&
        this.ports.objects.get(resource, { namespace, name: owner.name });
      sum += found ? Number(found.spec?.replicas ?? 1) : 0;
    }
    return sum;
  }
}

function stillThere(
  { status }: Budget,
  { pods, now }: { pods: readonly Pod[]; now: number },
): Record<string, string> {
  const names = new Set(pods.map(({ metadata }) => metadata.name));
  return Object.fromEntries(
    Object.entries(status?.disruptedPods ?? {}).filter(
      ([name, at]) => names.has(name) && Date.parse(at) + DISRUPTED_MS > now,
    ),
  );
}

function conditionFor(allowed: number, { metadata }: KubeObject): Condition {
  const condition = {
    type: 'DisruptionAllowed',
    status: allowed > 0 ? 'True' : 'False',
    reason: allowed > 0 ? 'SufficientPods' : 'InsufficientPods',
    message: '',
    observedGeneration: metadata.generation,
  } as const;
  return condition;
}

// SPDX-License-Identifier: Apache-2.0
import { asPod } from '../kubelet/Pod';
import type { UsageMeter } from '../metrics/UsageMeter';
import type { KubeObject } from '../storage/Objects';
import { selectorMatches } from '../storage/selectors/LabelSelector';
import { timestamp } from '../storage/timestamp';
import { asAutoscaler, type Autoscaler } from './autoscaling/Autoscaler';
import { proposal, type Proposal } from './autoscaling/proposal';
import { ScalingHistory } from './autoscaling/ScalingHistory';
import {
  ableToScale,
  scalingActive,
  scalingLimited,
  SCALING_DISABLED,
} from './autoscaling/scalingConditions';
import { setCondition, type Condition } from './Condition';
import {
  whereOf,
  type Controller,
  type ControllerPorts,
} from './ControllerPorts';

/** How often the controller looks, as `--horizontal-pod-autoscaler-sync-period`. */
const PERIOD_MS = 15_000;
const COMPONENT = 'horizontal-pod-autoscaler';
const TARGETS: Readonly<Record<string, string>> = {
  Deployment: 'deployments.apps',
  ReplicaSet: 'replicasets.apps',
  StatefulSet: 'statefulsets.apps',
};

type Outcome = {
  readonly desired: number;
  readonly conditions: readonly Condition[];
  readonly metrics: readonly unknown[] | undefined;
  /** Why it scales. */
  readonly why: string;
};

/** Scales workloads by what their pods use, within bounds and no faster than allowed. */
export class AutoscalerController implements Controller {
  readonly resource = 'horizontalpodautoscalers.autoscaling';

  private readonly histories = new Map<string, ScalingHistory>();
  private readonly readAt = new Map<string, { at: number; spec: string }>();

  constructor(
    private readonly ports: ControllerPorts & { readonly meter: UsageMeter },
  ) {}

  reconcile(key: string): number | undefined {
    const where = whereOf(key);
    const object = this.ports.objects.get(this.resource, where);
    if (!object || object.metadata.deletionTimestamp) {
      this.histories.delete(key);
      this.readAt.delete(key);
      return undefined;
    }
    const scaler = asAutoscaler(object);
    const waitMs = this.waitFor(key, scaler);
    if (waitMs > 0) return waitMs;
    const target = this.targetOf(scaler);
    if (!target) this.lose(scaler);
    else this.scale(scaler, { key, target });
    return PERIOD_MS;
  }

  /** Its own write brings it here again: metrics are read once per period, or when somebody changes the spec. */
  private waitFor(key: string, { spec }: Autoscaler): number {
    const now = this.ports.clock.now();
    const text = JSON.stringify(spec);
    const last = this.readAt.get(key);
    if (last && last.spec === text && last.at + PERIOD_MS > now)
      return last.at + PERIOD_MS - now;
    this.readAt.set(key, { at: now, spec: text });
    return 0;
  }

  private targetOf({ metadata, spec }: Autoscaler): KubeObject | undefined {
    const { kind, name } = spec.scaleTargetRef;
    const resource = TARGETS[kind];
    if (!resource) return undefined;
    const { namespace } = metadata;
    return this.ports.objects.get(resource, { namespace, name });
  }

  private lose(scaler: Autoscaler): void {
    const { kind, name } = scaler.spec.scaleTargetRef;
    const resource = TARGETS[kind];
    const message = resource
      ? `${resource} "${name}" not found`
      : `no matches for kind "${kind}" in group ""`;
    this.ports.events.record(scaler, {
      type: 'Warning',
      reason: 'FailedGetScale',
      message,
      component: COMPONENT,
    });
    this.write(scaler, {
      conditions: [ableToScale({ is: 'lost', message })],
      replicas: undefined,
    });
  }

  private scale(
    scaler: Autoscaler,
    { key, target }: { key: string; target: KubeObject },
  ): void {
    const current = Number(target.spec?.replicas ?? 0);
    const history = this.histories.get(key) ?? new ScalingHistory();
    this.histories.set(key, history);
    const outcome = this.outcome(scaler, { current, target, history });
    const { desired, why } = outcome;
    const conditions = [ableToScale({ is: 'got' }), ...outcome.conditions];
    if (desired !== current) {
      this.rescale(scaler, { target, desired, why });
      history.scaled(desired - current, this.ports.clock.now());
      conditions.push(ableToScale({ is: 'rescaled', to: desired }));
    }
    const rescaled = desired !== current;
    this.write(scaler, {
      conditions,
      replicas: { current, desired },
      metrics: outcome.metrics,
      rescaled,
    });
  }

  private outcome(
    scaler: Autoscaler,
    at: { current: number; target: KubeObject; history: ScalingHistory },
  ): Outcome {
    const { current, target, history } = at;
    const { minReplicas = 1, maxReplicas } = scaler.spec;
    const fixed = (desired: number, why: string): Outcome => ({
      desired,
      why,
      conditions: [],
      metrics: undefined,
    });
    if (current === 0)
      return { ...fixed(0, ''), conditions: [scalingActive(SCALING_DISABLED)] };
    if (current > maxReplicas)
      return fixed(
        maxReplicas,
        'Current number of replicas above Spec.MaxReplicas',
      );
    if (current < minReplicas)
      return fixed(
        minReplicas,
        'Current number of replicas below Spec.MinReplicas',
      );
    const proposals = this.proposals(scaler, { current, target });
    const valid = proposals.filter(each => 'replicas' in each);
    const failed = proposals.find(each => 'failed' in each);
    const largest = valid.reduce<(typeof valid)[number] | undefined>(
      (best, each) => (best && best.replicas >= each.replicas ? best : each),
      undefined,
    );
    if (failed) this.complain(scaler, failed);
    // With a metric missing, it may grow by what the others say, but not shrink.
    if (!largest || (failed && largest.replicas < current))
      return { ...fixed(current, ''), conditions: [unable(failed)] };
    const decision = history.decide(scaler, {
      current,
      proposed: largest.replicas,
      now: this.ports.clock.now(),
    });
    return {
      desired: decision.replicas,
      why:
        decision.replicas > current
          ? `${largest.metric} above target`
          : 'All metrics below target',
      metrics: valid.map(({ status }) => status),
      conditions: [
        ableToScale(
          decision.stabilised
            ? { is: 'stabilised', way: decision.stabilised }
            : { is: 'ready' },
        ),
        scalingActive(largest),
        scalingLimited(decision.limited),
      ],
    };
  }

  private proposals(
    { spec }: Autoscaler,
    { current, target }: { current: number; target: KubeObject },
  ): Proposal[] {
    const pods = this.ports.objects
      .list('pods', target.metadata.namespace)
      .filter(({ metadata }) =>
        selectorMatches(target.spec?.selector, metadata.labels ?? {}),
      )
      .map(asPod)
      .map(pod => ({ pod, usage: this.ports.meter.usageOf(pod) }));
    const metrics = spec.metrics ?? [
      {
        type: 'Resource',
        resource: {
          name: 'cpu',
          target: { type: 'Utilization', averageUtilization: 80 },
        },
      },
    ];
    return metrics.map(metric => proposal(metric, { current, pods }));
  }

  private complain(
    scaler: Autoscaler,
    { reason, failed }: Extract<Proposal, { failed: string }>,
  ): void {
    const warn = (why: string, message: string) =>
      this.ports.events.record(scaler, {
        type: 'Warning',
        reason: why,
        message,
        component: COMPONENT,
      });
    warn(reason, failed);
    warn(
      'FailedComputeMetricsReplicas',
      `invalid metrics (1 invalid out of ${
        scaler.spec.metrics?.length ?? 1
      }), first error is: ${failed}`,
    );
  }

  private rescale(
    scaler: Autoscaler,
    to: { target: KubeObject; desired: number; why: string },
  ): void {
    const { target, desired, why } = to;
    this.ports.objects.modify(
      TARGETS[scaler.spec.scaleTargetRef.kind],
      target.metadata,
      draft => {
        draft.spec = { ...draft.spec, replicas: desired };
      },
    );
    this.ports.events.record(scaler, {
      reason: 'SuccessfulRescale',
      message: `New size: ${desired}; reason: ${why}`,
      component: COMPONENT,
    });
  }

  private write(
    scaler: Autoscaler,
    given: {
      conditions: readonly Condition[];
      replicas: { current: number; desired: number } | undefined;
      metrics?: readonly unknown[];
      rescaled?: boolean;
    },
  ): void {
    const now = timestamp(this.ports.clock.now());
    this.ports.objects.modify(this.resource, scaler.metadata, draft => {
      const before = asAutoscaler(draft).status ?? {};
      const conditions = (before.conditions ?? []).map(each => ({ ...each }));
      for (const condition of latestOf(given.conditions))
        setCondition(conditions, condition, now);
      draft.status = {
        ...before,
        currentReplicas: given.replicas?.current ?? before.currentReplicas ?? 0,
        desiredReplicas: given.replicas?.desired ?? before.desiredReplicas ?? 0,
        currentMetrics: given.metrics ?? before.currentMetrics,
        ...(given.rescaled ? { lastScaleTime: now } : {}),
        conditions,
      };
    });
  }
}

/** Of each type the last: what a step found stands over what it began with. */
function latestOf(conditions: readonly Condition[]): Condition[] {
  return [...new Map(conditions.map(each => [each.type, each])).values()];
}

function unable(failed: Proposal | undefined): Condition {
  const problem =
    failed && 'failed' in failed
      ? failed
      : { reason: 'FailedGetResourceMetric', failed: 'no metrics' };
  return scalingActive({
    reason: problem.reason,
    message: `the HPA was unable to compute the replica count: ${problem.failed}`,
  });
}

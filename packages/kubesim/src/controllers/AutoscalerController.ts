// SPDX-License-Identifier: Apache-2.0
import type { KubeObject } from '../storage/Objects';
import { timestamp } from '../storage/timestamp';
import { setCondition, type Condition } from './Condition';
import {
  whereOf,
  type Controller,
  type ControllerPorts,
} from './ControllerPorts';

const PERIOD_MS = 60_000;
const TARGETS: Readonly<Record<string, string>> = {
  Deployment: 'deployments.apps',
  StatefulSet: 'statefulsets.apps',
};

type Autoscaler = KubeObject & {
  spec?: {
    scaleTargetRef?: { kind: string; name: string };
    maxReplicas?: number;
  };
};

/** Writes the status of HorizontalPodAutoscalers. It never scales: scenarios decide how many pods there are. */
export class AutoscalerController implements Controller {
  readonly resource = 'horizontalpodautoscalers.autoscaling';

  private readonly readAt = new Map<string, number>();

  constructor(private readonly ports: ControllerPorts) {}

  reconcile(key: string): number | undefined {
    const where = whereOf(key);
    const scaler: Autoscaler | undefined = this.ports.objects.get(
      this.resource,
      where,
    );
    const target = scaler?.spec?.scaleTargetRef;
    if (!scaler || !target || scaler.metadata.deletionTimestamp) {
      this.readAt.delete(key);
      return undefined;
    }
    // Its own write brings it here again: metrics are read once per period.
    const readAt = this.readAt.get(key) ?? -Infinity;
    const waitMs = readAt + PERIOD_MS - this.ports.clock.now();
    if (waitMs > 0) return waitMs;
    this.readAt.set(key, this.ports.clock.now());
    const workload = this.ports.objects.get(TARGETS[target.kind] ?? '', {
      namespace: where.namespace,
      name: target.name,
    });
    const replicas = Number(workload?.spec?.replicas ?? 0);
    const now = timestamp(this.ports.clock.now());
    const use = 20 + Math.floor(this.ports.random() * 40);
    const limited = replicas >= (scaler.spec?.maxReplicas ?? Infinity);
    this.ports.objects.modify(this.resource, where, draft => {
      const conditions = (draft.status?.conditions ?? []) as Condition[];
      for (const condition of conditionsOf(limited))
        setCondition(conditions, condition, now);
      draft.status = {
        currentReplicas: replicas,
        desiredReplicas: replicas,
        currentMetrics: [
          {
            type: 'Resource',
            resource: {
              name: 'cpu',
              current: { averageValue: `${use}m`, averageUtilization: use },
            },
          },
        ],
        conditions,
      };
    });
    return PERIOD_MS;
  }
}

function conditionsOf(limited: boolean): Condition[] {
  return [
    {
      type: 'AbleToScale',
      status: 'True',
      reason: 'ReadyForNewScale',
      message: 'recommended size matches current size',
    },
    {
      type: 'ScalingActive',
      status: 'True',
      reason: 'ValidMetricFound',
      message:
        'the HPA was able to successfully calculate a replica count from cpu resource utilization (percentage of request)',
    },
    limited
      ? {
          type: 'ScalingLimited',
          status: 'True',
          reason: 'TooManyReplicas',
          message:
            'the desired replica count is more than the maximum replica count',
        }
      : {
          type: 'ScalingLimited',
          status: 'False',
          reason: 'DesiredWithinRange',
          message: 'the desired count is within the acceptable range',
        },
  ];
}

// SPDX-License-Identifier: Apache-2.0
import type { KubeObject, Metadata } from '../../storage/Objects';
import type { Condition } from '../Condition';

export type MetricTarget = {
  type: string;
  averageUtilization?: number;
  averageValue?: string;
};
export type MetricSpec = {
  type: string;
  resource?: { name: string; target: MetricTarget };
  containerResource?: { name: string; container: string; target: MetricTarget };
};
export type ScalingPolicy = {
  type: 'Pods' | 'Percent';
  value: number;
  periodSeconds: number;
};
export type ScalingRules = {
  stabilizationWindowSeconds?: number;
  selectPolicy?: 'Max' | 'Min' | 'Disabled';
  policies?: ScalingPolicy[];
};

/** A HorizontalPodAutoscaler with the fields its controller reads and writes. */
export type Autoscaler = {
  apiVersion: string;
  kind: string;
  metadata: Metadata;
  spec: {
    scaleTargetRef: { kind: string; name: string; apiVersion?: string };
    minReplicas?: number;
    maxReplicas: number;
    metrics?: MetricSpec[];
    behavior?: { scaleUp?: ScalingRules; scaleDown?: ScalingRules };
  };
  status?: {
    observedGeneration?: number;
    lastScaleTime?: string;
    currentReplicas?: number;
    desiredReplicas?: number;
    currentMetrics?: unknown[] | null;
    conditions?: Condition[];
  };
};

/** Sees an object of resource `horizontalpodautoscalers.autoscaling` as an Autoscaler. */
export function asAutoscaler(object: KubeObject): Autoscaler {
  return object as Autoscaler;
}

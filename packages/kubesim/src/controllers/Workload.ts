// SPDX-License-Identifier: Apache-2.0
import type { PodSpec } from '../kubelet/Pod';
import type { KubeObject, Metadata } from '../storage/Objects';
import type { Condition } from './Condition';

type Typed<Spec, Status> = {
  apiVersion: string;
  kind: string;
  metadata: Metadata;
  spec: Spec;
  status?: Status;
};

export type PodTemplate = {
  metadata?: {
    labels?: Record<string, string>;
    annotations?: Record<string, string>;
  };
  spec: PodSpec;
};
export type Selector = {
  matchLabels?: Record<string, string>;
  matchExpressions?: unknown[];
};

type Replicated = {
  replicas?: number;
  selector: Selector;
  template: PodTemplate;
  minReadySeconds?: number;
};

export type Deployment = Typed<
  Replicated & {
    paused?: boolean;
    progressDeadlineSeconds?: number;
    revisionHistoryLimit?: number;
    strategy?: {
      type?: string;
      rollingUpdate?: {
        maxSurge?: number | string;
        maxUnavailable?: number | string;
      };
    };
  },
  {
    observedGeneration?: number;
    replicas?: number;
    updatedReplicas?: number;
    readyReplicas?: number;
    availableReplicas?: number;
    unavailableReplicas?: number;
    conditions?: Condition[];
  }
>;

export type ReplicaSet = Typed<
  Replicated,
  {
    replicas: number;
    fullyLabeledReplicas?: number;
    readyReplicas?: number;
    availableReplicas?: number;
    observedGeneration?: number;
    conditions?: Condition[];
  }
>;

export type StatefulSet = Typed<
  Replicated & {
    serviceName?: string;
    podManagementPolicy?: string;
    revisionHistoryLimit?: number;
    updateStrategy?: {
      type?: string;
      rollingUpdate?: { partition?: number };
    };
    volumeClaimTemplates?: {
      metadata: { name: string };
      spec: Record<string, unknown>;
    }[];
  },
  {
    observedGeneration?: number;
    replicas: number;
    readyReplicas?: number;
    currentReplicas?: number;
    updatedReplicas?: number;
    availableReplicas?: number;
    currentRevision?: string;
    updateRevision?: string;
    collisionCount?: number;
  }
>;

export type DaemonSet = Typed<
  {
    selector: Selector;
    template: PodTemplate;
    revisionHistoryLimit?: number;
    updateStrategy?: {
      type?: string;
      rollingUpdate?: {
        maxSurge?: number | string;
        maxUnavailable?: number | string;
      };
    };
  },
  {
    currentNumberScheduled: number;
    numberMisscheduled: number;
    desiredNumberScheduled: number;
    numberReady: number;
    observedGeneration?: number;
    updatedNumberScheduled?: number;
    numberAvailable?: number;
    numberUnavailable?: number;
  }
>;

export type Job = Typed<
  {
    parallelism?: number;
    completions?: number;
    backoffLimit?: number;
    suspend?: boolean;
    activeDeadlineSeconds?: number;
    ttlSecondsAfterFinished?: number;
    completionMode?: string;
    template: PodTemplate;
  },
  {
    startTime?: string;
    completionTime?: string;
    active?: number;
    ready?: number;
    succeeded?: number;
    failed?: number;
    terminating?: number;
    completedIndexes?: string;
    uncountedTerminatedPods?: Record<string, string[]>;
    conditions?: Condition[];
  }
>;

export type CronJob = Typed<
  {
    schedule: string;
    suspend?: boolean;
    concurrencyPolicy?: string;
    startingDeadlineSeconds?: number;
    successfulJobsHistoryLimit?: number;
    failedJobsHistoryLimit?: number;
    jobTemplate: {
      metadata?: {
        labels?: Record<string, string>;
        annotations?: Record<string, string>;
      };
      spec: Record<string, unknown>;
    };
  },
  {
    lastScheduleTime?: string;
    lastSuccessfulTime?: string;
    active?: Record<string, unknown>[];
  }
>;

export const asDeployment = (object: KubeObject): Deployment =>
  object as Deployment;
export const asReplicaSet = (object: KubeObject): ReplicaSet =>
  object as ReplicaSet;
export const asStatefulSet = (object: KubeObject): StatefulSet =>
  object as StatefulSet;
export const asDaemonSet = (object: KubeObject): DaemonSet =>
  object as DaemonSet;
export const asJob = (object: KubeObject): Job => object as Job;
export const asCronJob = (object: KubeObject): CronJob => object as CronJob;

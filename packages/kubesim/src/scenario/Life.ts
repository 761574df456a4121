// SPDX-License-Identifier: Apache-2.0
import type { ControllerErrors } from '../controllers/ControllerErrors';
import type { LogSource } from '../logs/LogSource';
import type { Load } from '../metrics/Load';
import type { MetricsApi } from '../metrics/MetricsApi';
import type { Objects, OwnerReference, Where } from '../storage/Objects';
import type { Clock, Random } from '../time/Clock';

/** How a workload’s pods behave. Given per workload by the scenario, and changed at run time. */
export type Behaviour =
  | { readonly type: 'healthy' }
  /** What Flux or Argo CD deploys cannot be deployed. */
  | { readonly type: 'failing'; readonly message?: string }
  | ({
      readonly type: 'crashLoop';
      readonly exitCode?: number;
      readonly afterSeconds?: number;
      readonly pods?: number;
    } & InContainer)
  | ({
      readonly type: 'oom';
      readonly afterSeconds?: number;
      readonly pods?: number;
    } & InContainer)
  | ({ readonly type: 'imageMissing' } & InContainer)
  | ({ readonly type: 'configError' } & InContainer)
  | ({ readonly type: 'notReady' } & InContainer)
  | { readonly type: 'unschedulable' }
  | ({ readonly type: 'slowStart'; readonly seconds: number } & InContainer)
  | ({
      /** A probe that the container has finds it unwell. */
      readonly type: 'probeFailure';
      readonly probe: 'readiness' | 'liveness' | 'startup';
      readonly pods?: number;
    } & InContainer)
  /** Takes so long to stop; beyond its grace period it is killed. */
  | { readonly type: 'slowStop'; readonly seconds: number }
  | {
      /** The node runs short of something, and throws the pod out. */
      readonly type: 'evicted';
      readonly resource?: 'memory' | 'ephemeral-storage';
      readonly afterSeconds?: number;
      readonly pods?: number;
    };

/** The container meant, which may be an init container; all main ones when left out. */
type InContainer = { readonly container?: string };

/** What makes the objects live: controllers, kubelet, log writers and the scenario’s timeline. */
export interface Life {
  readonly logs: LogSource;
  /** What a metrics server would answer; `undefined` where none is installed. */
  readonly metrics: MetricsApi | undefined;
  /** What went wrong inside controllers and kubelets. */
  readonly errors: ControllerErrors;
  /** Creates what the scenario says and begins to act. */
  start(): void;
  /** Takes effect on running pods at once. `false` when there is no such workload. `resource` as in Objects. */
  setBehaviour(resource: string, where: Where, behaviour: Behaviour): boolean;
  /** How a pod behaves now. */
  behaviourOf(pod: Where): Behaviour;
  /** How much the pods of a workload use from now on. `false` when there is no such workload. */
  setLoad(resource: string, where: Where, load: Load): boolean;
  stop(): void;
}

export type LifePorts = {
  readonly objects: Objects;
  readonly clock: Clock;
  readonly random: Random;
  /** The resource of an owner; without it, nothing is collected for want of an owner. */
  readonly resourceOf?: (owner: OwnerReference) => string | undefined;
};

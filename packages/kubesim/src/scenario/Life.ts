// SPDX-License-Identifier: Apache-2.0
import type { LogSource } from '../logs/LogSource';
import type { Objects, Where } from '../storage/Objects';
import type { Clock, Random } from '../time/Clock';

/** How a workload’s pods behave. Given per workload by the scenario, and changed at run time. */
export type Behaviour =
  | { readonly type: 'healthy' }
  | {
      readonly type: 'crashLoop';
      readonly exitCode?: number;
      readonly afterSeconds?: number;
      readonly pods?: number;
    }
  | {
      readonly type: 'oom';
      readonly afterSeconds?: number;
      readonly pods?: number;
    }
  | { readonly type: 'imageMissing' }
  | { readonly type: 'configError' }
  | { readonly type: 'notReady' }
  | { readonly type: 'unschedulable' }
  | { readonly type: 'slowStart'; readonly seconds: number };

/** What makes the objects live: controllers, kubelet, log writers and the scenario’s timeline. */
export interface Life {
  readonly logs: LogSource;
  /** Creates what the scenario says and begins to act. */
  start(): void;
  /** Takes effect on running pods at once. `false` when there is no such workload. `resource` as in Objects. */
  setBehaviour(resource: string, where: Where, behaviour: Behaviour): boolean;
  stop(): void;
}

export type LifePorts = {
  readonly objects: Objects;
  readonly clock: Clock;
  readonly random: Random;
};

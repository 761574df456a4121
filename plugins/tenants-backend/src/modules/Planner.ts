// SPDX-License-Identifier: Apache-2.0
import type {
  Plan,
  PlanRequest,
} from '@tenantry/backstage-plugin-tenants-common';
import type { EnvironmentRecord } from '../records/EnvironmentRecord';
import type { RenderedObject } from './RenderedObject';

/** For whom a plan is made: allow-lists of owners ask this. */
export type PlanCaller = {
  readonly entityRef: string;
  /** The user and the groups that count as the user’s. */
  readonly ownership: readonly string[];
};

/** What an environment becomes, complete enough to be applied. */
export type PlannedEnvironment = {
  readonly name: string;
  readonly cluster: string;
  /** As it will be. `revision` and `fence` are those of `previous`; who applies it raises them. */
  readonly record: EnvironmentRecord;
  readonly previous?: EnvironmentRecord;
  /** Everything it shall have; empty when it is to be retained. By wave, then in the order in which they must be applied. */
  readonly objects: readonly RenderedObject[];
  /** Objects whose files go from a repository; only where it is to be retained and files are asked for. */
  readonly removed?: readonly RenderedObject[];
  /** Secrets to make when they are not there: name and the keys in them. */
  readonly generatedSecrets: readonly {
    readonly name: string;
    readonly keys: readonly string[];
    readonly module: string;
  }[];
};

/** A plan for people, and the same for the worker. */
export type MadePlan = {
  readonly plan: Plan;
  /** Empty when the plan has refusals, and for requests that change no spec (`restart`, `purge`). */
  readonly environments: readonly PlannedEnvironment[];
};

/** Says what a request would do. Reads clusters, changes nothing. */
export interface Planner {
  /**
   * Makes the plan of a request. What cannot be done is a refusal in it.
   *
   * @throws ServiceUnavailableError when the definitions have not been loaded yet
   */
  make(
    request: PlanRequest,
    options: {
      readonly caller: PlanCaller;
      readonly signal: AbortSignal;
      /** `apply`: only what the worker needs. Nothing is compared with the cluster or checked by it, so neither changes nor quota are in the plan, and its version is another one. */
      readonly purpose?: 'show' | 'apply';
    },
  ): Promise<MadePlan>;
}

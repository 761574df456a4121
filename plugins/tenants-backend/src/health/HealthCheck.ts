// SPDX-License-Identifier: Apache-2.0
import type { Listers } from '../informers/Lister';
import type {
  EventObject,
  ObjectCondition,
  ObjectMeta,
  ObjectsByKind,
  PodObject,
  WatchedKind,
} from '../informers/objects';
import type { Verdict } from './Verdict';

/** What a health check may look at besides the object itself. Valid for one derivation. */
export interface HealthContext {
  readonly listers: Listers;
  readonly checks: HealthChecks;
  /** Whether objects of a kind were ever read. Where not, that there are none means nothing. */
  readonly isRead: (kind: string) => boolean;
  /** Events about an object, newest first. */
  eventsOf(object: ObjectMeta): readonly EventObject[];
  /** Pods that belong to a workload, through whatever lies between, by name. */
  podsOf(workload: ObjectMeta): readonly PodObject[];
  /** Pods of a namespace that have all of the labels. */
  podsWith(
    namespace: string,
    labels: Readonly<Record<string, string>>,
  ): readonly PodObject[];
  /** The state of a pod; judged once. */
  verdictOf(pod: PodObject): Verdict;
}

/** Judges one object. Pure: equal objects, context and time give equal verdicts. */
export type HealthCheck<T extends ObjectMeta = ObjectMeta> = (
  object: T,
  context: HealthContext,
  now: Date,
) => Verdict;

/** A check for every watched kind. */
export type HealthChecks = {
  readonly [K in WatchedKind]: HealthCheck<ObjectsByKind[K]>;
};

/** Finds the condition of a type; `undefined` when the object does not have it. */
export function conditionOf(
  object: { readonly conditions: readonly ObjectCondition[] },
  type: string,
): ObjectCondition | undefined {
  return object.conditions.find(condition => condition.type === type);
}

/** Finds the newest event about an object with one of the reasons. */
export function newestEvent(
  object: ObjectMeta,
  context: HealthContext,
  reasons: readonly string[],
): EventObject | undefined {
  return context.eventsOf(object).find(event => reasons.includes(event.reason));
}

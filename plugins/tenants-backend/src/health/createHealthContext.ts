// SPDX-License-Identifier: Apache-2.0
import type { Listers } from '../informers/Lister';
import type { EventObject, ObjectMeta, PodObject } from '../informers/objects';
import type { HealthChecks, HealthContext } from './HealthCheck';
import { healthChecks } from './healthChecks';
import { createPodSelector, type PodSelector } from './PodSelector';
import { compareText } from './rollUp';
import type { Verdict } from './Verdict';

export type HealthContextOptions = {
  readonly listers: Listers;
  /** Namespaces whose events are looked at. */
  readonly namespaces: readonly string[];
  /** Pods by the uid of the workload they belong to in the end. */
  readonly podsByOwner: ReadonlyMap<string, readonly PodObject[]>;
  readonly checks?: HealthChecks;
  /** Kinds that were never read, by their name in Kubernetes. */
  readonly unreadKinds?: ReadonlySet<string>;
};

/** Builds what health checks may look at, for one derivation: events are indexed once and every pod is judged once. */
export function createHealthContext(
  options: HealthContextOptions,
  now: Date,
): HealthContext {
  const { listers, namespaces, podsByOwner, checks = healthChecks } = options;
  const events = indexEvents(
    namespaces.flatMap(namespace => listers.events.byNamespace(namespace)),
  );
  const judged = new Map<PodObject, Verdict>();
  const selectors = new Map<string, PodSelector>();
  const selectorOf = (namespace: string) => {
    const pods = () => listers.pods.byNamespace(namespace);
    const known = selectors.get(namespace) ?? createPodSelector(pods());
    selectors.set(namespace, known);
    return known;
  };
  const context: HealthContext = {
    listers,
    checks,
    isRead: kind => !options.unreadKinds?.has(kind),
    eventsOf: object =>
      (events.get(keyOf(object)) ?? []).filter(
        ({ regarding }) => !regarding.uid || regarding.uid === object.uid,
      ),
    podsOf: workload =>
      podsByOwner.get(workload.uid) ??
      sortByName(listers.pods.byController(workload.uid)),
    podsWith: (namespace, labels) => selectorOf(namespace)(labels),
    verdictOf: pod => {
      const known = judged.get(pod) ?? checks.pods(pod, context, now);
      judged.set(pod, known);
      return known;
    },
  };
  return context;
}

/** A job of a schedule is not the end of its pods’ owners, so its pods are found by their controller. */
function sortByName(pods: readonly PodObject[]): readonly PodObject[] {
  return [...pods].sort((a, b) => compareText(a.name, b.name));
}

function indexEvents(
  events: readonly EventObject[],
): ReadonlyMap<string, readonly EventObject[]> {
  const index = new Map<string, EventObject[]>();
  for (const event of events) {
    const key = keyOf(event.regarding);
    const list = index.get(key);
    if (list) list.push(event);
    else index.set(key, [event]);
  }
  for (const list of index.values()) {
    list.sort(
      (a, b) =>
        compareText(b.lastSeen, a.lastSeen) || compareText(a.name, b.name),
    );
  }
  return index;
}

function keyOf(
  object: Pick<ObjectMeta, 'kind' | 'namespace' | 'name'>,
): string {
  return `${object.kind}/${object.namespace}/${object.name}`;
}

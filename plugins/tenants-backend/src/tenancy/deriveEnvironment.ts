// SPDX-License-Identifier: Apache-2.0
import type {
  Environment,
  RollUp,
} from '@tenantry/backstage-plugin-tenants-common';
import {
  createHealthContext,
  deriveHealth,
  rollUp,
  type HealthChecks,
  type HealthContext,
} from '../health';
import type { ClusterView } from '../informers/Lister';
import type { NamespaceObject } from '../informers/objects';
import { collectPods, type OwnedPods } from './collectPods';
import { deriveCauses, explainedBy } from './deriveCauses';
import { withEndpoints } from './deriveEndpoints';
import { deriveModules } from './deriveModules';
import { deriveQuota } from './deriveQuota';
import { deriveSupport } from './deriveSupport';
import { deriveWorkloads } from './deriveWorkloads';
import { OTHER_MODULE } from './moduleOf';
import type { TenancyLabels } from './TenancyLabels';
import { tenantOfNamespace } from './tenantOfNamespace';
import type { Unit } from './Unit';
import { unknownUnits, unreadKinds } from './unknownUnits';

export type EnvironmentInput = {
  readonly name: string;
  readonly view: ClusterView;
  /** By name. */
  readonly namespaces: readonly NamespaceObject[];
  readonly labels: TenancyLabels;
  readonly checks?: HealthChecks;
};

/** An environment, with what was judged on the way. */
export type DerivedEnvironment = {
  readonly environment: Environment;
  readonly units: readonly Unit[];
  /** When a verdict in it changes by itself. */
  readonly changesAt: readonly Date[];
};

/** Judges one environment: the namespaces of a tenant with one environment name on one cluster. */
export function deriveEnvironment(
  input: EnvironmentInput,
  now: Date,
): DerivedEnvironment {
  const { name, view, namespaces, labels } = input;
  const names = namespaces.map(namespace => namespace.name);
  const owned = collectPods(view.listers, names);
  const context = createHealthContext(
    {
      listers: view.listers,
      namespaces: names,
      podsByOwner: owned.podsByOwner,
      checks: input.checks,
      unreadKinds: unreadKinds(view, names),
    },
    now,
  );
  const judged = judgeUnits(input, { owned, context }, now);
  const { inside, around } = judged;
  const staying = inside.filter(unit => !isLeaving(unit, around));
  const tier = commonTier(namespaces, labels);
  const state = stateOf(input, judged);
  const health = healthOfAll(input, { inside: staying, around });
  const environment: Environment = {
    name,
    cluster: view.name,
    namespaces: names,
    state,
    ...(tier ? { tier } : {}),
    health: isEmpty(health) ? { ...health, reason: state } : health,
    freshness: view.freshness,
    modules: withEndpoints(deriveModules(inside, labels), {
      listers: view.listers,
      namespaces: names,
      labels,
    }),
    quota: deriveQuota(view.listers, names, owned),
  };
  return {
    environment,
    units: [...staying, ...around],
    changesAt: changesOf([...staying, ...around], owned, context),
  };
}

/** Nothing was judged, so the state is the reason: `Empty`, `Retained`. */
function isEmpty({ counts }: RollUp): boolean {
  return Object.keys(counts).length === 0;
}

type Judgement = {
  /** Workloads and what they lean on. */
  readonly inside: readonly Unit[];
  /** Namespaces that are not well, and kinds that cannot be read. */
  readonly around: readonly Unit[];
};

function judgeUnits(
  { view, namespaces, labels }: EnvironmentInput,
  { owned, context }: { owned: OwnedPods; context: HealthContext },
  now: Date,
): Judgement {
  const inside = namespaces.flatMap(({ name: namespace }) => {
    const scope = { namespace, labels, owned, context };
    return [...deriveWorkloads(scope, now), ...deriveSupport(scope, now)];
  });
  const leaving = namespaces
    .map(object => ({
      kind: object.kind,
      name: object.name,
      namespace: object.name,
      module: OTHER_MODULE,
      verdict: deriveHealth({ kind: 'namespaces', object }, context, now),
      labels: {},
    }))
    .filter(unit => unit.verdict.code !== 'Healthy');
  const unknown = unknownUnits(
    view,
    namespaces.map(({ name }) => name),
  );
  return { inside, around: [...leaving, ...unknown] };
}

/** In a namespace that goes away everything goes away; only the namespace is worth explaining. */
function isLeaving(unit: Unit, around: readonly Unit[]): boolean {
  return around.some(
    ({ kind, name }) => kind === 'Namespace' && name === unit.namespace,
  );
}

/** Counts modules, and beside them what is wrong with the environment itself. */
function healthOfAll(
  { name, view, labels }: EnvironmentInput,
  { inside, around }: Judgement,
): RollUp {
  const units = [...inside, ...around];
  const place = { environment: name, cluster: view.name, units };
  const parts = [
    ...deriveModules(inside, labels).map(module => module.health),
    ...around.map(unit => unit.verdict),
  ];
  return explainedBy(rollUp(parts), deriveCauses([place], 1));
}

function stateOf(
  { view, namespaces, labels }: EnvironmentInput,
  { inside, around }: Judgement,
): Environment['state'] {
  const leaves = (object: NamespaceObject) =>
    object.phase === 'Terminating' || object.deletedAt !== undefined;
  if (namespaces.every(leaves)) return 'Terminating';
  const isKnown = around.every(({ verdict }) => verdict.code !== 'Unknown');
  if (!isKnown || inside.some(unit => unit.workload)) return 'Active';
  const keepsVolumes = namespaces.some(
    object =>
      tenantOfNamespace(object, labels)?.managed &&
      view.listers.persistentvolumeclaims.byNamespace(object.name).length > 0,
  );
  return keepsVolumes ? 'Retained' : 'Empty';
}

/** The tier all namespaces name; `undefined` when they differ, for neither would be true. */
export function commonTier(
  namespaces: readonly NamespaceObject[],
  labels: TenancyLabels,
): string | undefined {
  const tiers = new Set(
    namespaces.map(namespace => tenantOfNamespace(namespace, labels)?.tier),
  );
  return tiers.size === 1 ? [...tiers][0] : undefined;
}

function changesOf(
  units: readonly Unit[],
  { podsByOwner }: OwnedPods,
  context: HealthContext,
): readonly Date[] {
  const pods = [...podsByOwner.values()].flat();
  return [
    ...units.map(unit => unit.verdict.changesAt),
    ...pods.map(pod => context.verdictOf(pod).changesAt),
  ].filter(date => date !== undefined);
}

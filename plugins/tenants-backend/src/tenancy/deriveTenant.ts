// SPDX-License-Identifier: Apache-2.0
import type {
  Environment,
  PartialData,
  Tenant,
} from '@tenantry/backstage-plugin-tenants-common';
import { compareText, rollUp, type HealthChecks } from '../health';
import type { NamespaceObject } from '../informers/objects';
import { deriveCauses, explainedBy } from './deriveCauses';
import {
  commonTier,
  deriveEnvironment,
  type DerivedEnvironment,
  type EnvironmentInput,
} from './deriveEnvironment';
import { deriveEvents } from './deriveEvents';
import {
  deriveMembers,
  subjectByName,
  type SubjectToEntityRef,
} from './deriveMembers';
import { resolveOwnership, type Ownership } from './resolveOwnership';
import type { TenancyLabels } from './TenancyLabels';
import type { TenantCluster, TenantGroup } from './TenantGroup';
import { tenantOfNamespace } from './tenantOfNamespace';
import { partialOf } from './unknownUnits';

/** A tenant before its content was hashed into a version. */
export type DerivedTenant = Omit<Tenant, 'version'>;

export type TenantInput = TenantGroup & {
  readonly labels: TenancyLabels;
  /** Who in the catalogue a subject of a RoleBinding is; by name where not given. */
  readonly subjectToEntityRef?: SubjectToEntityRef;
  /** How kinds are judged; the built-in checks where not given. */
  readonly checks?: HealthChecks;
};

/** A tenant, and when to look again. */
export type DerivedTenantState = {
  readonly tenant: DerivedTenant;
  /** When the tenant changes although nothing in its clusters does; `undefined` when it would not. */
  readonly rederiveAt?: Date;
};

/** Derives everything there is to know of a tenant, and when to derive it again. Equal input gives equal bytes, in whatever order the cache hands its objects out. */
export function deriveTenantState(
  input: TenantInput,
  now: Date,
): DerivedTenantState {
  const ownership = resolveOwnership(input.clusters, input.labels);
  const derived = ownership.clusters
    .flatMap(cluster => environmentsOf(cluster, input))
    .sort(
      (a, b) =>
        compareText(a.name, b.name) || compareText(a.view.name, b.view.name),
    )
    .map(environment => deriveAtServer(environment, now));
  return {
    tenant: assemble(input, ownership, derived),
    rederiveAt: earliest(derived.flatMap(({ changesAt }) => changesAt)),
  };
}

/** Derives everything there is to know of a tenant. */
export function deriveTenant(input: TenantInput, now: Date): DerivedTenant {
  return deriveTenantState(input, now).tenant;
}

/** When a tenant must be derived again although nothing in its clusters changed. {@link deriveTenantState} answers both at the cost of one. */
export function nextRederiveAt(
  input: TenantInput,
  now: Date,
): Date | undefined {
  return deriveTenantState(input, now).rederiveAt;
}

/** Ages are told by the clock that wrote the times, and when to look again by ours. */
function deriveAtServer(
  environment: EnvironmentInput,
  now: Date,
): DerivedEnvironment {
  const { serverLeadMs = 0 } = environment.view;
  const derived = deriveEnvironment(environment, later(now, serverLeadMs));
  const changesAt = derived.changesAt.map(at => later(at, -serverLeadMs));
  return { ...derived, changesAt };
}

function later(date: Date, ms: number): Date {
  return new Date(date.getTime() + ms);
}

function assemble(
  input: TenantInput,
  ownership: Ownership,
  derived: readonly DerivedEnvironment[],
): DerivedTenant {
  const { name, labels, subjectToEntityRef = subjectByName } = input;
  const counting = ownership.trusted.flatMap(({ namespaces }) => namespaces);
  const tier = commonTier(counting, labels);
  const environments = derived.map(({ environment }) => environment);
  const places = derived.map(({ environment, units }) => ({
    environment: environment.name,
    cluster: environment.cluster,
    units,
  }));
  const causes = deriveCauses(places);
  return {
    name,
    ...(ownership.owner ? { owner: ownership.owner } : {}),
    members: deriveMembers(ownership.trusted, subjectToEntityRef),
    ...(tier ? { tier } : {}),
    labels: sharedLabels(counting),
    health: explainedBy(
      rollUp(environments.filter(isInUse).map(({ health }) => health)),
      causes,
    ),
    conditions: [...ownership.conditions],
    causes,
    environments,
    events: deriveEvents(eventSources(ownership.clusters, labels)),
    partial: sortedPartial(ownership.clusters),
  };
}

/** An environment in which nothing runs, and nothing is wrong, says nothing of how the tenant is. */
function isInUse({ state, health }: Environment): boolean {
  const nothingRuns = state === 'Empty' || state === 'Retained';
  return !nothingRuns || Object.keys(health.counts).length > 0;
}

function environmentsOf(
  { view, namespaces }: TenantCluster,
  { labels, checks }: TenantInput,
): readonly EnvironmentInput[] {
  const byEnvironment = new Map<string, NamespaceObject[]>();
  const ordered = [...namespaces].sort((a, b) => compareText(a.name, b.name));
  for (const namespace of ordered) {
    const name = environmentName(namespace, labels);
    const list = byEnvironment.get(name);
    if (list) list.push(namespace);
    else byEnvironment.set(name, [namespace]);
  }
  return [...byEnvironment].map(([name, own]) => ({
    name,
    view,
    namespaces: own,
    labels,
    checks,
  }));
}

function eventSources(
  clusters: readonly TenantCluster[],
  labels: TenancyLabels,
) {
  return clusters.flatMap(({ view, namespaces }) =>
    namespaces.map(namespace => ({
      environment: environmentName(namespace, labels),
      cluster: view.name,
      events: view.listers.events.byNamespace(namespace.name),
    })),
  );
}

function environmentName(
  namespace: NamespaceObject,
  labels: TenancyLabels,
): string {
  return (
    tenantOfNamespace(namespace, labels)?.environment ??
    labels.defaultEnvironment
  );
}

/** The label every namespace has with a value of its own. */
const NAME_LABEL = 'kubernetes.io/metadata.name';

function sharedLabels(
  namespaces: readonly NamespaceObject[],
): Record<string, string> {
  const [first, ...others] = namespaces;
  const shared = Object.entries(first?.labels ?? {})
    .filter(([key]) => key !== NAME_LABEL)
    .filter(([key, value]) => others.every(o => o.labels[key] === value))
    .sort(([a], [b]) => compareText(a, b));
  return Object.fromEntries(shared);
}

function sortedPartial(clusters: readonly TenantCluster[]): PartialData[] {
  return clusters
    .flatMap(({ view, namespaces }) =>
      partialOf(
        view,
        namespaces.map(({ name }) => name),
      ),
    )
    .map(entry => ({ ...entry }))
    .sort(
      (a, b) =>
        compareText(a.cluster, b.cluster) ||
        compareText(a.namespace ?? '', b.namespace ?? '') ||
        compareText(a.kind ?? '', b.kind ?? ''),
    );
}

function earliest(dates: readonly Date[]): Date | undefined {
  return dates.reduce<Date | undefined>(
    (first, date) => (first && first <= date ? first : date),
    undefined,
  );
}

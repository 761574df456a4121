// SPDX-License-Identifier: Apache-2.0
import {
  explainInvalidTenantName,
  type EnvironmentSpec,
  type OperationRequest,
  type PlanNote,
  type Refusal,
  type Revision,
} from '@tenantry/backstage-plugin-tenants-common';
import type { ModuleCatalogue } from '@tenantry/backstage-plugin-tenants-node/definitions';
import type { EnvironmentRecord } from '../../records/EnvironmentRecord';
import { namespaceName } from '../../records/namespaceName';
import type { PlanCaller } from '../Planner';
import { adoptedSpecs } from './adoptedSpecs';
import { checkMembers } from './checkMembers';
import { checkOwner } from './checkOwner';
import { refuseRequest } from './refuseRequest';
import { rollBack } from './rollBack';
import { takenBySomebody } from './takenBySomebody';

/** One environment as a request wants it to be. */
export type TargetSpec = {
  readonly spec: EnvironmentSpec;
  readonly state: EnvironmentRecord['state'];
  readonly owner?: string;
  /** The first is where modules go. */
  readonly namespaces: readonly string[];
  readonly previous?: EnvironmentRecord;
  /** Releases that are preferred: those there are, or those of the revision gone back to. */
  readonly releases: EnvironmentRecord['releases'];
  /** Takes over what is there already. */
  readonly adopts?: true;
};

/** What a request wants every environment it concerns to be. */
export type TargetSpecs = {
  readonly targets: readonly TargetSpec[];
  readonly refusals: readonly Refusal[];
  readonly notes: readonly PlanNote[];
};

/** What is known when a request is read. */
export type TargetState = {
  readonly tenant: string;
  readonly records: readonly EnvironmentRecord[];
  /** Whether the watch sees a tenant of that name, ours or not: then its permissions have been checked. */
  readonly isSeen: boolean;
  /** Whom its namespaces name as owner: what is adopted keeps it. */
  readonly seenOwner?: string;
  readonly caller: PlanCaller;
  readonly catalogue: ModuleCatalogue;
  /** For `rollback`; absent: there is none of that number. */
  readonly revision?: Revision;
};

const NOTHING: TargetSpecs = { targets: [], refusals: [], notes: [] };

/** Turns a request into the environments it wants, with what about it cannot be. */
export function targetSpecs(
  request: OperationRequest,
  state: TargetState,
): TargetSpecs {
  const invalid = explainInvalidTenantName(state.tenant);
  if (invalid !== undefined) {
    return refuseRequest({
      rule: 'invalid-name',
      subject: state.tenant,
      message: invalid,
    });
  }
  const wanted = read(request, state);
  const ofMembers = wanted.targets.flatMap(target => checkMembers(target));
  return { ...wanted, refusals: [...wanted.refusals, ...ofMembers] };
}

function read(request: OperationRequest, state: TargetState): TargetSpecs {
  switch (request.type) {
    case 'apply':
      return applied(request, state);
    case 'adopt':
      return adoptedSpecs(request, state);
    case 'rollback':
      return rollBack(request, state);
    case 'purge':
      return purged(request, state);
    case 'restart':
      return withNotes(existing([request.environment], state), []);
    case 'delete':
      return changed(existing(request.environments, state), target => ({
        ...target,
        state: 'retained',
      }));
    case 'scale':
      return changedSpec(existing([request.environment], state), spec => ({
        ...spec,
        overrides: {
          ...spec.overrides,
          [request.workload]: { replicas: request.replicas },
        },
      }));
    case 'sleep':
    case 'wake':
      return changedSpec(existing(request.environments, state), spec => ({
        ...spec,
        asleep: request.type === 'sleep',
      }));
    case 'members':
      return changedSpec(existing(request.environments, state), spec => ({
        ...spec,
        members: mergeMembers(spec.members, request),
      }));
    default:
      return NOTHING;
  }
}

function applied(
  request: Extract<OperationRequest, { type: 'apply' }>,
  state: TargetState,
): TargetSpecs {
  const { records, tenant } = state;
  const taken = takenBySomebody(state);
  if (taken) return taken;
  if (state.isSeen && records.length === 0) {
    return refuseRequest({
      rule: 'not-ours',
      subject: tenant,
      message: `There is a tenant ${tenant} that something else created. Adopt its namespaces before changing it.`,
    });
  }
  const { owner, refusals } = checkOwner(request.owner, state);
  const before = records[0]?.owner;
  const targets = request.environments.map(spec =>
    toTarget(spec, { ...state, ...(owner !== undefined && { owner }) }),
  );
  const named = new Set(request.environments.map(({ name }) => name));
  // All environments of a tenant name the same owner, or nobody could tell whose it is.
  const rest =
    owner === before
      ? []
      : records
          .filter(({ environment }) => !named.has(environment))
          .map(record => ({
            ...keep(record),
            ...(owner !== undefined && { owner }),
          }));
  return {
    targets: [...targets, ...rest],
    refusals: [...refusals, ...targets.flatMap(moved)],
    notes: [],
  };
}

function toTarget(
  spec: EnvironmentSpec,
  state: TargetState & { readonly owner?: string },
): TargetSpec {
  const { tenant, records, owner } = state;
  const previous = records.find(({ environment }) => environment === spec.name);
  return {
    spec,
    state: 'active',
    ...(owner !== undefined && { owner }),
    namespaces: previous?.namespaces ?? [namespaceName(tenant, spec.name)],
    ...(previous && { previous }),
    releases: previous?.releases ?? {},
  };
}

/** An environment does not go from one cluster to another: its data would stay behind. */
function moved({ spec, previous }: TargetSpec): Refusal[] {
  if (!previous || previous.cluster === spec.cluster) return [];
  return [
    {
      rule: 'name-taken',
      environment: spec.name,
      subject: spec.name,
      message: `The environment ${spec.name} is on ${previous.cluster}. It does not move to ${spec.cluster}, because its volumes would stay behind.`,
      chain: [spec.name, spec.cluster],
      fixes: [
        { label: `Make another environment on ${spec.cluster}.` },
        { label: `Leave ${spec.name} on ${previous.cluster}.` },
      ],
    },
  ];
}

function purged(
  request: Extract<OperationRequest, { type: 'purge' }>,
  state: TargetState,
): TargetSpecs {
  const found = existing(request.environments, state, true);
  if (request.confirm === state.tenant) return withNotes(found, []);
  return {
    ...refuseRequest({
      rule: 'invalid-name',
      subject: 'confirm',
      message: `To purge ${state.tenant}, write its name into confirm.`,
    }),
  };
}

/** The environments of that name that we manage, as they are. */
function existing(
  names: readonly string[] | undefined,
  { records, tenant }: TargetState,
  withRetained = false,
): TargetSpecs {
  const active = records.filter(
    ({ state }) => withRetained || state === 'active',
  );
  const wanted = names ?? active.map(({ environment }) => environment);
  if (wanted.length === 0) {
    return refuseRequest({
      rule: 'not-ours',
      subject: tenant,
      message: `${tenant} has no environment that Tenantry manages. Create one, or adopt what is there.`,
    });
  }
  const results = [...new Set(wanted)].map(name => {
    const record = active.find(({ environment }) => environment === name);
    if (record) return { ...NOTHING, targets: [keep(record)] };
    const retained = records.some(({ environment }) => environment === name);
    return refuseRequest({
      rule: 'not-ours',
      subject: name,
      message: retained
        ? `The environment ${name} was deleted and only its data is kept. Apply it again first.`
        : `${tenant} has no environment ${name} that Tenantry manages.`,
    });
  });
  return {
    targets: results.flatMap(({ targets }) => targets),
    refusals: results.flatMap(({ refusals }) => refusals),
    notes: [],
  };
}

function keep(record: EnvironmentRecord): TargetSpec {
  const { spec, state, owner, namespaces, releases } = record;
  return {
    spec,
    state,
    ...(owner !== undefined && { owner }),
    namespaces,
    previous: record,
    releases,
  };
}

function changed(
  specs: TargetSpecs,
  change: (target: TargetSpec) => TargetSpec,
): TargetSpecs {
  return { ...specs, targets: specs.targets.map(change) };
}

function changedSpec(
  specs: TargetSpecs,
  change: (spec: EnvironmentSpec) => EnvironmentSpec,
): TargetSpecs {
  return changed(specs, target => ({ ...target, spec: change(target.spec) }));
}

function withNotes(
  specs: TargetSpecs,
  notes: readonly PlanNote[],
): TargetSpecs {
  return { ...specs, notes: [...specs.notes, ...notes] };
}

function mergeMembers(
  members: EnvironmentSpec['members'],
  request: Extract<OperationRequest, { type: 'members' }>,
): EnvironmentSpec['members'] {
  const same = (a: string, b: string) => a.toLowerCase() === b.toLowerCase();
  const kept = members.filter(
    ({ subject }) =>
      !request.remove.some(removed => same(removed, subject)) &&
      !request.set.some(one => same(one.subject, subject)),
  );
  return [...kept, ...request.set];
}

// SPDX-License-Identifier: Apache-2.0
import type {
  EnvironmentSpec,
  PlanNote,
  Refusal,
  Tier,
} from '@tenantry/backstage-plugin-tenants-common';
import type {
  JsonObject,
  ModuleCatalogue,
} from '@tenantry/backstage-plugin-tenants-node/definitions';
import type { PlannedModule } from '../PlannedModule';
import { checkSecrets, type SecretToMake } from './checkSecrets';
import { checkTier } from './checkTier';
import { completeParameters } from './completeParameters';
import { resolveModules, type ResolvedRelease } from './resolveModules';
import type { ResolveContext } from './ResolveContext';

/** What the modules of an environment follow from. */
export type PlanModulesInput = {
  readonly spec: EnvironmentSpec;
  readonly owner?: string;
  readonly catalogue: ModuleCatalogue;
  readonly cluster: ResolveContext['cluster'];
  readonly recorded: ResolveContext['recorded'];
  /** Names of the secrets that are set. */
  readonly secrets: ReadonlySet<string>;
  /** Whether its namespace is there. */
  readonly isThere: boolean;
};

/** The modules of an environment, ready to be rendered unless something is refused. */
export type PlannedModules = {
  readonly tier: Tier | undefined;
  /** By wave, then name. */
  readonly modules: readonly PlannedModule[];
  readonly generatedSecrets: readonly SecretToMake[];
  readonly refusals: readonly Refusal[];
  readonly notes: readonly PlanNote[];
  /** Whether what is refused leaves the objects undefined: then nothing can be rendered. */
  readonly canRender: boolean;
};

/** Chooses releases and parameters for what is asked of an environment, and says what is missing. */
export function planModules(input: PlanModulesInput): PlannedModules {
  const { spec, owner, catalogue } = input;
  const { tier, refusals: ofTier } = checkTier({
    tier: spec.tier,
    environment: spec.name,
    tiers: catalogue.tiers,
    ...(owner !== undefined && { owner }),
  });
  const resolution = resolveModules(spec.modules, {
    ...input,
    environment: spec.name,
    tier: spec.tier,
  });
  // A tier that does not exist is said once, not for each module.
  const ofModules = tier
    ? resolution.refusals
    : resolution.refusals.filter(({ rule }) => rule !== 'tier-not-allowed');
  const completed = resolution.modules.map(resolved => ({
    resolved,
    ...completeParameters({
      resolved,
      asked: askedOf(resolved, spec),
      environment: spec.name,
      tier: spec.tier,
    }),
  }));
  const ofParameters = completed.flatMap(({ refusals }) => refusals);
  const secrets = checkSecrets(resolution.modules, input.secrets, {
    environment: spec.name,
    isThere: input.isThere,
  });
  return {
    tier,
    modules: completed.map(({ resolved, parameters }) => ({
      definition: resolved.module,
      release: resolved.release,
      parameters,
      requiredBy: resolved.requiredBy,
      needs: resolved.needs,
      wave: resolved.wave,
    })),
    generatedSecrets: secrets.generated,
    refusals: [...ofTier, ...ofModules, ...ofParameters, ...secrets.refusals],
    notes: resolution.notes,
    canRender:
      tier !== undefined && ofModules.length === 0 && ofParameters.length === 0,
  };
}

function askedOf(
  { module }: ResolvedRelease,
  { modules }: EnvironmentSpec,
): JsonObject {
  const choice = modules.find(({ name }) => name === module.name);
  return choice?.parameters ?? {};
}

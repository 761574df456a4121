// SPDX-License-Identifier: Apache-2.0
import type {
  EnvironmentSpec,
  PlanFix,
  QuotaFit,
  Refusal,
} from '@tenantry/backstage-plugin-tenants-common';
import { parseQuantity } from '@tenantry/backstage-plugin-tenants-common';
import type { ModuleCatalogue } from '@tenantry/backstage-plugin-tenants-node/definitions';
import type { PlannedModule } from '../PlannedModule';
import { PLAN_LIMITS } from './limits';
import { sayAmount } from './sayAmount';

/** A plan that does not fit, and how to find out whether another would. */
export type QuotaRefusalInput = {
  readonly spec: EnvironmentSpec;
  readonly misfits: readonly QuotaFit[];
  readonly modules: readonly PlannedModule[];
  readonly tiers: ModuleCatalogue['tiers'];
  /** How the quota would be filled by another spec; `undefined` when that is refused for some other reason. */
  readonly tryOut: (spec: EnvironmentSpec) => readonly QuotaFit[] | undefined;
};

/** Parameters that say how often something runs. */
const COUNTS = ['replicas', 'replicaCount', 'instances', 'workers'];

/** One refusal per resource that does not fit, with changes that were tried and do fit. */
export function refuseQuota(input: QuotaRefusalInput): readonly Refusal[] {
  const { spec, misfits } = input;
  // One change has to make everything fit, so they are the same for each resource.
  const fixes = findFixes(input);
  return misfits.map(fit => {
    const { resource, unit, after, hard, left, byModule } = fit;
    const users = byModule
      .slice(0, 4)
      .map(({ module, amount }) => `${module} ${sayAmount(amount, unit)}`);
    return {
      rule: 'quota' as const,
      environment: spec.name,
      subject: resource,
      message: `${resource}: ${sayAmount(
        after,
        unit,
      )} would be used of the ${sayAmount(hard, unit)} of the tier ${
        spec.tier
      }, ${sayAmount(-left, unit)} too much.${
        users.length > 0 ? ` Asked for: ${users.join(', ')}.` : ''
      }`,
      chain: [
        spec.tier,
        ...byModule.slice(0, 1).map(({ module }) => module),
        resource,
      ],
      fixes: fixes.map(({ fit: made, ...fix }) => ({
        ...fix,
        effect: leftOf(made, resource),
      })),
    };
  });
}

type Found = PlanFix & { readonly fit: readonly QuotaFit[] };

function leftOf(fit: readonly QuotaFit[], resource: string): string {
  const line = fit.find(one => one.resource === resource);
  return line
    ? `${sayAmount(line.left, line.unit)} of ${resource} would be left.`
    : `${resource} would not be limited.`;
}

function findFixes(input: QuotaRefusalInput): readonly Found[] {
  const candidates = [...fewer(input), ...otherTiers(input), ...without(input)];
  const found: Found[] = [];
  for (const { spec, ...fix } of candidates.slice(
    0,
    PLAN_LIMITS.remediesTried,
  )) {
    const fit = input.tryOut(spec);
    if (fit?.every(({ left }) => left >= 0)) found.push({ ...fix, fit });
    if (found.length === PLAN_LIMITS.remediesShown) break;
  }
  return found;
}

type Candidate = PlanFix & { readonly spec: EnvironmentSpec };

/** Fewer of what uses most of a resource, as many as would fit by what one of them uses. */
function fewer({ spec, misfits, modules }: QuotaRefusalInput): Candidate[] {
  return misfits.flatMap(({ byModule, left }) =>
    byModule.slice(0, 2).flatMap(({ module, amount }) => {
      const planned = modules.find(one => one.definition.name === module);
      const path = COUNTS.find(name => isMany(planned?.parameters[name]));
      const count = path === undefined ? 0 : Number(planned?.parameters[path]);
      const fitting = Math.floor((count * (amount + left)) / amount);
      if (path === undefined || fitting < 1 || fitting >= count) return [];
      return [
        {
          label: `Set ${path} of ${module} to ${fitting}.`,
          change: {
            type: 'set-parameter' as const,
            environment: spec.name,
            module,
            path,
            value: fitting,
          },
          spec: withParameter(spec, module, { [path]: fitting }),
        },
      ];
    }),
  );
}

function isMany(value: unknown): boolean {
  return typeof value === 'number' && Number.isInteger(value) && value > 1;
}

/** Parameters of a module that only others need go through a choice of its own. */
function withParameter(
  spec: EnvironmentSpec,
  module: string,
  parameters: Record<string, number>,
): EnvironmentSpec {
  const asked = spec.modules.some(({ name }) => name === module);
  const modules = spec.modules.map(choice =>
    choice.name === module
      ? { ...choice, parameters: { ...choice.parameters, ...parameters } }
      : choice,
  );
  return {
    ...spec,
    modules: asked ? modules : [...modules, { name: module, parameters }],
  };
}

/** Tiers with more of what is short, those with least more first. */
function otherTiers({ spec, misfits, tiers }: QuotaRefusalInput): Candidate[] {
  const hardOf = (tier: string, resource: string) =>
    parseQuantity(tiers.get(tier)?.quota[resource] ?? '') ?? Infinity;
  const { resource } = misfits[0];
  return [...tiers.keys()]
    .filter(
      name =>
        name !== spec.tier &&
        misfits.every(fit => hardOf(name, fit.resource) >= fit.after),
    )
    .sort(
      (a, b) => hardOf(a, resource) - hardOf(b, resource) || (a < b ? -1 : 1),
    )
    .slice(0, 2)
    .map(tier => ({
      label: `Change the tier to ${tier}.`,
      change: { type: 'set-tier', environment: spec.name, tier },
      spec: { ...spec, tier },
    }));
}

/** Without the module that uses most, where a person asked for it. */
function without({ spec, misfits }: QuotaRefusalInput): Candidate[] {
  const largest = misfits.flatMap(({ byModule }) =>
    byModule.slice(0, 1).map(({ module }) => module),
  );
  return [...new Set(largest)]
    .filter(module => spec.modules.some(({ name }) => name === module))
    .map(module => ({
      label: `Leave out ${module}.`,
      change: { type: 'remove-module', environment: spec.name, module },
      spec: {
        ...spec,
        modules: spec.modules.filter(({ name }) => name !== module),
      },
    }));
}

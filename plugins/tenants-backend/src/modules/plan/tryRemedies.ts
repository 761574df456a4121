// SPDX-License-Identifier: Apache-2.0
import type { PlanFix } from '@tenantry/backstage-plugin-tenants-common';
import type { DeadEnd } from './DeadEnd';
import { isAmong } from './explainNotAllowed';
import { askedFor } from './deadEnds';
import { PLAN_LIMITS } from './limits';
import { say, type Picks, type ResolveContext } from './ResolveContext';
import { searchReleases, toRequirements } from './searchReleases';

type Change = NonNullable<PlanFix['change']>;
type Wanted = readonly { readonly name: string; readonly version?: string }[];
type Refused = {
  readonly why: DeadEnd;
  readonly wanted: Wanted;
  readonly context: ResolveContext;
};

/** Changes of the spec that were tried and do away with a refusal, with what would hold then. */
export function tryRemedies(refused: Refused): readonly PlanFix[] {
  const changes = [...otherVersions(refused), ...refused.why.candidates];
  const seen = new Set<string>();
  const fixes: PlanFix[] = [];
  for (const change of changes.slice(0, PLAN_LIMITS.remediesTried)) {
    const key = JSON.stringify(change);
    if (seen.has(key)) continue;
    seen.add(key);
    const fix = tryChange(change, refused);
    if (fix) fixes.push(fix);
    if (fixes.length === PLAN_LIMITS.remediesShown) break;
  }
  return fixes;
}

/** Where a version was asked for, another may do: found by asking for any. */
function otherVersions({ why, wanted, context }: Refused): readonly Change[] {
  const asked = [askedFor(why.chain, why.subject), why.subject];
  return wanted
    .filter(
      ({ name, version }) => version !== undefined && asked.includes(name),
    )
    .flatMap(({ name }) => {
      const free = wanted
        .filter(other => asked.includes(other.name))
        .map(other => (other.name === name ? { name } : other));
      const result = search(free, context);
      const version = result?.get(name)?.release.version;
      return version === undefined
        ? []
        : [
            {
              type: 'set-version' as const,
              environment: context.environment,
              module: name,
              version,
            },
          ];
    });
}

function tryChange(change: Change, refused: Refused): PlanFix | undefined {
  const { why, wanted, context } = refused;
  const asked = askedFor(why.chain, why.subject);
  const next = changed(wanted, change).filter(
    ({ name }) => why.rule !== 'unknown-module' || name !== why.subject,
  );
  const here = withTier(context, change);
  if (!here) return undefined;
  // Only what this refusal is about: others may be refused for reasons of their own.
  const about = next.filter(({ name }) =>
    concerns(name, { asked, why, change }),
  );
  const picks = search(about, here);
  return picks && { ...told(change, why, picks), change };
}

function concerns(
  name: string,
  { asked, why, change }: { asked: string; why: DeadEnd; change: Change },
): boolean {
  const involved = why.candidates.flatMap(one =>
    'module' in one ? [one.module] : [],
  );
  return (
    name === asked ||
    name === why.subject ||
    involved.includes(name) ||
    ('module' in change && change.module === name)
  );
}

function search(wanted: Wanted, context: ResolveContext): Picks | undefined {
  const result = searchReleases(
    toRequirements(wanted),
    context,
    PLAN_LIMITS.remedySteps,
  );
  return result.kind === 'found' ? result.picks : undefined;
}

function changed(wanted: Wanted, change: Change): Wanted {
  switch (change.type) {
    case 'remove-module':
      return wanted.filter(({ name }) => name !== change.module);
    case 'add-module':
      return [
        ...wanted.filter(({ name }) => name !== change.module),
        { name: change.module },
      ];
    case 'set-version':
      return wanted.map(choice =>
        choice.name === change.module
          ? { ...choice, version: change.version }
          : choice,
      );
    default:
      return wanted;
  }
}

/** `undefined` for a tier that does not exist or that the owner may not have. */
function withTier(
  context: ResolveContext,
  change: Change,
): ResolveContext | undefined {
  if (change.type !== 'set-tier') return context;
  const tier = context.catalogue.tiers.get(change.tier);
  if (!tier) return undefined;
  const { allowedOwners } = tier;
  if (allowedOwners && !isAmong(context.owner, allowedOwners)) return undefined;
  return { ...context, tier: tier.name };
}

function told(
  change: Change,
  why: DeadEnd,
  picks: Picks,
): Pick<PlanFix, 'label' | 'effect'> {
  const used = [...picks.values()].map(say).sort();
  const shown = used.slice(0, 4).join(', ') + (used.length > 4 ? ', …' : '');
  const effect = used.length === 0 ? undefined : `${shown} would be used.`;
  const withEffect = (label: string) =>
    effect === undefined ? { label } : { label, effect };
  switch (change.type) {
    case 'remove-module':
      return withEffect(`Leave out ${change.module}.`);
    case 'add-module':
      return withEffect(
        change.module === why.subject
          ? `Add ${change.module}.`
          : `Take ${change.module} in place of ${why.subject}.`,
      );
    case 'set-version':
      return withEffect(`Ask for ${change.module} ${change.version}.`);
    case 'set-tier':
      return withEffect(`Change the tier to ${change.tier}.`);
    default:
      return withEffect('Change what is asked for.');
  }
}

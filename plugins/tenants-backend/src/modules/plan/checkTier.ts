// SPDX-License-Identifier: Apache-2.0
import type { Refusal, Tier } from '@tenantry/backstage-plugin-tenants-common';
import { isAmong } from './explainNotAllowed';
import { PLAN_LIMITS } from './limits';
import { didYouMean } from './nearestName';

type TierInput = {
  readonly tier: string;
  readonly owner?: string;
  readonly environment: string;
  readonly tiers: ReadonlyMap<string, Tier>;
};

/** The tier that was asked for, if there is one and the tenant’s owner may have it. */
export function checkTier(input: TierInput): {
  readonly tier: Tier | undefined;
  readonly refusals: readonly Refusal[];
} {
  const { tier: name, owner, environment, tiers } = input;
  const tier = tiers.get(name);
  const refuse = (rule: Refusal['rule'], message: string) => [
    {
      rule,
      environment,
      subject: name,
      message,
      chain: [name],
      fixes: othersFor(input),
    },
  ];
  if (!tier) {
    const known = [...tiers.keys()].sort();
    const message = `There is no tier ${name}. There ${
      known.length === 1 ? 'is' : 'are'
    } ${known.join(', ') || 'none'}.${didYouMean(name, known)}`;
    return { tier, refusals: refuse('unknown-tier', message) };
  }
  if (!tier.allowedOwners || isAmong(owner, tier.allowedOwners)) {
    return { tier, refusals: [] };
  }
  const message = `The tier ${name} is only for tenants of ${tier.allowedOwners.join(
    ', ',
  )}; this one belongs to ${owner ?? 'nobody'}.`;
  return { tier, refusals: refuse('tier-not-allowed', message) };
}

/** The tiers this owner may have, the nearest name first where one was meant. */
function othersFor({ tier, owner, environment, tiers }: TierInput) {
  return [...tiers.values()]
    .filter(
      ({ name, allowedOwners }) =>
        name !== tier && (!allowedOwners || isAmong(owner, allowedOwners)),
    )
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .slice(0, PLAN_LIMITS.remediesShown)
    .map(({ name }) => ({
      label: `Change the tier to ${name}.`,
      change: { type: 'set-tier' as const, environment, tier: name },
    }));
}

// SPDX-License-Identifier: Apache-2.0
import type { Tier } from '@tenantry/backstage-plugin-tenants-common';
import { problemAt, within, type Say } from '../Place';
import type { TierSource } from '../schema/fileSchema';
import type { Draft } from './Drafts';

type Amounts = Readonly<Record<string, string | number>>;

/** A tier as the catalogue holds it. */
export function toTier(
  { name, source, place }: Draft<TierSource>,
  say: Say,
): Tier {
  const { quota, resource_quota: older, limits } = source;
  if (quota && older) {
    const words = {
      rule: 'said-twice',
      message: `Tier "${name}" has both quota and resource_quota.`,
      remedy: 'Keep quota.',
    };
    say(problemAt(within(place, 'resource_quota'), words));
  }
  const { description, allowedOwners } = source;
  return {
    name,
    displayName: source.name ?? name,
    ...(description === undefined ? {} : { description }),
    quota: toAmounts(quota ?? older ?? {}),
    ...(limits ? { limits: toLimits(limits) } : {}),
    ...(allowedOwners ? { allowedOwners } : {}),
  };
}

/** Amounts as Kubernetes takes them: text. */
export function toAmounts(amounts: Amounts): Record<string, string> {
  return Object.fromEntries(
    Object.entries(amounts).map(([name, amount]) => [name, String(amount)]),
  );
}

function toLimits(limits: NonNullable<TierSource['limits']>): Tier['limits'] {
  return Object.fromEntries(
    Object.entries(limits).map(([name, amounts]) => [
      name,
      toAmounts(amounts ?? {}),
    ]),
  );
}

// SPDX-License-Identifier: Apache-2.0
import type {
  Tier,
  TenantRow,
} from '@tenantry/backstage-plugin-tenants-common';

/** What the tenants of one tier may use and do use. */
export type TierCapacity = {
  /** Absent of tenants without a tier. */
  readonly name: string | undefined;
  /** As the definitions have it; absent where they do not know the tier. */
  readonly tier?: Tier;
  readonly tenants: number;
  /** Tenants whose quota is known; the sums are over these. */
  readonly known: number;
  readonly cpu?: { readonly used: number; readonly hard: number };
  readonly memory?: { readonly used: number; readonly hard: number };
};

function sum(usages: readonly TenantRow['cpu'][]): TierCapacity['cpu'] {
  const known = usages.flatMap(usage => usage ?? []);
  if (known.length === 0) return undefined;
  return {
    used: known.reduce((total, { used }) => total + used, 0),
    hard: known.reduce((total, { hard }) => total + hard, 0),
  };
}

/** What is given and used by tier: those of the definitions in their order, then what tenants say beside them. Pure. */
export function capacityByTier(
  rows: readonly TenantRow[],
  tiers: readonly Tier[],
): TierCapacity[] {
  const defined = tiers.map(({ name }) => name);
  const others = new Set(
    rows.map(({ tier }) => tier).filter(tier => !defined.includes(tier ?? '')),
  );
  const names = [
    ...defined,
    ...[...others].sort((a, b) => (a ?? '~').localeCompare(b ?? '~')),
  ];
  return names.map(name => {
    const own = rows.filter(row => row.tier === name);
    return {
      name,
      tier: tiers.find(tier => tier.name === name),
      tenants: own.length,
      known: own.filter(({ cpu, memory }) => cpu ?? memory).length,
      cpu: sum(own.map(({ cpu }) => cpu)),
      memory: sum(own.map(({ memory }) => memory)),
    };
  });
}

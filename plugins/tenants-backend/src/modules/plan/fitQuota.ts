// SPDX-License-Identifier: Apache-2.0
import {
  parseQuantity,
  resourceUnit,
  type QuotaFit,
  type QuotaLine,
  type Tier,
} from '@tenantry/backstage-plugin-tenants-common';
import type { ModuleAmounts } from './ModuleAmounts';

/** What is asked of a tier’s quota. */
export type QuotaInput = {
  readonly tier: Tier;
  /** As the cluster counts it now, by resource; what is not there is not used. */
  readonly live: ReadonlyMap<string, Pick<QuotaLine, 'used' | 'hard'>>;
  /** What the modules’ objects that are there now ask for. */
  readonly before: readonly ModuleAmounts[];
  /** What those rendered ask for. */
  readonly after: readonly ModuleAmounts[];
};

/** A quota names the same thing in two ways. */
const SAME: Readonly<Record<string, string>> = {
  cpu: 'requests.cpu',
  memory: 'requests.memory',
  'ephemeral-storage': 'requests.ephemeral-storage',
};
const ENVIRONMENT = 'environment';
const STORAGE = /(^|[/])(requests\.storage|persistentvolumeclaims)$/;

/** How each resource of a tier’s quota would be filled: what is used now, without what the modules use now, with what they will use. */
export function fitQuota({
  tier,
  live,
  before,
  after,
}: QuotaInput): readonly QuotaFit[] {
  return Object.entries(tier.quota)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([resource, text]) => {
      const hard = parseQuantity(text);
      if (hard === undefined) return [];
      const used = live.get(resource)?.used ?? 0;
      const others = Math.max(0, used - sum(before, resource));
      const asked = STORAGE.test(resource)
        ? withKept(before, after, resource)
        : after;
      const filled = tidy(others + sum(asked, resource));
      return [
        {
          resource,
          unit: resourceUnit(resource),
          hard,
          used,
          after: filled,
          left: tidy(hard - filled),
          estimated: after.some(
            one => one.estimated && amountOf(one, resource) > 0,
          ),
          byModule: byModule(asked, resource),
        },
      ];
    });
}

/** Volumes stay when what used them is put to sleep, scaled down or removed: each module keeps at least what it has. */
function withKept(
  before: readonly ModuleAmounts[],
  after: readonly ModuleAmounts[],
  resource: string,
): readonly ModuleAmounts[] {
  const names = new Set([...before, ...after].map(({ module }) => module));
  return [...names].map(module => {
    const of = (amounts: readonly ModuleAmounts[]) =>
      amounts.filter(one => one.module === module);
    const most = Math.max(sum(of(before), resource), sum(of(after), resource));
    return {
      ...(module !== undefined && { module }),
      amounts: { [resource]: most },
      estimated: of(after).some(({ estimated }) => estimated),
    };
  });
}

/** The resources that do not fit: more than there is, and the plan is to blame for it. */
export function misfits(
  fit: readonly QuotaFit[],
  live: QuotaInput['live'],
): readonly QuotaFit[] {
  return fit.filter(({ resource, left, after, used, hard }) => {
    if (left >= 0) return false;
    const hardNow = live.get(resource)?.hard;
    return after > used || hardNow === undefined || hard < hardNow;
  });
}

function byModule(
  amounts: readonly ModuleAmounts[],
  resource: string,
): QuotaFit['byModule'] {
  return amounts
    .map(one => ({
      module: one.module ?? ENVIRONMENT,
      amount: tidy(amountOf(one, resource)),
    }))
    .filter(({ amount }) => amount > 0)
    .sort((a, b) => b.amount - a.amount || (a.module < b.module ? -1 : 1));
}

function sum(amounts: readonly ModuleAmounts[], resource: string): number {
  return amounts.reduce((all, one) => all + amountOf(one, resource), 0);
}

function amountOf({ amounts }: ModuleAmounts, resource: string): number {
  if (Object.hasOwn(amounts, resource)) return amounts[resource];
  const other = Object.hasOwn(SAME, resource) ? SAME[resource] : undefined;
  return other !== undefined && Object.hasOwn(amounts, other)
    ? amounts[other]
    : 0;
}

/** Sums of tenths are not exact in binary. */
function tidy(value: number): number {
  return Math.round(value * 1e9) / 1e9;
}

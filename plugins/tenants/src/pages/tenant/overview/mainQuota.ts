// SPDX-License-Identifier: Apache-2.0
import type { QuotaLine } from '@tenantry/backstage-plugin-tenants-common';

/** Lines that are shown where there is little room. */
const SHOWN = 4;
/** From here on a line is about to matter, whatever it is of. */
const TIGHT_SHARE = 0.85;

/** What people ask for first. */
const RANKED = [
  'requests.cpu',
  'cpu',
  'requests.memory',
  'memory',
  'requests.storage',
  'pods',
  'limits.cpu',
  'limits.memory',
];

function rank({ resource }: QuotaLine): number {
  const at = RANKED.indexOf(resource.replace(/^count\//, ''));
  return at < 0 ? RANKED.length : at;
}

function shareOf({ used, hard }: QuotaLine): number {
  return hard > 0 ? used / hard : Number(used > 0);
}

/** The lines of a quota that matter most, in the order of what people ask for: those that are nearly used up are always among them. Pure. */
export function mainQuota(quota: readonly QuotaLine[]): readonly QuotaLine[] {
  const tight = (line: QuotaLine) =>
    shareOf(line) >= TIGHT_SHARE ? shareOf(line) : 0;
  const chosen = [...quota]
    .sort((a, b) => tight(b) - tight(a) || rank(a) - rank(b))
    .slice(0, SHOWN);
  return chosen.sort((a, b) => rank(a) - rank(b));
}

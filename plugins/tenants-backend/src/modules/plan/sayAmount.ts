// SPDX-License-Identifier: Apache-2.0
import type { QuotaFit } from '@tenantry/backstage-plugin-tenants-common';

const SIZES = ['', 'Ki', 'Mi', 'Gi', 'Ti', 'Pi'];

/** An amount as people write it: `1.5 cores`, `20Gi`, `3`. */
export function sayAmount(amount: number, unit: QuotaFit['unit']): string {
  if (unit === 'cores')
    return `${round(amount)} ${amount === 1 ? 'core' : 'cores'}`;
  if (unit === 'count') return `${round(amount)}`;
  let rest = amount;
  let at = 0;
  while (Math.abs(rest) >= 1024 && at < SIZES.length - 1) {
    rest /= 1024;
    at++;
  }
  return `${round(rest)}${SIZES[at]}`;
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}

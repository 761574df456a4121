// SPDX-License-Identifier: Apache-2.0
import { formatAmount } from '../../formatting/quantity';
import type { Translate } from '../../useText';

/** What is in use against limit and request, in words: `1.6 GiB in use of a limit of 3 GiB, 1.5 GiB requested`. */
export function describeUse(
  t: Translate,
  of: {
    readonly used: number;
    readonly limit: number | undefined;
    readonly request: number | undefined;
  },
  unit: 'cores' | 'bytes',
): string {
  const used = formatAmount(of.used, unit);
  if (of.limit === undefined && of.request === undefined) {
    return t('usage.alone', { used });
  }
  const first =
    of.limit === undefined
      ? t('usage.ofRequest', { used })
      : t('usage.ofLimit', { used, limit: formatAmount(of.limit, unit) });
  if (of.request === undefined) return first;
  const amount = formatAmount(of.request, unit);
  return `${first}, ${t('usage.requested', { amount })}`;
}

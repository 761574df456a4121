// SPDX-License-Identifier: Apache-2.0
import type { PartialData } from '@tenantry/backstage-plugin-tenants-common';

/**
 * What is missing, without when it was last heard from: replicas lose a cluster at different moments, and what they know of it is
 * nevertheless the same. Versions and ETags are made of this.
 */
export function timelessPartial(
  partial: readonly PartialData[],
): readonly Omit<PartialData, 'observedAt'>[] {
  return partial.map(({ observedAt, ...part }) => ({
    ...part,
    // That it was never heard from is content.
    ...(observedAt === undefined ? { never: true } : {}),
  }));
}

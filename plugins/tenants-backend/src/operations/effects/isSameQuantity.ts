// SPDX-License-Identifier: Apache-2.0
import { parseQuantity } from '@tenantry/backstage-plugin-tenants-common';

/** Whether two Kubernetes quantities are the same amount: `1000m` and `1`. The server writes them its own way. */
export function isSameQuantity(a: string, b: string): boolean {
  const first = parseQuantity(a);
  const second = parseQuantity(b);
  if (first === undefined || second === undefined) return false;
  return Math.abs(first - second) <= Math.abs(first) * 1e-12;
}

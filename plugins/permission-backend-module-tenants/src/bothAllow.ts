// SPDX-License-Identifier: Apache-2.0
import {
  AuthorizeResult,
  type PolicyDecision,
} from '@backstage/plugin-permission-common';

/** The decision that allows what two decisions on one permission both allow. */
export function bothAllow(
  a: PolicyDecision,
  b: PolicyDecision,
): PolicyDecision {
  if (a.result === AuthorizeResult.DENY) return a;
  if (b.result === AuthorizeResult.DENY) return b;
  if (a.result === AuthorizeResult.ALLOW) return b;
  if (b.result === AuthorizeResult.ALLOW) return a;
  return { ...a, conditions: { allOf: [a.conditions, b.conditions] } };
}

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
  if (a.result !== AuthorizeResult.CONDITIONAL) {
    return a.result === AuthorizeResult.ALLOW ? b : a;
  }
  if (b.result !== AuthorizeResult.CONDITIONAL) {
    return b.result === AuthorizeResult.ALLOW ? a : b;
  }
  return { ...a, conditions: { allOf: [a.conditions, b.conditions] } };
}

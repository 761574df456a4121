// SPDX-License-Identifier: Apache-2.0
import {
  AuthorizeResult,
  type PermissionCriteria,
  type PolicyDecision,
} from '@backstage/plugin-permission-common';
import type { TenantPredicate } from '@tenantry/backstage-plugin-tenants-node';
import { canonicalJson, hashText } from '../snapshots/contentVersion';

/** What a policy said about one permission for one caller, ready to be asked for any tenant. */
export type TenantDecision = {
  /** Equal for equal conditions, so that answers made under one may be reused under the other. */
  readonly id: string;
  /** Whether the policy refuses whatever the tenant. */
  readonly deniesAll: boolean;
  readonly allows: TenantPredicate;
  /** Names of the rules it depends on; empty when it depends on none. */
  readonly rules: readonly string[];
};

const allowAll: TenantDecision = {
  id: 'all',
  deniesAll: false,
  allows: () => true,
  rules: [],
};

/** Allows nothing. */
export const denyAll: TenantDecision = {
  id: 'none',
  deniesAll: true,
  allows: () => false,
  rules: [],
};

/** Allows what two decisions both allow. */
export function bothAllow(
  a: TenantDecision,
  b: TenantDecision,
): TenantDecision {
  if (a.deniesAll || b.deniesAll) return denyAll;
  return {
    id: hashText(`${a.id} ${b.id}`),
    deniesAll: false,
    allows: tenant => a.allows(tenant) && b.allows(tenant),
    rules: [...new Set([...a.rules, ...b.rules])].sort(),
  };
}

/** Turns the conditions of a policy into predicates. @throws when they name an unknown rule or have wrong parameters */
export type ConditionTransformer = (
  conditions: Extract<PolicyDecision, { result: 'CONDITIONAL' }>['conditions'],
) => PermissionCriteria<TenantPredicate>;

/** Makes a policy’s answer one that can be evaluated in memory. */
export function toTenantDecision(
  decision: PolicyDecision,
  transform: ConditionTransformer,
): TenantDecision {
  if (decision.result !== AuthorizeResult.CONDITIONAL) {
    return decision.result === AuthorizeResult.ALLOW ? allowAll : denyAll;
  }
  return {
    id: hashText(canonicalJson(decision.conditions)),
    deniesAll: false,
    allows: toPredicate(transform(decision.conditions)),
    rules: [...new Set(ruleNames(decision.conditions))].sort(),
  };
}

function toPredicate(
  criteria: PermissionCriteria<TenantPredicate>,
): TenantPredicate {
  if (typeof criteria === 'function') return criteria;
  if ('allOf' in criteria) {
    const parts = criteria.allOf.map(toPredicate);
    return tenant => parts.every(part => part(tenant));
  }
  if ('anyOf' in criteria) {
    const parts = criteria.anyOf.map(toPredicate);
    return tenant => parts.some(part => part(tenant));
  }
  const part = toPredicate(criteria.not);
  return tenant => !part(tenant);
}

function ruleNames(criteria: PermissionCriteria<{ rule: string }>): string[] {
  if ('rule' in criteria) return [criteria.rule];
  if ('allOf' in criteria) return criteria.allOf.flatMap(ruleNames);
  if ('anyOf' in criteria) return criteria.anyOf.flatMap(ruleNames);
  return ruleNames(criteria.not);
}

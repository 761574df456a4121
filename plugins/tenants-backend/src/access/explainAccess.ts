// SPDX-License-Identifier: Apache-2.0
import {
  tenantPermissions,
  type AllowedActions,
} from '@tenantry/backstage-plugin-tenants-common';
import {
  tenantRules,
  type TenantFacts,
} from '@tenantry/backstage-plugin-tenants-node';
import type { Access } from './Access';
import type { Caller } from './Caller';
import type { Grantors } from './Grantors';
import type { TenantDecision } from './TenantDecision';

type Explainers = {
  readonly access: Access;
  readonly grantors: Pick<Grantors, 'of'>;
};

type Explained = AllowedActions['actions'][string];

/** Says for every permission on tenants whether the caller has it on this one, what decides that, and who can grant it. */
export async function explainAccess(
  { access, grantors }: Explainers,
  caller: Caller,
  tenant: TenantFacts,
): Promise<AllowedActions> {
  const explained = await Promise.all(
    tenantPermissions.map(async permission => {
      const decision = await access.decide(caller, permission);
      const rule = ruleInWords(decision);
      if (decision.allows(tenant)) {
        return [permission.name, { allowed: true, rule }] as const;
      }
      const grantedBy = await grantors.of(permission, tenant);
      const refused: Explained = {
        allowed: false,
        missing: permission.name,
        rule,
        ...(grantedBy === undefined ? {} : { grantedBy }),
      };
      return [permission.name, refused] as const;
    }),
  );
  return { actions: Object.fromEntries(explained) };
}

/** Names the rules, not their parameters: those may name other people. */
function ruleInWords({ rules, deniesAll }: TenantDecision): string {
  if (rules.length === 0) {
    return deniesAll
      ? 'The portal’s policy does not give it to you.'
      : 'The portal’s policy gives it to you for every tenant.';
  }
  const descriptions = new Map<string, string | undefined>(
    Object.values(tenantRules).map(rule => [rule.name, rule.description]),
  );
  return `The portal’s policy decides by: ${rules
    .map(rule => `${rule} (${descriptions.get(rule) ?? 'no description'})`)
    .join('; ')}.`;
}

// SPDX-License-Identifier: Apache-2.0
import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import {
  isTenantName,
  tenantsPermissions,
} from '@tenantry/backstage-plugin-tenants-common';
import type { IdentityRules } from './access/identity/IdentityRule';
import type { RequestBudget } from './access/RequestLimits';
import type { ServiceGrant } from './access/ServiceAccess';
import { readIdentity } from './identityConfig';

/** Who may do more than the policy says, and how often anybody may ask. */
export type AccessConfig = {
  readonly serviceAccess: readonly ServiceGrant[];
  readonly budget: RequestBudget;
  /** How users and groups of the catalogue are named in a cluster. The same object for clusters with the same rules. */
  readonly identityOn: (cluster: string) => IdentityRules;
  /** Whether the cluster’s own RBAC decides too. */
  readonly isGuarded: (cluster: string) => boolean;
  /** Whom to ask for what an owner cannot give; `undefined` when the policy’s configuration names nobody. */
  readonly platformTeam: string | undefined;
  /** Whether any cluster’s RBAC does. */
  readonly hasGuarded: boolean;
  /** Whether anything depends on who is who in the catalogue. */
  readonly needsDirectory: boolean;
};

const DEFAULT_BUDGET: RequestBudget = { cheap: 600, expensive: 60 };

/** Reads `tenants.serviceAccess` and `tenants.limits`. @throws InputError that quotes the full key and says what is allowed */
export function readAccessConfig(root: Config): AccessConfig {
  const grants = root.getOptionalConfigArray('tenants.serviceAccess') ?? [];
  const guarded = readGuardedClusters(root);
  return {
    ...readIdentity(root),
    platformTeam: root.getOptionalStringArray(
      'tenants.policy.platformTeam',
    )?.[0],
    isGuarded: cluster => guarded.has(cluster),
    hasGuarded: guarded.size > 0,
    needsDirectory: guarded.size > 0 || root.has('tenants.identity'),
    serviceAccess: grants.map((grant, index) =>
      readGrant(grant, `tenants.serviceAccess[${index}]`),
    ),
    budget: {
      cheap:
        readBudget(root, 'tenants.limits.cheapPerMinute') ??
        DEFAULT_BUDGET.cheap,
      expensive:
        readBudget(root, 'tenants.limits.expensivePerMinute') ??
        DEFAULT_BUDGET.expensive,
    },
  };
}

function readGrant(grant: Config, at: string): ServiceGrant {
  const subject = grant.getString('subject');
  const tenants = grant.getStringArray('tenants');
  const permissions = grant.getStringArray('permissions');
  const known = tenantsPermissions.map(({ name }) => name);
  for (const name of tenants) {
    if (name !== '*' && !isTenantName(name)) {
      throw new InputError(
        `The configuration key ${at}.tenants names ${JSON.stringify(
          name,
        )}, which is no tenant’s name. Write * for all tenants.`,
      );
    }
  }
  for (const name of permissions) {
    if (!known.includes(name)) {
      throw new InputError(
        `The configuration key ${at}.permissions names ${JSON.stringify(
          name,
        )}. Allowed: ${known.join(', ')}.`,
      );
    }
  }
  return { subject, tenants, permissions };
}

function readGuardedClusters(root: Config): ReadonlySet<string> {
  const clusters = root.getOptionalConfig('tenants.clusters');
  return new Set(
    (clusters?.keys() ?? []).filter(name => {
      const key = `tenants.clusters.${name}.authorization`;
      const word = clusters?.getConfig(name).getOptionalString('authorization');
      if (word === undefined || word === 'backstage') return false;
      if (word === 'subjectAccessReview') return true;
      throw new InputError(
        `The configuration key ${key} must be one of backstage, subjectAccessReview; it is ${JSON.stringify(
          word,
        )}.`,
      );
    }),
  );
}

function readBudget(root: Config, key: string): number | undefined {
  const value = root.getOptionalNumber(key);
  if (value === undefined) return undefined;
  if (Number.isInteger(value) && value > 0) return value;
  throw new InputError(
    `The configuration key ${key} must be a whole number above 0; it is ${value}.`,
  );
}

// SPDX-License-Identifier: Apache-2.0
import {
  createConditionExports,
  createPermissionResourceRef,
  createPermissionRule,
} from '@backstage/plugin-permission-node';
import { RESOURCE_TYPE_TENANT } from '@tenantry/backstage-plugin-tenants-common';
import { z } from 'zod/v3';

/**
 * The facts of a tenant that a policy may decide by.
 *
 * @public
 */
export type TenantFacts = {
  readonly name: string;
  /** Entity reference; `undefined` when nobody is named. */
  readonly owner: string | undefined;
  /** Entity references of users and groups. */
  readonly members: readonly string[];
  readonly tier: string | undefined;
  readonly clusters: readonly string[];
  readonly labels: Readonly<Record<string, string>>;
};

/** Decides in memory whether a tenant is among those a condition allows. @public */
export type TenantPredicate = (tenant: TenantFacts) => boolean;

/** Names tenants to the permission framework: conditions on them are judged by {@link TenantFacts}, in memory. @public */
export const tenantResourceRef = createPermissionResourceRef<
  TenantFacts,
  TenantPredicate
>().with({ pluginId: 'tenants', resourceType: RESOURCE_TYPE_TENANT });

const refs = z.object({
  refs: z.array(z.string()).describe('Entity references of users and groups'),
});

function sameRef(a: string, b: string): boolean {
  return a.toLocaleLowerCase('en-US') === b.toLocaleLowerCase('en-US');
}

type Refs = { refs: string[] };

const ownedBy =
  ({ refs: allowed }: Refs): TenantPredicate =>
  ({ owner }) =>
    owner !== undefined && allowed.some(ref => sameRef(ref, owner));

const withMember =
  ({ refs: allowed }: Refs): TenantPredicate =>
  ({ members }) =>
    members.some(member => allowed.some(ref => sameRef(ref, member)));

const ofTier =
  ({ tiers }: { tiers: string[] }): TenantPredicate =>
  ({ tier }) =>
    tier !== undefined && tiers.includes(tier);

const onlyOn =
  ({ clusters: allowed }: { clusters: string[] }): TenantPredicate =>
  ({ clusters }) =>
    clusters.length > 0 && clusters.every(cluster => allowed.includes(cluster));

const labelled =
  ({ label, value }: { label: string; value?: string }): TenantPredicate =>
  ({ labels }) =>
    Object.hasOwn(labels, label) &&
    (value === undefined || labels[label] === value);

const isOwner = createPermissionRule({
  name: 'isOwner',
  description: 'Tenants owned by any of the given users and groups',
  resourceRef: tenantResourceRef,
  paramsSchema: refs,
  apply: (tenant, params) => ownedBy(params)(tenant),
  toQuery: ownedBy,
});

const isMember = createPermissionRule({
  name: 'isMember',
  description: 'Tenants in which any of the given users and groups hold a role',
  resourceRef: tenantResourceRef,
  paramsSchema: refs,
  apply: (tenant, params) => withMember(params)(tenant),
  toQuery: withMember,
});

const hasTier = createPermissionRule({
  name: 'hasTier',
  description: 'Tenants of any of the given tiers',
  resourceRef: tenantResourceRef,
  paramsSchema: z.object({
    tiers: z.array(z.string()).describe('Names of tiers'),
  }),
  apply: (tenant, params) => ofTier(params)(tenant),
  toQuery: ofTier,
});

const inCluster = createPermissionRule({
  name: 'inCluster',
  description: 'Tenants that live on nothing but the given clusters',
  resourceRef: tenantResourceRef,
  paramsSchema: z.object({
    clusters: z.array(z.string()).describe('Names of clusters in the portal'),
  }),
  apply: (tenant, params) => onlyOn(params)(tenant),
  toQuery: onlyOn,
});

const hasLabel = createPermissionRule({
  name: 'hasLabel',
  description: 'Tenants whose namespaces all carry a label',
  resourceRef: tenantResourceRef,
  paramsSchema: z.object({
    label: z.string().describe('Key of the label'),
    value: z.string().optional().describe('Its value; any value when left out'),
  }),
  apply: (tenant, params) => labelled(params)(tenant),
  toQuery: labelled,
});

/** The rules a policy may use on tenants. @public */
export const tenantRules = { isOwner, isMember, hasTier, inCluster, hasLabel };

const exported = createConditionExports({
  resourceRef: tenantResourceRef,
  rules: tenantRules,
});

/** Makes conditions, one function for each of {@link tenantRules}: `tenantConditions.isOwner(…)`. @public */
export const tenantConditions = exported.conditions;

/** Makes the answer of a policy to a permission on tenants: allowed for those that meet the conditions. @public */
export const createTenantConditionalDecision =
  exported.createConditionalDecision;

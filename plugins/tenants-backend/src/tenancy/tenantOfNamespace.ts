// SPDX-License-Identifier: Apache-2.0
import {
  explainInvalidTenantName,
  isTenantName,
} from '@tenantry/backstage-plugin-tenants-common';
import type { NamespaceObject } from '../informers/objects';
import { parseOwner } from './parseOwner';
import type { TenancyLabels } from './TenancyLabels';

/** What a namespace says of the tenant it belongs to. */
export type NamespaceTenancy = {
  readonly tenant: string;
  readonly environment: string;
  readonly tier?: string;
  /** Entity reference in full; `undefined` when the namespace names no owner, or none that is a reference. */
  readonly owner?: string;
  /** Whether we created the namespace. */
  readonly managed: boolean;
};

/** Reads a namespace’s labels. `undefined` when it belongs to no tenant, also when the name it gives cannot be a tenant’s. Names are never parsed out of the namespace’s name. */
export function tenantOfNamespace(
  namespace: NamespaceObject,
  labels: TenancyLabels,
): NamespaceTenancy | undefined {
  const tenant = claimedTenant(namespace, labels);
  if (tenant === undefined || !isTenantName(tenant)) return undefined;
  const owner = firstOf(namespace.annotations, labels.owner);
  return {
    tenant,
    environment:
      firstOf(namespace.labels, labels.environment) ??
      labels.defaultEnvironment,
    tier: firstOf(namespace.labels, labels.tier),
    owner: owner === undefined ? undefined : parseOwner(owner),
    managed:
      namespace.labels[labels.managedBy.label] === labels.managedBy.value,
  };
}

/** Says why the tenant’s name a namespace gives cannot be one; `undefined` when it can, or when it gives none. */
export function explainRefusedNamespace(
  namespace: NamespaceObject,
  labels: TenancyLabels,
): string | undefined {
  const tenant = claimedTenant(namespace, labels);
  return tenant === undefined ? undefined : explainInvalidTenantName(tenant);
}

/** How much of an owner that cannot be read is shown. */
const MAX_SHOWN_OWNER = 80;

/** The owner a namespace names where that is no entity reference; `undefined` when it is one, or there is none. */
export function findInvalidOwner(
  namespace: NamespaceObject,
  labels: TenancyLabels,
): string | undefined {
  const owner = firstOf(namespace.annotations, labels.owner);
  if (owner === undefined || parseOwner(owner) !== undefined) return undefined;
  return owner.slice(0, MAX_SHOWN_OWNER);
}

/** The value of the first key that has one. */
export function firstOf(
  values: Readonly<Record<string, string>>,
  keys: readonly string[],
): string | undefined {
  for (const key of keys) {
    if (Object.hasOwn(values, key) && values[key]) return values[key];
  }
  return undefined;
}

function claimedTenant(
  { name, labels: found }: NamespaceObject,
  { tenant, namespaceIsTenant: mark }: TenancyLabels,
): string | undefined {
  const itself = mark && found[mark.label] === mark.value ? name : undefined;
  return firstOf(found, tenant) ?? itself;
}

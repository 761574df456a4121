// SPDX-License-Identifier: Apache-2.0
import {
  explainInvalidTenantName,
  isTenantName,
} from '@tenantry/backstage-plugin-tenants-common';
import type { TenantClaim } from '@tenantry/backstage-plugin-tenants-node';
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
  const claim = claimOf(namespace, labels);
  if (claim === undefined || !isTenantName(claim.tenant)) return undefined;
  const owner = claim.owner ?? firstOf(namespace.annotations, labels.owner);
  return {
    tenant: claim.tenant,
    environment:
      labelValue(claim.environment) ??
      firstOf(namespace.labels, labels.environment) ??
      labels.defaultEnvironment,
    tier: labelValue(claim.tier) ?? firstOf(namespace.labels, labels.tier),
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
  const claim = claimOf(namespace, labels);
  return claim && explainInvalidTenantName(claim.tenant);
}

/** How much of an owner that cannot be read is shown. */
const MAX_SHOWN_OWNER = 80;

/** The owner a namespace names where that is no entity reference; `undefined` when it is one, or there is none. */
export function findInvalidOwner(
  namespace: NamespaceObject,
  labels: TenancyLabels,
): string | undefined {
  const owner =
    claimOf(namespace, labels)?.owner ??
    firstOf(namespace.annotations, labels.owner);
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

/** What the namespace’s labels say, else what a source says. */
function claimOf(
  namespace: NamespaceObject,
  { tenant, namespaceIsTenant: mark, claimOf: ask }: TenancyLabels,
): TenantClaim | undefined {
  const { name, labels: found } = namespace;
  const itself = mark && found[mark.label] === mark.value ? name : undefined;
  const labelled = firstOf(found, tenant) ?? itself;
  return labelled === undefined ? ask?.(namespace) : { tenant: labelled };
}

const LABEL_VALUE = /^[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/;

/** A source may answer anything; an environment or a tier is the value of a label. */
function labelValue(value: string | undefined): string | undefined {
  return value !== undefined && LABEL_VALUE.test(value) ? value : undefined;
}

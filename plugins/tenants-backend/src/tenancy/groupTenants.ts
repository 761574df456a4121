// SPDX-License-Identifier: Apache-2.0
import { compareText } from '../health';
import type { NamespaceObject } from '../informers/objects';
import type { TenancyLabels } from './TenancyLabels';
import type {
  RefusedNamespace,
  TenantCluster,
  TenantGroup,
  TrustedCluster,
} from './TenantGroup';
import {
  explainRefusedNamespace,
  tenantOfNamespace,
} from './tenantOfNamespace';

/** Sorts the namespaces of all clusters by the tenant they name. What a tenant’s clusters may claim is decided later, by {@link resolveOwnership}. */
export function groupTenants(
  clusters: readonly TrustedCluster[],
  labels: TenancyLabels,
): {
  readonly tenants: ReadonlyMap<string, TenantGroup>;
  readonly refused: readonly RefusedNamespace[];
} {
  const found = new Map<string, TenantCluster[]>();
  const refused: RefusedNamespace[] = [];
  const ordered = [...clusters].sort((a, b) =>
    compareText(a.view.name, b.view.name),
  );
  for (const cluster of ordered) {
    const namespaces = byName(cluster.view.listers.namespaces.list());
    for (const [tenant, own] of splitByTenant(namespaces, labels)) {
      const list = found.get(tenant) ?? [];
      found.set(tenant, [...list, { ...cluster, namespaces: own }]);
    }
    refused.push(...refusedOf(cluster.view.name, namespaces, labels));
  }
  const names = [...found.keys()].sort(compareText);
  const tenants = new Map(
    names.map(name => [name, { name, clusters: found.get(name) ?? [] }]),
  );
  return { tenants, refused };
}

function splitByTenant(
  namespaces: readonly NamespaceObject[],
  labels: TenancyLabels,
): ReadonlyMap<string, NamespaceObject[]> {
  const split = new Map<string, NamespaceObject[]>();
  for (const namespace of namespaces) {
    const tenant = tenantOfNamespace(namespace, labels)?.tenant;
    if (tenant === undefined) continue;
    const list = split.get(tenant);
    if (list) list.push(namespace);
    else split.set(tenant, [namespace]);
  }
  return split;
}

function refusedOf(
  cluster: string,
  namespaces: readonly NamespaceObject[],
  labels: TenancyLabels,
): readonly RefusedNamespace[] {
  return namespaces.flatMap(namespace => {
    const message = explainRefusedNamespace(namespace, labels);
    return message === undefined
      ? []
      : [{ cluster, namespace: namespace.name, message }];
  });
}

function byName(
  namespaces: Iterable<NamespaceObject>,
): readonly NamespaceObject[] {
  return [...namespaces].sort((a, b) => compareText(a.name, b.name));
}

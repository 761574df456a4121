// SPDX-License-Identifier: Apache-2.0
import type { Condition } from '@tenantry/backstage-plugin-tenants-common';
import { compareText } from '../health';
import type { NamespaceObject } from '../informers/objects';
import type { TenancyLabels } from './TenancyLabels';
import type { TenantCluster } from './TenantGroup';
import { findInvalidOwner, tenantOfNamespace } from './tenantOfNamespace';

/** Who owns a tenant, and which of its namespaces count. */
export type Ownership = {
  readonly owner?: string;
  /** The clusters with the namespaces that count, by name. */
  readonly clusters: readonly TenantCluster[];
  /** Those among them whose word on members counts. */
  readonly trusted: readonly TenantCluster[];
  readonly conditions: readonly Condition[];
};

type Claim = { readonly where: string; readonly owner: string };

/**
 * Decides who owns a tenant.
 *
 * Where authoritative clusters know the tenant, only they name its owner: a namespace of another cluster that names a
 * different one, or one where they name none, is left out. Otherwise anybody who may label a namespace on a lesser
 * cluster could take a tenant over. If those who count disagree among themselves, there is no owner: access is refused
 * until somebody decides.
 */
export function resolveOwnership(
  clusters: readonly TenantCluster[],
  labels: TenancyLabels,
): Ownership {
  const ordered = [...clusters].sort((a, b) =>
    compareText(a.view.name, b.view.name),
  );
  const authoritative = ordered.filter(c => c.trust === 'authoritative');
  const trusted = authoritative.length > 0 ? authoritative : ordered;
  const others = ordered.filter(cluster => !trusted.includes(cluster));
  const invalid = trusted.flatMap(cluster => invalidOwners(cluster, labels));
  const claims = trusted.flatMap(cluster => claimsOf(cluster, labels));
  const owners = new Set(claims.map(claim => claim.owner));
  if (owners.size > 1) {
    return {
      clusters: ordered,
      trusted,
      conditions: [disagreement(claims), ...invalid],
    };
  }
  const [owner] = owners;
  const rivals = others
    .flatMap(cluster => claimsOf(cluster, labels))
    .filter(claim => claim.owner !== owner);
  const kept = [
    ...trusted,
    ...others.map(cluster => withoutRivals(cluster, owner, labels)),
  ];
  return {
    owner,
    clusters: kept.filter(cluster => cluster.namespaces.length > 0),
    trusted,
    conditions: [...leftOut(rivals, owner), ...invalid],
  };
}

function withoutRivals(
  cluster: TenantCluster,
  owner: string | undefined,
  labels: TenancyLabels,
): TenantCluster {
  const agrees = (namespace: NamespaceObject) => {
    const claimed = tenantOfNamespace(namespace, labels)?.owner;
    return claimed === undefined || claimed === owner;
  };
  return { ...cluster, namespaces: cluster.namespaces.filter(agrees) };
}

function claimsOf(
  { view, namespaces }: TenantCluster,
  labels: TenancyLabels,
): readonly Claim[] {
  return namespaces.flatMap(namespace => {
    const owner = tenantOfNamespace(namespace, labels)?.owner;
    const where = `${view.name}/${namespace.name}`;
    return owner === undefined ? [] : [{ where, owner }];
  });
}

function disagreement(claims: readonly Claim[]): Condition {
  const said = listClaims(claims);
  return conflict(
    `Its namespaces name different owners (${said}), so it has none`,
  );
}

function leftOut(
  rivals: readonly Claim[],
  owner: string | undefined,
): readonly Condition[] {
  if (rivals.length === 0) return [];
  const real = owner
    ? `the owner is ${owner}`
    : 'no authoritative cluster names an owner';
  return [conflict(`${listClaims(rivals)}: left out, because ${real}`)];
}

function invalidOwners(
  { view, namespaces }: TenantCluster,
  labels: TenancyLabels,
): readonly Condition[] {
  return namespaces.flatMap(namespace => {
    const text = findInvalidOwner(namespace, labels);
    if (text === undefined) return [];
    return {
      type: 'InvalidOwner',
      status: 'True' as const,
      reason: 'NotAReference',
      message: `${view.name}/${namespace.name} names the owner ${JSON.stringify(
        text,
      )}, which is no entity reference. Write it like group:default/team-a.`,
    };
  });
}

/** How many contradicting namespaces a condition names. */
const MAX_NAMED_CLAIMS = 5;

function listClaims(claims: readonly Claim[]): string {
  const named = claims
    .slice(0, MAX_NAMED_CLAIMS)
    .map(({ where, owner }) => `${where} names ${owner}`);
  const more = claims.length - named.length;
  return `${named.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

function conflict(what: string): Condition {
  return {
    type: 'OwnerConflict',
    status: 'True',
    reason: 'DifferingOwners',
    message: `${what}. Correct the owner annotation of the namespaces.`,
  };
}

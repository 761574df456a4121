// SPDX-License-Identifier: Apache-2.0
import type { Clusters, ClusterView } from '../informers/Lister';
import type { NamespaceObject } from '../informers/objects';
import type { TenantDerivation, TenantPlace } from './TenantDerivation';

/** Refused namespaces that are remembered; whoever labels namespaces could make any number. */
const MAX_REFUSALS = 100;

/** A namespace of a cluster. */
export type NamespaceKey = {
  readonly cluster: string;
  readonly namespace: string;
};

/** The places of one tenant: those that can be read, and clusters of which no more is known than was. */
type LocatedTenant = {
  readonly places: readonly TenantPlace[];
  readonly lostClusters: ReadonlySet<string>;
};

/**
 * Remembers which namespaces make up which tenant. A namespace leaves its tenant only when its cluster is known to have none of
 * that name, or one with other labels: a cluster that cannot be reached takes no tenant away.
 */
export class TenantPlaces {
  private readonly tenantByKey = new Map<string, string>();
  private readonly refusals = new Map<string, string>();
  private readonly keysByTenant = new Map<string, Map<string, NamespaceKey>>();

  constructor(
    private readonly clusters: Clusters,
    private readonly derivation: Pick<
      TenantDerivation,
      'tenantOf' | 'refusalOf'
    >,
  ) {}

  /** Looks at a namespace again. Returns the tenants this concerns: the one it was of and the one it is of. */
  refresh(key: NamespaceKey): readonly string[] {
    const id = idOf(key);
    const before = this.tenantByKey.get(id);
    const view = this.viewOf(key.cluster);
    const object = view?.listers.namespaces.get('', key.namespace);
    if (!object && !knowsItsNamespaces(view)) return before ? [before] : [];
    const after = object && this.derivation.tenantOf(key.cluster, object);
    const refusal = object && this.derivation.refusalOf?.(object, key.cluster);
    this.noteRefusal(id, refusal);
    if (before !== after) this.move(key, before, after);
    return [...new Set([before, after])].filter(name => name !== undefined);
  }

  /** A sentence on namespaces that name a tenant by a name no tenant can have; `undefined` when there are none. */
  get refused(): string | undefined {
    const [first] = this.refusals;
    if (!first) return undefined;
    const [where, why] = first;
    const others = this.refusals.size - 1;
    const more = others > 0 ? ` Others that do: ${others}.` : '';
    return `The namespace ${where} names a tenant that cannot be: ${why}${more}`;
  }

  /** Every namespace of a cluster, present or remembered. */
  keysOn(cluster: string): NamespaceKey[] {
    const names = new Set<string>();
    for (const object of this.viewOf(cluster)?.listers.namespaces.list() ??
      []) {
      names.add(object.name);
    }
    for (const keys of this.keysByTenant.values()) {
      for (const key of keys.values()) {
        if (key.cluster === cluster) names.add(key.namespace);
      }
    }
    return [...names].map(namespace => ({ cluster, namespace }));
  }

  /** Where a tenant lives now. Clusters and namespaces come sorted, so that equal content is derived alike everywhere. */
  locate(tenant: string): LocatedTenant {
    const found = new Map<string, NamespaceObject[]>();
    const lostClusters = new Set<string>();
    for (const { cluster, namespace } of this.sortedKeys(tenant)) {
      const object = this.viewOf(cluster)?.listers.namespaces.get(
        '',
        namespace,
      );
      if (!object) lostClusters.add(cluster);
      else found.set(cluster, [...(found.get(cluster) ?? []), object]);
    }
    return { places: this.toPlaces(found), lostClusters };
  }

  private noteRefusal(id: string, refusal: string | undefined): void {
    if (refusal === undefined) this.refusals.delete(id);
    else if (this.refusals.size < MAX_REFUSALS) this.refusals.set(id, refusal);
  }

  private toPlaces(found: Map<string, NamespaceObject[]>): TenantPlace[] {
    return [...found].flatMap(([cluster, namespaces]) => {
      const view = this.viewOf(cluster);
      return view ? [{ view, namespaces }] : [];
    });
  }

  private sortedKeys(tenant: string): NamespaceKey[] {
    const keys = this.keysByTenant.get(tenant) ?? new Map();
    return [...keys].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, key]) => key);
  }

  private move(
    key: NamespaceKey,
    before: string | undefined,
    after: string | undefined,
  ): void {
    const id = idOf(key);
    if (before !== undefined) {
      const keys = this.keysByTenant.get(before);
      keys?.delete(id);
      if (keys?.size === 0) this.keysByTenant.delete(before);
      this.tenantByKey.delete(id);
    }
    if (after === undefined) return;
    const keys = this.keysByTenant.get(after) ?? new Map();
    this.keysByTenant.set(after, keys.set(id, key));
    this.tenantByKey.set(id, after);
  }

  private viewOf(cluster: string): ClusterView | undefined {
    return this.clusters.list().find(view => view.name === cluster);
  }
}

function idOf({ cluster, namespace }: NamespaceKey): string {
  return `${cluster}/${namespace}`;
}

/** Whether the absence of a namespace from the cache means its absence from the cluster. */
function knowsItsNamespaces(view: ClusterView | undefined): boolean {
  if (!view) return false;
  const kind = view.status.kinds.find(k => k.kind === 'Namespace');
  return (kind?.state ?? view.freshness) === 'synced';
}

// SPDX-License-Identifier: Apache-2.0
import type {
  TenantClaim,
  TenantSource,
  TenantSourceExtension,
  TenantSourceRole,
} from '@tenantry/backstage-plugin-tenants-node';
import { compareText } from '../health';
import type { NamespaceObject } from '../informers/objects';
import type { TenancyLabels } from './TenancyLabels';

const SOURCE_ID = /^[A-Za-z0-9][-A-Za-z0-9]{0,62}$/;

/** The sources that modules add while the backend starts. */
export class TenantSources implements TenantSourceExtension {
  private readonly sources = new Map<string, TenantSource>();
  private alternative?: TenantSource;

  /** @throws Error that names the source and the rule it breaks */
  addSource(
    source: TenantSource,
    { role = 'additional' }: { readonly role?: TenantSourceRole } = {},
  ): void {
    const problem = this.problemOf(source, role);
    if (problem !== undefined) {
      throw new Error(
        `The tenant source ${JSON.stringify(source.id)} is refused: ${problem}`,
      );
    }
    this.sources.set(source.id, source);
    if (role === 'alternative') this.alternative = source;
  }

  /** Tells when any source’s answers may have changed. Returns the way to stop. */
  onChange(listener: () => void): () => void {
    const stops = this.inOrder().map(source => source.onChange?.(listener));
    return () => stops.forEach(stop => stop?.());
  }

  /**
   * The configured labels with the sources beside them, or the alternative source instead of those that name the tenant.
   *
   * @param clusterOf - The cluster of a namespace among those that will be asked about.
   */
  besides(
    labels: TenancyLabels,
    clusterOf: (namespace: NamespaceObject) => string,
  ): TenancyLabels {
    if (this.sources.size === 0) return labels;
    const claimOf = (namespace: NamespaceObject) =>
      this.claimOf(namespace, clusterOf(namespace));
    return this.alternative
      ? { ...labels, tenant: [], namespaceIsTenant: undefined, claimOf }
      : { ...labels, claimOf };
  }

  private claimOf(
    { name, labels, annotations }: NamespaceObject,
    cluster: string,
  ): TenantClaim | undefined {
    const namespace = { cluster, name, labels, annotations };
    for (const source of this.inOrder()) {
      const claim = source.claimOf(namespace);
      if (claim) return claim;
    }
    return undefined;
  }

  /** The alternative first, then by id: not by the order in which modules happened to start. */
  private inOrder(): readonly TenantSource[] {
    return [...this.sources.values()].sort(
      (a, b) =>
        Number(b === this.alternative) - Number(a === this.alternative) ||
        compareText(a.id, b.id),
    );
  }

  private problemOf({ id }: TenantSource, role: TenantSourceRole) {
    if (!SOURCE_ID.test(id)) {
      return 'its id must be letters, digits and dashes.';
    }
    if (this.sources.has(id)) {
      return 'another module has added one of that id. Install only one of the two.';
    }
    if (role === 'alternative' && this.alternative) {
      return `${this.alternative.id} takes the labels’ place already, and only one source can.`;
    }
    return undefined;
  }
}

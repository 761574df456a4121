// SPDX-License-Identifier: Apache-2.0
import type {
  Tenant,
  TenantRow,
} from '@tenantry/backstage-plugin-tenants-common';
import type { HealthChecks } from '../health';
import type { ClusterView } from '../informers/Lister';
import type { NamespaceObject } from '../informers/objects';
import type { SubjectToEntityRef } from './deriveMembers';
import { deriveTenantState, type DerivedTenantState } from './deriveTenant';
import type { TenancyLabels } from './TenancyLabels';
import type { ClusterTrust } from './TenantGroup';
import {
  explainRefusedNamespace,
  tenantOfNamespace,
} from './tenantOfNamespace';
import { TenantSources } from './TenantSources';
import { toTenantRow } from './toTenantRow';

export type TenantDerivationOptions = {
  readonly labels: TenancyLabels;
  /** Whether a cluster’s word on owners and members counts. */
  readonly trustOf: (cluster: string) => ClusterTrust;
  /** Other ways to tell which tenant a namespace belongs to. */
  readonly sources?: TenantSources;
  readonly subjectToEntityRef?: SubjectToEntityRef;
  readonly checks?: HealthChecks;
};

/** The derivation with its settings filled in, as the snapshots use it. */
export function createTenantDerivation(options: TenantDerivationOptions) {
  const { trustOf, sources = new TenantSources(), ...settings } = options;
  const { labels } = settings;
  return {
    /** The tenant a namespace belongs to; `undefined` when to none. */
    tenantOf: (cluster: string, namespace: NamespaceObject) =>
      tenantOfNamespace(
        namespace,
        sources.besides(labels, () => cluster),
      )?.tenant,
    /** Calls back when namespaces may belong to other tenants than they did. Returns the way to stop. */
    onChange: (listener: () => void) => sources.onChange(listener),
    /** Why a namespace’s claim to belong to a tenant is refused; `undefined` when it is not, or it makes none. */
    refusalOf: (namespace: NamespaceObject, cluster: string) =>
      explainRefusedNamespace(
        namespace,
        sources.besides(labels, () => cluster),
      ),
    /** Everything about one tenant, from its namespaces on each cluster. */
    derive(
      name: string,
      places: readonly {
        readonly view: ClusterView;
        readonly namespaces: readonly NamespaceObject[];
      }[],
      now: Date,
    ): DerivedTenantState {
      const clusterOf = new Map(
        places.flatMap(({ view, namespaces }) =>
          namespaces.map(namespace => [namespace, view.name]),
        ),
      );
      const clusters = places.map(({ view, namespaces }) => ({
        view,
        namespaces,
        trust: trustOf(view.name),
      }));
      const known = sources.besides(
        labels,
        namespace => clusterOf.get(namespace) ?? '',
      );
      return deriveTenantState(
        { name, clusters, ...settings, labels: known },
        now,
      );
    },
    toRow: (tenant: Tenant): TenantRow => toTenantRow(tenant),
  };
}

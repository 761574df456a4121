// SPDX-License-Identifier: Apache-2.0
import type { JsonRecord } from '../storage/json';

/** One kind of object the API serves. A row of the kinds table, or made from a CustomResourceDefinition. */
export type Kind = {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  readonly plural: string;
  readonly singular: string;
  readonly shortNames: readonly string[];
  readonly categories: readonly string[];
  readonly namespaced: boolean;
  /** Plural with group: `pods`, `deployments.apps`. */
  readonly resource: string;
  readonly apiVersion: string;
  /** Whether a change of spec raises `metadata.generation`. */
  readonly generation: boolean;
  readonly subresources: readonly ('status' | 'scale' | 'log')[];
  /** Fields a field selector may name, beside `metadata.name` and `metadata.namespace`. */
  readonly fields: readonly string[];
  /** What a bookmark of this kind carries besides metadata. */
  readonly custom: boolean;
  /** Extra printer columns of a custom resource. */
  readonly columns: readonly JsonRecord[];
};

type KindRow = {
  readonly api: string;
  readonly kind: string;
  readonly plural: string;
  readonly short?: readonly string[];
  readonly categories?: readonly string[];
  readonly cluster?: boolean;
  readonly generation?: boolean;
  readonly sub?: readonly ('status' | 'scale' | 'log')[];
  readonly fields?: readonly string[];
  readonly custom?: boolean;
  readonly columns?: readonly JsonRecord[];
  readonly singular?: string;
};

/** Builds a kind from a short row. `api` is `v1` or `apps/v1`. */
export function kindOf(row: KindRow): Kind {
  const slash = row.api.indexOf('/');
  const group = slash < 0 ? '' : row.api.slice(0, slash);
  return {
    group,
    version: row.api.slice(slash + 1),
    kind: row.kind,
    plural: row.plural,
    singular: row.singular ?? row.kind.toLowerCase(),
    shortNames: row.short ?? [],
    categories: row.categories ?? [],
    namespaced: !row.cluster,
    resource: group ? `${row.plural}.${group}` : row.plural,
    apiVersion: row.api,
    generation: row.generation ?? false,
    subresources: row.sub ?? [],
    fields: row.fields ?? [],
    custom: row.custom ?? false,
    columns: row.columns ?? [],
  };
}

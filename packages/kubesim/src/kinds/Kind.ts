// SPDX-License-Identifier: Apache-2.0
import type { JsonRecord } from '../storage/json';
import type { Schema } from './schema/Schema';

/** A part of an object with a path of its own. */
export type Subresource =
  | 'status'
  | 'scale'
  | 'log'
  | 'token'
  | 'binding'
  | 'finalize'
  | 'eviction'
  | 'ephemeralcontainers'
  | 'proxy';

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
  readonly subresources: readonly Subresource[];
  /** Fields a field selector may name, beside `metadata.name` and `metadata.namespace`. */
  readonly fields: readonly string[];
  /** What a bookmark of this kind carries besides metadata. */
  readonly custom: boolean;
  /** Extra printer columns of a custom resource. */
  readonly columns: readonly JsonRecord[];
  /** The structural schema of a custom resource. */
  readonly schema?: Schema;
  /** Where a custom resource keeps what its scale subresource speaks of. */
  readonly scale?: ScalePaths;
  readonly served: boolean;
  /** The version objects are stored in, when it is another one. */
  readonly stored?: Kind;
  readonly convert?: Conversion;
};

/** How objects change between a served version and the stored one. */
export type Conversion = {
  readonly toStored: (object: JsonRecord) => JsonRecord;
  readonly fromStored: (object: JsonRecord) => JsonRecord;
};

/** Paths as a definition writes them: `.spec.replicas`. */
export type ScalePaths = {
  readonly specReplicasPath: string;
  readonly statusReplicasPath: string;
  readonly labelSelectorPath?: string;
};

type KindRow = {
  readonly api: string;
  readonly kind: string;
  readonly plural: string;
  readonly short?: readonly string[];
  readonly categories?: readonly string[];
  readonly cluster?: boolean;
  readonly generation?: boolean;
  readonly sub?: readonly Subresource[];
  readonly fields?: readonly string[];
  readonly custom?: boolean;
  readonly columns?: readonly JsonRecord[];
  readonly singular?: string;
  readonly schema?: Schema;
  readonly scale?: ScalePaths;
  readonly served?: boolean;
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
    schema: row.schema,
    scale: row.scale,
    served: row.served ?? true,
  };
}

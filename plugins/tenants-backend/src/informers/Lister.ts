// SPDX-License-Identifier: Apache-2.0
import type {
  ClusterStatus,
  Freshness,
  PartialData,
} from '@tenantry/backstage-plugin-tenants-common';
import type { ObjectMeta, ObjectsByKind, WatchedKind } from './objects';

/** Read-only view of one kind in one cluster’s cache. What it returns is shared and must not be changed. */
export interface Lister<T extends ObjectMeta> {
  get(namespace: string, name: string): T | undefined;
  /** In no particular order. */
  byNamespace(namespace: string): readonly T[];
  /** Objects whose controller is the one with this uid. */
  byController(uid: string): readonly T[];
  list(): IterableIterator<T>;
  readonly size: number;
}

export type Listers = {
  readonly [K in WatchedKind]: Lister<ObjectsByKind[K]>;
};

/** One cluster as the derivation sees it. */
export interface ClusterView {
  readonly name: string;
  readonly listers: Listers;
  /** The worst freshness among its kinds. */
  readonly freshness: Freshness;
  /** Kinds that are missing or old, and why. Empty when all is well. */
  readonly partial: readonly PartialData[];
  readonly status: ClusterStatus;
}

/** Something changed in a namespace of a cluster. `namespace` is empty when the cluster’s freshness changed. */
export type ClusterChange = {
  readonly cluster: string;
  readonly namespace: string;
};

/** All watched clusters. */
export interface Clusters {
  list(): readonly ClusterView[];
  /** Calls back, synchronously and cheaply, after each change. Returns the way to stop. */
  onChange(listener: (change: ClusterChange) => void): () => void;
}

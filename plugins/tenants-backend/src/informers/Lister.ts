// SPDX-License-Identifier: Apache-2.0
import type {
  ClusterStatus,
  Freshness,
  PartialData,
} from '@tenantry/backstage-plugin-tenants-common';
import type { CustomListing } from './CustomListing';
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

/** The kinds that the product itself watches. */
export type KindListers = {
  readonly [K in WatchedKind]: Lister<ObjectsByKind[K]>;
};

export type Listers = KindListers & {
  /** Kinds that modules added. */
  readonly custom?: readonly CustomListing[];
};

/** What one informer has done since its start, and what it holds. */
export type KindMeasure = {
  readonly kind: string;
  readonly objects: number;
  /** When the server last said something, in milliseconds since the epoch. */
  readonly heardAt?: number;
  /** Whole states taken in. */
  readonly lists: number;
  /** Events or items that could not be read. */
  readonly unreadable: number;
  /** Changes the watch told. */
  readonly events: number;
  /** Connections that ended, as agreed or not. */
  readonly disconnects: number;
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
  /** As `status` says it, without the cost of the whole status; every read asks for it. */
  observedAt?(): string | undefined;
  /** How far the clock that wrote the times in its objects is ahead of ours, in milliseconds; absent while unknown. */
  readonly serverLeadMs?: number;
  /** What each kind’s informer has done and holds, for metrics; none for a cluster that is not watched. */
  measures?(): readonly KindMeasure[];
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

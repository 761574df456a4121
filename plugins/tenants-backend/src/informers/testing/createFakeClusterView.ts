// SPDX-License-Identifier: Apache-2.0
import type {
  ClusterStatus,
  Freshness,
  PartialData,
} from '@tenantry/backstage-plugin-tenants-common';
import type { ClusterView, Listers } from '../Lister';
import type { ObjectsByKind, WatchedKind } from '../objects';
import { watchedKindNames, watchedType } from '../watchedKinds';
import { arrayLister } from './arrayLister';

export type FakeObjects = {
  readonly [K in WatchedKind]?: readonly ObjectsByKind[K][];
};

export type FakeClusterViewOptions = {
  readonly name?: string;
  readonly freshness?: Freshness;
  readonly partial?: readonly PartialData[];
  readonly objects?: FakeObjects;
  /** When the cluster was last heard from. */
  readonly observedAt?: string;
  /** How far its clock is ahead of ours. Default: unknown. */
  readonly serverLeadMs?: number;
};

function fakeListers(objects: FakeObjects): Listers {
  const entries = watchedKindNames.map(kind => [
    kind,
    arrayLister<ObjectsByKind[WatchedKind]>(objects[kind] ?? []),
  ]);
  return Object.fromEntries(entries) as Listers;
}

function fakeStatus(
  options: Required<Omit<FakeClusterViewOptions, 'serverLeadMs'>>,
): ClusterStatus {
  const { name, freshness, objects, observedAt, partial } = options;
  return {
    name,
    freshness,
    observedAt,
    version: 'v1.32.0',
    problem: partial[0],
    kinds: watchedKindNames.map(kind => ({
      kind: watchedType(kind).kind,
      state: freshness,
      objects: objects[kind]?.length ?? 0,
    })),
  };
}

/** A cluster’s view over plain objects that never change. */
export function createFakeClusterView(
  options: FakeClusterViewOptions = {},
): ClusterView {
  const full = {
    name: 'test',
    freshness: 'synced' as const,
    partial: [],
    objects: {},
    observedAt: '2026-01-01T00:00:00.000Z',
    ...options,
  };
  return {
    name: full.name,
    listers: fakeListers(full.objects),
    freshness: full.freshness,
    partial: full.partial,
    status: fakeStatus(full),
    serverLeadMs: options.serverLeadMs,
  };
}

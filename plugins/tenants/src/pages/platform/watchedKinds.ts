// SPDX-License-Identifier: Apache-2.0
import type { ClusterStatus } from '@tenantry/backstage-plugin-tenants-common';

/** A kind of objects that is read of a cluster. */
export type ClusterKind = ClusterStatus['kinds'][number];

/** The kinds of a cluster by what is to be said of them. */
export type WatchedKinds = {
  /** Every one, what is wrong first, then what the cluster does not serve. */
  readonly all: readonly ClusterKind[];
  /** Kinds that are read. */
  readonly watched: readonly ClusterKind[];
  /** What a cluster does not serve cannot be missing there. */
  readonly notServed: readonly ClusterKind[];
  /** Kinds that we may not read, and kinds whose objects are of earlier: what is shown without them may be wrong. */
  readonly wrong: readonly ClusterKind[];
  /** Whether nothing at all is as it should be: then one word says it. */
  readonly isAllWrong: boolean;
};

/** What only some clusters have need not be readable: where it is, the role that is documented grants it. */
function isWrong({ state, optional }: ClusterKind): boolean {
  if (state === 'forbidden') return !optional;
  return state !== 'synced' && state !== 'notServed';
}

/** Sorts the kinds of a cluster. Pure. */
export function sortKinds(kinds: readonly ClusterKind[]): WatchedKinds {
  const notServed = kinds.filter(({ state }) => state === 'notServed');
  const wrong = kinds.filter(isWrong);
  const closed = kinds.filter(
    kind => kind.state === 'forbidden' && !isWrong(kind),
  );
  const watched = kinds.filter(
    ({ state }) => state !== 'forbidden' && state !== 'notServed',
  );
  const synced = kinds.filter(({ state }) => state === 'synced');
  return {
    all: [...wrong, ...synced, ...closed, ...notServed],
    watched,
    notServed,
    wrong,
    isAllWrong: wrong.length > 1 && synced.length === 0,
  };
}

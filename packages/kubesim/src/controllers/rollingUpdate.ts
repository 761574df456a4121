// SPDX-License-Identifier: Apache-2.0

/** One ReplicaSet as the rollout sees it. */
export type Generation = {
  readonly name: string;
  readonly replicas: number;
  readonly available: number;
};
export type Rollout = {
  readonly desired: number;
  readonly maxSurge: number;
  readonly maxUnavailable: number;
  readonly current: Generation;
  /** Oldest first. */
  readonly old: readonly Generation[];
};

/** Percentages of surge round up, of unavailability down; both zero would stand still, so one may be missing. */
export function rolloutBounds(
  desired: number,
  strategy: {
    maxSurge?: number | string;
    maxUnavailable?: number | string;
  } = {},
): { maxSurge: number; maxUnavailable: number } {
  const maxSurge = partOf(desired, strategy.maxSurge ?? '25%', Math.ceil);
  const maxUnavailable = partOf(
    desired,
    strategy.maxUnavailable ?? '25%',
    Math.floor,
  );
  return {
    maxSurge,
    maxUnavailable: maxSurge === 0 && maxUnavailable === 0 ? 1 : maxUnavailable,
  };
}

/** A number, or a percentage of a whole. */
export function partOf(
  whole: number,
  value: number | string,
  round: (part: number) => number,
): number {
  return typeof value === 'number'
    ? value
    : round((whole * Number.parseFloat(value)) / 100);
}

/** How many replicas the new generation may have now. */
export function nextCurrent({
  desired,
  maxSurge,
  current,
  old,
}: Rollout): number {
  if (current.replicas >= desired) return desired;
  const total = old.reduce(
    (sum, { replicas }) => sum + replicas,
    current.replicas,
  );
  return (
    current.replicas +
    Math.max(
      0,
      Math.min(desired + maxSurge - total, desired - current.replicas),
    )
  );
}

/** How many replicas each old generation may keep now: unhealthy ones go first. */
export function nextOld(rollout: Rollout): ReadonlyMap<string, number> {
  const { desired, maxUnavailable, current, old } = rollout;
  const keep = new Map(old.map(({ name, replicas }) => [name, replicas]));
  const total = old.reduce(
    (sum, { replicas }) => sum + replicas,
    current.replicas,
  );
  const minAvailable = desired - maxUnavailable;
  let room = total - minAvailable - (current.replicas - current.available);
  for (const { name, replicas, available } of old) {
    const gone = Math.max(0, Math.min(room, replicas - available));
    keep.set(name, replicas - gone);
    room -= gone;
  }
  const available = old.reduce(
    (sum, generation) => sum + generation.available,
    current.available,
  );
  let spare = Math.min(room, available - minAvailable);
  for (const { name } of old) {
    const present = keep.get(name) ?? 0;
    const gone = Math.max(0, Math.min(spare, present));
    keep.set(name, present - gone);
    spare -= gone;
  }
  return keep;
}

// SPDX-License-Identifier: Apache-2.0

/** What a container had in memory at one moment. */
export type Sample = { readonly at: number; readonly bytes: number };

/** What is seen of the container of a cause, now. Times are milliseconds since the epoch. */
export type Seen = {
  /** When it ended, oldest first, as far as the portal saw. */
  readonly ends: readonly number[];
  /** Absent where nothing was measured. */
  readonly sample: Sample | undefined;
};

/** What is known of it, oldest first: the ends that the portal saw, and what was measured since the page was opened. No cluster keeps either. */
export type Evidence = {
  readonly ends: readonly number[];
  readonly samples: readonly Sample[];
};

/** Nothing was seen yet. */
export const NO_EVIDENCE: Evidence = { ends: [], samples: [] };

/** An hour of measurements, and more ends than a back-off allows in it. */
const MAX_SAMPLES = 240;
const MAX_ENDS = 60;

/** What was seen before with what is seen now; the same object when that is nothing new. The oldest go first. Pure. */
export function withSeen(known: Evidence, { ends, sample }: Seen): Evidence {
  const fresh = ends.filter(at => !known.ends.includes(at));
  const newest = known.samples.at(-1)?.at ?? Number.NEGATIVE_INFINITY;
  const isSample = sample !== undefined && sample.at > newest;
  if (fresh.length === 0 && !isSample) return known;
  return {
    ends:
      fresh.length > 0
        ? [...known.ends, ...fresh].sort((a, b) => a - b).slice(-MAX_ENDS)
        : known.ends,
    samples: isSample
      ? [...known.samples, sample].slice(-MAX_SAMPLES)
      : known.samples,
  };
}

/** Measurements between two ends each: what was in memory is gone with an end. Pure. */
export function runsOf({ ends, samples }: Evidence): readonly Sample[][] {
  const runs: Sample[][] = [];
  samples.forEach((sample, index) => {
    const before = samples[index - 1];
    const isSame =
      before && !ends.some(at => at > before.at && at <= sample.at);
    if (isSame) runs[runs.length - 1].push(sample);
    else runs.push([sample]);
  });
  return runs;
}

/** Shortest time the line shows: what lies seconds apart would fill it. */
const MIN_SPAN_MS = 5 * 60_000;
/** Longest time: what was measured since the page was opened would be a dot at the end of a day. */
const MAX_SPAN_MS = 60 * 60_000;

/** Since when to show: from the first thing there is to see within the last hour. Pure. */
export function beginOf(
  { ends, samples }: Evidence,
  others: readonly (number | undefined)[],
  now: number,
): number {
  const times = [...ends, ...samples.slice(0, 1).map(s => s.at), ...others];
  const known = times.filter((at): at is number => at !== undefined);
  const first = Math.min(now - MIN_SPAN_MS, ...known);
  return Math.max(now - MAX_SPAN_MS, first);
}

// SPDX-License-Identifier: Apache-2.0

/** What a container had in memory at one moment. */
export type Sample = { readonly at: number; readonly bytes: number };

/** What is seen of the container of a cause, now. Times are milliseconds since the epoch. */
export type Seen = {
  /** When it ended the last time; absent when it never has, or nobody knows when. */
  readonly endedAt: number | undefined;
  /** Absent where nothing was measured. */
  readonly sample: Sample | undefined;
};

/** What was seen of it since the page was opened, oldest first: no cluster keeps it. */
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
export function withSeen(known: Evidence, { endedAt, sample }: Seen): Evidence {
  const isEnd = endedAt !== undefined && !known.ends.includes(endedAt);
  const newest = known.samples.at(-1)?.at ?? Number.NEGATIVE_INFINITY;
  const isSample = sample !== undefined && sample.at > newest;
  if (!isEnd && !isSample) return known;
  return {
    ends: isEnd ? [...known.ends, endedAt].slice(-MAX_ENDS) : known.ends,
    samples: isSample
      ? [...known.samples, sample].slice(-MAX_SAMPLES)
      : known.samples,
  };
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

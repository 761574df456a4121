// SPDX-License-Identifier: Apache-2.0

/** Figures that were counted, each with what was expected. */
export type FaultCounts = Readonly<
  Record<
    string,
    { readonly is: number; readonly atMost: number; readonly atLeast?: number }
  >
>;

/** What one injected fault did. */
export type FaultOutcome = {
  /** How often the fault really happened, as counted where it was injected; 0 means that nothing was tested. */
  readonly injected: number;
  readonly counts: FaultCounts;
  /** Differences that the checker found between the product and the truth. */
  readonly divergences: readonly string[];
};

/** One seeded fault of the matrix. */
export type FaultCase = {
  /** As in the fault matrix: A1, S9 … */
  readonly id: string;
  readonly title: string;
  /** What the product does about it, in a sentence. */
  readonly expected: string;
  /** How the fault is made, and where limits were shortened. */
  readonly how: string;
  /** Takes less than 2 s: also part of `npm test`. */
  readonly fast?: boolean;
  readonly seed: number;
  run(seed: number): Promise<FaultOutcome>;
};

export type FaultResult = {
  readonly id: string;
  readonly title: string;
  readonly expected: string;
  readonly how: string;
  readonly injected: number;
  readonly survived: boolean;
  readonly counts: Readonly<Record<string, number>>;
  /** In words: `at most 0`, `1`. */
  readonly bounds: Readonly<Record<string, string>>;
  readonly seed: number;
};

type Count = FaultCounts[string];

function isWithin({ is, atMost, atLeast = -Infinity }: Count): boolean {
  return is <= atMost && is >= atLeast;
}

function boundOf({ atMost, atLeast = -Infinity }: Count): string {
  if (atMost === 0 || atLeast === atMost) return String(atMost);
  if (atMost === Infinity) return `≥ ${atLeast}`;
  return atLeast > 0 ? `${atLeast} to ${atMost}` : `≤ ${atMost}`;
}

function mapped<T>(
  counts: FaultCounts,
  value: (count: Count) => T,
): Record<string, T> {
  return Object.fromEntries(
    Object.entries(counts).map(([name, count]) => [name, value(count)]),
  );
}

/** A fault is survived when it was injected, every count is within its bounds, and nothing diverged. */
export function judge(fault: FaultCase, outcome: FaultOutcome): FaultResult {
  const { id, title, expected, how, seed } = fault;
  const { injected, divergences } = outcome;
  const counts: FaultCounts = {
    ...outcome.counts,
    divergences: { is: divergences.length, atMost: 0 },
  };
  return {
    id,
    title,
    expected,
    how,
    injected,
    survived: injected >= 1 && Object.values(counts).every(isWithin),
    counts: mapped(counts, ({ is }) => is),
    bounds: mapped(counts, boundOf),
    seed,
  };
}

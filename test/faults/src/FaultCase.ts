// SPDX-License-Identifier: Apache-2.0

/** What one injected fault did. */
export type FaultOutcome = {
  /** How often the fault really happened, as counted where it was injected; 0 means that nothing was tested. */
  readonly injected: number;
  /** What was counted, each with the figure that was expected. */
  readonly counts: Readonly<
    Record<string, { readonly is: number; readonly atMost: number }>
  >;
  /** Differences that the checker found between the product and the truth. */
  readonly divergences: readonly string[];
};

/** One seeded fault of the matrix. */
export type FaultCase = {
  /** As in the fault matrix: A1, S9 … */
  readonly id: string;
  readonly title: string;
  readonly seed: number;
  run(seed: number): Promise<FaultOutcome>;
};

export type FaultResult = {
  readonly id: string;
  readonly title: string;
  readonly injected: number;
  readonly survived: boolean;
  readonly counts: Readonly<Record<string, number>>;
  readonly seed: number;
};

/** A fault is survived when it was injected, every count is within its bound, and nothing diverged. */
export function judge(fault: FaultCase, outcome: FaultOutcome): FaultResult {
  const withinBounds = Object.values(outcome.counts).every(
    ({ is, atMost }) => is <= atMost,
  );
  return {
    id: fault.id,
    title: fault.title,
    injected: outcome.injected,
    survived:
      outcome.injected >= 1 && withinBounds && outcome.divergences.length === 0,
    counts: {
      ...Object.fromEntries(
        Object.entries(outcome.counts).map(([name, { is }]) => [name, is]),
      ),
      divergences: outcome.divergences.length,
    },
    seed: fault.seed,
  };
}

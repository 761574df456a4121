// SPDX-License-Identifier: Apache-2.0
import goals from '../goals.json';
import type { StoredResult } from './result';

/** One goal and what became of it; `measured` is `undefined` when this run did not measure it. */
export type Verdict = {
  readonly what: string;
  readonly goal: number;
  readonly measured: number | undefined;
  readonly met: boolean;
};

type Goal = {
  readonly ratio?: number;
  readonly counts?: Readonly<Record<string, number>>;
};

function goalOf(id: string): Goal {
  const byId: Readonly<Record<string, unknown>> = goals;
  return (byId[id] ?? {}) as Goal;
}

/** What a result says about each of its goals. What was not measured is not met. */
export function judge(
  result: Pick<StoredResult, 'id' | 'ratio' | 'counts'>,
): readonly Verdict[] {
  const { ratio, counts = {} } = goalOf(result.id);
  const ofRatio: Verdict[] =
    ratio === undefined
      ? []
      : [
          {
            what: 'ratio',
            goal: ratio,
            measured: result.ratio.median,
            met: result.ratio.median >= ratio,
          },
        ];
  const ofCounts = Object.entries(counts).map(([what, goal]): Verdict => {
    const measured = result.counts[what];
    return { what, goal, measured, met: measured <= goal };
  });
  return [...ofRatio, ...ofCounts];
}

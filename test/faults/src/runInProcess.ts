// SPDX-License-Identifier: Apache-2.0
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { z } from 'zod';
import {
  judge,
  type FaultCase,
  type FaultOutcome,
  type FaultResult,
} from './FaultCase';

const countsSchema = z.record(z.string(), z.number().nullable());
const messageSchema = z.union([
  z.object({ begun: z.string() }),
  z.object({
    result: z.object({
      id: z.string(),
      title: z.string(),
      expected: z.string(),
      how: z.string(),
      injected: z.number(),
      survived: z.boolean(),
      counts: countsSchema,
      bounds: z.record(z.string(), z.string()),
      seed: z.number(),
    }),
  }),
]);

export type RunOptions = {
  readonly cases: readonly FaultCase[];
  readonly onResult: (result: FaultResult) => void;
  /** What the process runs, with the cases’ ids. */
  readonly script?: string;
};

const crash: FaultOutcome = {
  injected: 1,
  counts: { 'process crashes': { is: 1, atMost: 0 } },
  divergences: [],
};

/**
 * Runs cases in a process of their own, which is begun anew when a fault ends it: that is a result too.
 */
export async function runInProcess(options: RunOptions): Promise<void> {
  let left = options.cases;
  while (left.length > 0) {
    const done = new Set<string>();
    const broken = await runOnce({
      ...options,
      cases: left,
      onResult: result => {
        done.add(result.id);
        options.onResult(result);
      },
    });
    left = left.filter(({ id }) => !done.has(id));
    const [crashed] = left;
    if (!broken || !crashed) break;
    options.onResult(judge(crashed, crash));
    left = left.slice(1);
  }
}

/** Returns true when the process ended before its last case did. */
async function runOnce(options: RunOptions): Promise<boolean> {
  const { cases, onResult, script = join(__dirname, 'runCases.ts') } = options;
  const ids = cases.map(({ id }) => id);
  const child = fork(script, ids);
  let left = ids.length;
  child.on('message', message => {
    const parsed = messageSchema.safeParse(message);
    // The loader of the child sends messages of its own.
    if (!parsed.success || !('result' in parsed.data)) return;
    left--;
    const { counts, ...rest } = parsed.data.result;
    onResult({ ...rest, counts: withNumbers(counts) });
  });
  // Its last message may come after its end.
  await Promise.all([once(child, 'exit'), once(child, 'disconnect')]);
  return left > 0;
}

/** What could not be counted comes as null. */
function withNumbers(
  counts: z.infer<typeof countsSchema>,
): Record<string, number> {
  return Object.fromEntries(
    Object.entries(counts).map(([name, is]) => [name, is ?? NaN]),
  );
}

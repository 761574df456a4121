// SPDX-License-Identifier: Apache-2.0
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Round } from './contest';
import { medianRatio } from './ratio';

/** What a benchmark reports. Goals and verdicts stand elsewhere: a result is only what was measured. */
export type BenchmarkResult = {
  readonly id: string;
  readonly title: string;
  readonly peer: string;
  readonly peerVersion: string;
  readonly unit: string;
  readonly higherIsBetter: boolean;
  readonly rounds: readonly Round[];
  /** Exact counts, such as requests per read. */
  readonly counts: Readonly<Record<string, number>>;
  /** What a reader must know to judge the figures: sizes, what is not covered. */
  readonly note: string;
};

const resultsFolder = join(__dirname, '..', 'results');

/** Writes `results/<id>.json` with the commit it was measured at, and prints one line. */
export function writeResult(result: BenchmarkResult): void {
  const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], {
    encoding: 'utf8',
  }).trim();
  mkdirSync(resultsFolder, { recursive: true });
  writeFileSync(
    join(resultsFolder, `${result.id}.json`),
    `${JSON.stringify({ ...result, commit }, null, 2)}\n`,
  );
  const ratio = medianRatio(result.rounds, result.higherIsBetter).toFixed(2);
  console.log(
    `${result.id} ${result.title}: ${ratio}× ${result.peer} ${
      result.peerVersion
    }, counts ${JSON.stringify(result.counts)}`,
  );
}

// SPDX-License-Identifier: Apache-2.0
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { join } from 'node:path';
import { createRandom } from '@tenantry/kubesim';
import type { Round } from './contest';
import { bootstrapInterval, medianRatio, ratios } from './ratio';

/** `quick` is for rehearsal: small, and noisy. The record is `full`. */
export type Size = 'quick' | 'full';

/** What a benchmark reports. Goals and verdicts stand elsewhere: a result is only what was measured. */
export type BenchmarkResult = {
  readonly id: string;
  readonly title: string;
  readonly peer: string;
  readonly peerVersion: string;
  readonly unit: string;
  readonly higherIsBetter: boolean;
  readonly rounds: readonly Round[];
  /** Other comparisons of the same run, with the same direction. */
  readonly series?: Readonly<Record<string, readonly Round[]>>;
  /** Exact counts, such as requests per read. */
  readonly counts: Readonly<Record<string, number>>;
  /** What else was measured, for the reader. */
  readonly figures?: Readonly<Record<string, number>>;
  /** What a reader must know to judge the figures: sizes, what is not covered. */
  readonly note: string;
};

export type Ratio = {
  readonly median: number;
  /** 95 % bootstrap interval. */
  readonly low: number;
  readonly high: number;
};

/** A result with where and how it was measured. */
export type StoredResult = BenchmarkResult & {
  readonly size: Size;
  readonly ratio: Ratio;
  readonly seriesRatios: Readonly<Record<string, Ratio>>;
  readonly machine: {
    readonly cores: number;
    readonly node: string;
    /** Mean number of runnable processes over the last minute, before and after. Far above the number of cores says that others worked too. */
    readonly loadBefore: number;
    readonly loadAfter: number;
  };
  readonly seconds: number;
  readonly commit: string;
};

export const resultsFolder = join(__dirname, '..', 'results');
const BOOTSTRAP_SEED = 1;

function ratioOf(rounds: readonly Round[], higherIsBetter: boolean): Ratio {
  const values = ratios(rounds, higherIsBetter);
  return {
    median: medianRatio(rounds, higherIsBetter),
    ...bootstrapInterval(values, createRandom(BOOTSTRAP_SEED)),
  };
}

function commit(): string {
  return execFileSync('git', ['rev-parse', '--short', 'HEAD'], {
    encoding: 'utf8',
  }).trim();
}

/** How long the present measurement has taken, and among what. */
export function startMeasuring(): (
  result: BenchmarkResult,
  size: Size,
) => StoredResult {
  const startedAt = performance.now();
  const [loadBefore] = loadavg();
  return (result, size) => ({
    ...result,
    size,
    ratio: ratioOf(result.rounds, result.higherIsBetter),
    seriesRatios: Object.fromEntries(
      Object.entries(result.series ?? {}).map(([name, rounds]) => [
        name,
        ratioOf(rounds, result.higherIsBetter),
      ]),
    ),
    machine: {
      cores: cpus().length,
      node: process.version,
      loadBefore,
      loadAfter: loadavg()[0],
    },
    seconds: Math.round((performance.now() - startedAt) / 1000),
    commit: commit(),
  });
}

const DIGITS = 5;

function rounded(_key: string, value: unknown): unknown {
  return typeof value === 'number' && !Number.isInteger(value)
    ? Number(value.toPrecision(DIGITS))
    : value;
}

/** Writes `results/<id>.json`. */
export function writeResult(result: StoredResult): void {
  mkdirSync(resultsFolder, { recursive: true });
  writeFileSync(
    join(resultsFolder, `${result.id}.json`),
    `${JSON.stringify(result, rounded, 2)}\n`,
  );
}

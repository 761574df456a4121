// SPDX-License-Identifier: Apache-2.0
import { join } from 'node:path';
import {
  startMeasuring,
  writeResult,
  type BenchmarkResult,
  type Size,
} from './result';

type BenchmarkModule = { run(size: Size): Promise<BenchmarkResult> };

async function main(): Promise<void> {
  const [id, word] = process.argv.slice(2);
  const size: Size = word === 'quick' ? 'quick' : 'full';
  const benchmark: BenchmarkModule = require(join(
    __dirname,
    'benchmarks',
    id,
    'index.ts',
  ));
  const finish = startMeasuring();
  writeResult(finish(await benchmark.run(size), size));
}

main().then(
  () => process.exit(0),
  (error: Error) => {
    console.error(error.message);
    process.exit(1);
  },
);

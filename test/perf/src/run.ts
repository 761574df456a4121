// SPDX-License-Identifier: Apache-2.0
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { writeResult, type BenchmarkResult } from './result';

type BenchmarkModule = { run(): Promise<BenchmarkResult> };

const folder = join(__dirname, 'benchmarks');

function available(): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter(entry => entry.isDirectory())
    .map(entry => entry.name)
    .sort();
}

function choose(wanted: string[]): string[] {
  const all = available();
  if (wanted.length === 0) return all;
  const unknown = wanted.filter(id => !all.includes(id));
  if (unknown.length > 0)
    throw new Error(
      `There is no benchmark ${unknown.join(', ')}. There are: ${all.join(
        ', ',
      )}.`,
    );
  return wanted;
}

async function main(): Promise<void> {
  for (const id of choose(process.argv.slice(2))) {
    const benchmark: BenchmarkModule = require(join(folder, id));
    writeResult(await benchmark.run());
  }
}

main().catch((error: Error) => {
  console.error(error.message);
  process.exitCode = 1;
});

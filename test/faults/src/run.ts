// SPDX-License-Identifier: Apache-2.0
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cases } from './cases';
import { judge, type FaultCase, type FaultResult } from './FaultCase';

const resultsFile = join(__dirname, '..', 'results.json');

function choose(wanted: readonly string[]): readonly FaultCase[] {
  if (wanted.length === 0) return cases;
  const unknown = wanted.filter(id => !cases.some(c => c.id === id));
  if (unknown.length > 0) {
    throw new Error(
      `There is no fault ${unknown.join(', ')}. There are: ${cases
        .map(c => c.id)
        .join(', ')}.`,
    );
  }
  return cases.filter(c => wanted.includes(c.id));
}

async function runCase(fault: FaultCase): Promise<FaultResult> {
  try {
    const outcome = await fault.run(fault.seed);
    for (const sentence of outcome.divergences)
      console.log(`  ${fault.id} ${sentence}`);
    return judge(fault, outcome);
  } catch (error) {
    console.log(
      `  ${fault.id} broke: ${
        error instanceof Error ? error.stack : String(error)
      }`,
    );
    const { id, title, seed } = fault;
    return { id, title, injected: 0, survived: false, counts: {}, seed };
  }
}

async function main(): Promise<void> {
  const wanted = process.argv.slice(2);
  const results: FaultResult[] = [];
  for (const fault of choose(wanted)) {
    const result = await runCase(fault);
    results.push(result);
    console.log(
      `${result.survived ? '✓' : '✗'} ${result.id} ${result.title}: injected ${
        result.injected
      }, ${JSON.stringify(result.counts)}`,
    );
  }
  if (wanted.length === 0)
    writeFileSync(
      resultsFile,
      `${JSON.stringify({ cases: results }, null, 2)}\n`,
    );
  const survived = results.filter(r => r.survived).length;
  console.log(`${survived} passed, ${results.length - survived} failed`);
  process.exitCode = survived === results.length ? 0 : 1;
}

main()
  .catch((error: Error) => {
    console.error(error.message);
    process.exitCode = 1;
  })
  .finally(() => process.exit());

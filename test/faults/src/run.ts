// SPDX-License-Identifier: Apache-2.0
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cases } from './cases';
import type { FaultCase, FaultResult } from './FaultCase';
import { faultsPage, summary } from './faultsPage';
import { runInProcess } from './runInProcess';

const resultsFile = join(__dirname, '..', 'results.json');
const page = join(__dirname, '..', '..', '..', 'docs', 'faults.md');

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

function tell({ id, title, injected, survived, counts }: FaultResult): void {
  const mark = survived ? '✓' : '✗';
  const counted = JSON.stringify(counts);
  console.log(`${mark} ${id} ${title}: injected ${injected}, ${counted}`);
}

/** The last result of each fault that there is, in order. */
function withEarlier(results: readonly FaultResult[]): readonly FaultResult[] {
  const known: { readonly cases: readonly FaultResult[] } = JSON.parse(
    readFileSync(resultsFile, 'utf8'),
  );
  const last = new Map([...known.cases, ...results].map(r => [r.id, r]));
  return cases.flatMap(({ id }) => last.get(id) ?? []);
}

function write(results: readonly FaultResult[]): void {
  const file = { cases: withEarlier(results) };
  writeFileSync(resultsFile, `${JSON.stringify(file, null, 2)}\n`);
  writeFileSync(page, faultsPage(file.cases));
}

async function main(): Promise<void> {
  const wanted = process.argv.slice(2);
  const results: FaultResult[] = [];
  await runInProcess({
    cases: choose(wanted),
    onResult: result => {
      results.push(result);
      tell(result);
    },
  });
  write(results);
  console.log(summary(results));
  const survived = results.filter(r => r.survived).length;
  console.log(`${survived} passed, ${results.length - survived} failed`);
  process.exitCode = survived === results.length ? 0 : 1;
}

main().catch((error: Error) => {
  console.error(error.message);
  process.exitCode = 1;
});

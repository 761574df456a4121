// SPDX-License-Identifier: Apache-2.0
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FaultResult } from './FaultCase';
import { faultsPage, summary } from './faultsPage';

const root = join(__dirname, '..', '..', '..');
const results: { cases: FaultResult[] } = JSON.parse(
  readFileSync(join(__dirname, '..', 'results.json'), 'utf8'),
);

it('sums up what was survived, what was lost or done twice, what differed, what leaked and what crashed', () => {
  const some = { ...results.cases[0]!, survived: true, counts: {} };
  const leaky = { divergences: 2, 'cross-tenant reads': 1, doubled: 3 };
  const dead = { 'process crashes': 1 };
  const all = [leaky, dead].map(counts => {
    return { ...some, survived: false, counts };
  });
  expect(summary([some, ...all])).toBe(
    'faults 3: survived 1; operations 0 lost, 3 doubled; cache divergences 2; cross-tenant reads 1; process crashes 1',
  );
});

it('has a page that says what the last runs found', () => {
  const page = readFileSync(join(root, 'docs', 'faults.md'), 'utf8');
  expect(page).toBe(faultsPage(results.cases));
});

// SPDX-License-Identifier: Apache-2.0
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { judge, type FaultCase, type FaultResult } from './FaultCase';
import { runInProcess } from './runInProcess';

const good = { injected: 1, counts: {}, divergences: [] };
const cases = ['A1', 'A2', 'A3'].map(
  (id): FaultCase => ({
    id,
    title: `fault ${id}`,
    how: 'by hand',
    expected: 'nothing happens',
    seed: 1,
    run: async () => good,
  }),
);
/** Survives every fault but A2, which ends it. */
const script = `
const results = ${JSON.stringify(cases.map(c => judge(c, good)))};
process.send({ of: 'the loader' });
for (const id of process.argv.slice(2)) {
  if (id === 'A2') process.exit(1);
  process.send({ result: results.find(result => result.id === id) });
}
process.disconnect();
`;

it('counts the end of the process as a crash of the fault in hand, and goes on with the next', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'tenants-faults-'));
  const file = join(folder, 'child.js');
  await writeFile(file, script);
  const results: FaultResult[] = [];
  await runInProcess({
    cases,
    onResult: result => results.push(result),
    script: file,
  });
  await rm(folder, { recursive: true });
  expect(results.map(({ id, survived }) => [id, survived])).toEqual([
    ['A1', true],
    ['A2', false],
    ['A3', true],
  ]);
  expect(results[1]?.counts).toMatchObject({ 'process crashes': 1 });
});

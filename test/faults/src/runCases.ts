// SPDX-License-Identifier: Apache-2.0
import { cases } from './cases';
import { judge, type FaultCase, type FaultResult } from './FaultCase';

async function runCase(fault: FaultCase): Promise<FaultResult> {
  try {
    const outcome = await fault.run(fault.seed);
    for (const sentence of outcome.divergences)
      console.log(`  ${fault.id} ${sentence}`);
    return judge(fault, outcome);
  } catch (error) {
    const why = error instanceof Error ? error.stack : String(error);
    console.log(`  ${fault.id} broke: ${why}`);
    return judge(fault, { injected: 0, counts: {}, divergences: [] });
  }
}

/** Runs the named cases one after the other and tells the parent process of each. */
async function main(): Promise<void> {
  const wanted = new Set(process.argv.slice(2));
  for (const fault of cases.filter(({ id }) => wanted.has(id))) {
    process.send?.({ begun: fault.id });
    process.send?.({ result: await runCase(fault) });
  }
  process.disconnect?.();
  process.exit();
}

void main();

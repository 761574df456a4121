// SPDX-License-Identifier: Apache-2.0
import { ApiTarget } from './ApiTarget';
import { areas } from './cases';
import { compareSteps } from './compare';
import { runCase } from './runCase';
import { isOlder } from './newerFields';
import { contrast } from './contrast';
import { readGolden, writeGolden } from './Golden';
import { startSimulator } from './simulator';
import type { ContractCase, Step } from './ContractCase';

async function main() {
  const args = process.argv.slice(2);
  const record = args.includes('--record');
  const wanted = args.filter(a => !a.startsWith('--'));
  const kubeconfig = process.env.TENANTRY_TEST_KUBECONFIG;
  const real = kubeconfig ? ApiTarget.fromKubeconfig(kubeconfig) : undefined;
  const server = (await real?.version()) ?? '';
  const { target, stop } = args.includes('--nosim') ? { target: real!, stop: async () => {} } : await startSimulator();
  let same = 0;
  let other = 0;
  for (const { area, cases } of areas) {
    if (wanted.length && !wanted.some(w => area.includes(w) || cases.some(c => c.name.includes(w)))) continue;
    const golden = readGolden(area);
    const kept: Record<string, readonly Step[]> = { ...golden?.cases };
    for (const contract of cases) {
      if (wanted.length && !wanted.some(w => area.includes(w) || contract.name.includes(w))) continue;
      try {
        if (real && record && isOlder(server, contract.since)) {
          delete kept[contract.name];
        } else if (real && record) {
          kept[contract.name] = await runCase(real, contract);
          const again = args.includes('--twice') ? await runCase(real, contract) : kept[contract.name];
          for (const d of compareSteps(kept[contract.name], again)) console.log(`  UNSTABLE ${contract.name} ${d.at} ${JSON.stringify(d.real)} / ${JSON.stringify(d.sim)}`);
        }
        const steps = kept[contract.name];
        if (!steps) { console.log(`- ${area}: ${contract.name}: no golden`); continue; }
        if (args.includes('--nosim')) continue;
        const differences = await contrast(target, contract, { server: server || golden?.server || '', steps });
        if (differences.length) other += 1; else same += 1;
        console.log(`${differences.length ? '✗' : '✓'} ${area}: ${contract.name}`);
        for (const d of differences) console.log(`    ${d.at}\n      real ${JSON.stringify(d.real)}\n      sim  ${JSON.stringify(d.sim)}`);
      } catch (error) {
        other += 1;
        console.log(`✗ ${area}: ${contract.name}: broke: ${error instanceof Error ? error.stack : error}`);
      }
    }
    if (record && real) writeGolden(area, { server, cases: Object.fromEntries(cases.flatMap(c => kept[c.name] ? [[c.name, kept[c.name]]] : [])) });
  }
  console.log(`${same} same, ${other} different`);
  await stop();
  real?.close();
}
main().catch(e => { console.error(e); process.exitCode = 1; });

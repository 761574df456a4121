// SPDX-License-Identifier: Apache-2.0
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { ApiTarget } from './ApiTarget';
import { tableOf, type CaseResult } from './CaseResult';
import { areas } from './cases';
import { checkCase } from './checkCase';
import type { Difference } from './compare';
import type { ContractArea, ContractCase, Step } from './ContractCase';
import { readGolden, writeGolden } from './Golden';
import { KNOWN_DIFFERENCES } from './knownDifferences';
import { isOlder } from './newerFields';
import { readKubeconfig } from './readKubeconfig';
import { runCase } from './runCase';
import { startSimulator } from './simulator';
import { writeReadme } from './writeReadme';

const RESULTS = join(__dirname, '..', 'results.json');
const README = join(
  __dirname,
  '..',
  '..',
  '..',
  'packages',
  'kubesim',
  'README.md',
);
const HELP = `Compares the simulator with a real API server, call by call.
  ./dev contract [--record] [--no-simulator] [AREA or words of a case …]
With TENANTRY_TEST_KUBECONFIG the cases run on that server, too; without it they are compared with its recorded answers.
  --record         keeps the answers of the real server in test/cluster/golden
  --no-simulator   runs the real server only`;

type Real = { readonly target: ApiTarget; readonly version: string };
type Answers = { readonly server: string; readonly steps: readonly Step[] };

async function connect(): Promise<Real | undefined> {
  const kubeconfig = process.env.TENANTRY_TEST_KUBECONFIG;
  if (!kubeconfig) return undefined;
  const target = readKubeconfig(kubeconfig);
  return { target, version: await target.version() };
}

/** The cases of an area that the words name; all when there are none. */
function chosen(
  { area, cases }: ContractArea,
  words: readonly string[],
): readonly ContractCase[] {
  return cases.filter(
    ({ name }) =>
      words.length === 0 ||
      words.some(word => area === word || name.includes(word)),
  );
}

async function answersOf(
  contract: ContractCase,
  { area, real }: { area: string; real?: Real },
): Promise<Answers | undefined> {
  if (contract.recording) return undefined;
  if (real) {
    if (isOlder(real.version, contract.since)) return undefined;
    const { steps } = await runCase(real.target, contract);
    return { server: real.version, steps };
  }
  const golden = readGolden(area);
  const steps = golden?.cases[contract.name];
  return golden && steps ? { server: golden.server, steps } : undefined;
}

function keep(area: string, answers: ReadonlyMap<string, Answers>): void {
  const [first] = answers.values();
  if (!first) return;
  const kept = readGolden(area)?.cases ?? {};
  const cases = areas.find(one => one.area === area)?.cases ?? [];
  const entries = cases.flatMap(({ name }) => {
    const steps = answers.get(name)?.steps ?? kept[name];
    return steps ? [[name, steps] as const] : [];
  });
  writeGolden(area, {
    server: first.server,
    cases: Object.fromEntries(entries),
  });
}

function tell(result: CaseResult, differences: readonly Difference[]): void {
  const mark = { equal: '✓', recording: '✓', unverified: '?', different: '✗' };
  console.log(`${mark[result.outcome]} ${result.area}: ${result.name}`);
  for (const { at, real, sim } of differences)
    console.log(
      `    ${at}\n      real ${JSON.stringify(
        real,
      )}\n      sim  ${JSON.stringify(sim)}`,
    );
}

async function judge(
  simulator: ApiTarget,
  contract: ContractCase,
  { area, answers }: { area: string; answers?: Answers },
): Promise<CaseResult> {
  const { outcome, differences } = await checkCase(
    simulator,
    contract,
    answers,
  );
  const { name, since, recording } = contract;
  const server = answers?.server ?? recording;
  const first = differences[0]?.at;
  const reason =
    outcome === 'different' ? KNOWN_DIFFERENCES[name] ?? first : undefined;
  const result: CaseResult = {
    area,
    name,
    since,
    outcome,
    ...(server && { server }),
    ...(reason && { reason }),
  };
  tell(result, differences);
  return result;
}

async function runArea(
  one: ContractArea,
  {
    simulator,
    real,
    words,
    record,
  }: {
    simulator?: ApiTarget;
    real?: Real;
    words: readonly string[];
    record: boolean;
  },
): Promise<CaseResult[]> {
  const { area } = one;
  const results: CaseResult[] = [];
  const recorded = new Map<string, Answers>();
  for (const contract of chosen(one, words)) {
    const answers = await answersOf(contract, { area, real });
    if (answers) recorded.set(contract.name, answers);
    if (simulator)
      results.push(await judge(simulator, contract, { area, answers }));
  }
  if (record && real) keep(area, recorded);
  return results;
}

async function main(): Promise<void> {
  const { values, positionals: words } = parseArgs({
    allowPositionals: true,
    options: {
      record: { type: 'boolean', default: false },
      'no-simulator': { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    console.log(HELP);
    return;
  }
  const { record } = values;
  const real = await connect();
  if (record && !real)
    throw new Error('To record, name a server by TENANTRY_TEST_KUBECONFIG.');
  const simulated = values['no-simulator'] ? undefined : await startSimulator();
  const simulator = simulated?.target;
  const cases: CaseResult[] = [];
  try {
    for (const area of areas)
      cases.push(...(await runArea(area, { simulator, real, words, record })));
  } finally {
    await simulated?.stop();
    real?.target.close();
  }
  if (!simulator) return;
  console.log(`\n${tableOf({ cases })}`);
  if (words.length === 0) {
    writeFileSync(RESULTS, `${JSON.stringify({ cases }, null, 2)}\n`);
    writeReadme(README, { cases });
  }
  const wrong = cases.filter(
    ({ outcome, name }) =>
      outcome === 'different' && !Object.hasOwn(KNOWN_DIFFERENCES, name),
  );
  process.exitCode = wrong.length === 0 ? 0 : 1;
}

main().catch((error: Error) => {
  console.error(error.message);
  process.exitCode = 1;
});

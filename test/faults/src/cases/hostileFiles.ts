// SPDX-License-Identifier: Apache-2.0
import { parseDefinitions } from '@tenantry/backstage-plugin-tenants-node/definitions';
import type { FaultCase, FaultCounts, FaultOutcome } from '../FaultCase';

const MAX_MS = 100;
const MAX_MIB = 50;
const oneMiB = 1024 ** 2;
/** Refused by their size alone, or after very little of them was read. */
const LEVELS = 12;

/** Each level repeats the one before nine times: 9¹² values when written out. */
function aliasBomb(): string {
  const levels = Array.from({ length: LEVELS }, (_, level) => {
    const of = level === 0 ? '"lol"' : `*l${level - 1}`;
    return `l${level}: &l${level} [${Array(9).fill(of).join(', ')}]`;
  });
  return `${levels.join('\n')}\nmodules: {}\n`;
}

const attacks: Readonly<Record<string, () => string>> = {
  'an alias bomb': aliasBomb,
  'a merge of aliases in a module': () =>
    `modules:\n  a: &a { description: x }\n${Array.from(
      { length: 10_000 },
      (_, i) => `  m${i}: *a`,
    ).join('\n')}\n`,
  '10 MB': () => `modules:\n${'  # filling filling filling\n'.repeat(370_000)}`,
  '10k documents': () => '---\nmodules: {}\n'.repeat(10_000),
  '100k brackets': () => `modules: ${'['.repeat(100_000)}`,
  '100k list marks': () => '- '.repeat(100_000),
};

type Measured = {
  readonly name: string;
  readonly isRefused: boolean;
  readonly ms: number;
  readonly mib: number;
};

function attack(name: string, text: string): Measured {
  const before = process.memoryUsage().rss;
  const start = process.cpuUsage();
  const { problems, catalogue } = parseDefinitions([
    { path: 'hostile.yaml', text },
  ]);
  const { user, system } = process.cpuUsage(start);
  return {
    name,
    isRefused: problems.length > 0 && catalogue === undefined,
    ms: Math.round((user + system) / 1000),
    mib: Math.max(0, Math.round((process.memoryUsage().rss - before) / oneMiB)),
  };
}

async function run(): Promise<FaultOutcome> {
  // What is compiled on first use belongs to no attack.
  for (let turn = 0; turn < 20; turn += 1) attack('warm-up', aliasBomb());
  const measured = Object.entries(attacks).map(([name, make]) =>
    attack(name, make()),
  );
  const counts: FaultCounts = {
    'files that were not refused': {
      is: measured.filter(({ isRefused }) => !isRefused).length,
      atMost: 0,
    },
    'ms of CPU for the slowest': {
      is: Math.max(...measured.map(({ ms }) => ms)),
      atMost: MAX_MS,
    },
    'MiB of memory more for the largest': {
      is: Math.max(...measured.map(({ mib }) => mib)),
      atMost: MAX_MIB,
    },
  };
  return { injected: measured.length, counts, divergences: [] };
}

/** Faults in files of module definitions. */
export const hostileFileCases: readonly FaultCase[] = [
  {
    id: 'S1',
    title: 'an alias bomb, 10 MB of YAML, 10k documents',
    how: 'Files of module definitions are parsed as the service does it: aliases that multiply to 9¹² values, 10k aliases of one module, 10 MB, 10k documents, 100k nested brackets and list marks.',
    expected: 'Each is refused before much of it is read.',
    seed: 1,
    run,
  },
];

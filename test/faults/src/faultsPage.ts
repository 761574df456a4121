// SPDX-License-Identifier: Apache-2.0
import type { FaultResult } from './FaultCase';

function sum(results: readonly FaultResult[], name: string): number {
  return results.reduce((total, { counts }) => total + (counts[name] ?? 0), 0);
}

/** What results say in one line. */
export function summary(cases: readonly FaultResult[]): string {
  const survived = cases.filter(result => result.survived).length;
  return [
    `faults ${cases.length}: survived ${survived}`,
    `operations ${sum(cases, 'lost')} lost, ${sum(cases, 'doubled')} doubled`,
    `cache divergences ${sum(cases, 'divergences')}`,
    `cross-tenant reads ${sum(cases, 'cross-tenant reads')}`,
    `process crashes ${sum(cases, 'process crashes')}`,
  ].join('; ');
}

function section(result: FaultResult): string {
  const { id, title, how, expected, survived, counts, bounds } = result;
  const counted = Object.entries(counts).map(
    ([name, is]) => `- ${name}: ${is} (expected ${bounds[name]})`,
  );
  const verdict = survived ? 'Survived' : 'Not survived';
  return `## ${id}: ${title}\n\n${how}\n\n${expected}\n\n${verdict}; injected ${
    result.injected
  } times:\n\n${counted.join('\n')}\n`;
}

/** The page on the last run of each fault. */
export function faultsPage(results: readonly FaultResult[]): string {
  return [
    `# What it survives

Each fault is made for real, over HTTP and TCP, between the whole backend plugin and [simulated clusters](../packages/kubesim/README.md). Two users follow the live
stream and read over REST throughout; each owns one tenant and tries to see the other's. When all is quiet again, the cache must equal what the server lists, and what was
pushed must equal what is read, byte for byte. The faults of operations (D) run the engine on a real database, PostgreSQL where it says so, in processes that are killed and paused for real; what
each step wrote on the simulated cluster is counted afterwards.

\`./dev faults\` runs all of them, \`./dev faults A1 A7\` some; the quick ones are part of \`npm test\`. This page says what the last run of each found. Where the product's clock is said to
run faster, all its limits are shorter alike; those of TCP, HTTP and TLS are not.

\`${summary(results)}\`
`,
    ...results.map(section),
  ].join('\n');
}
